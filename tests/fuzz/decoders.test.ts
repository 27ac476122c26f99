import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { leaveReport } from "#tests/support/report.ts";
import { type Chance, numberFrom, seeded } from "#tests/support/seeded.ts";
import { anyBytes, grammatical, mutated } from "./breed.ts";
import { frames, updates } from "./seeds.ts";
import { type Input, Target } from "./target.ts";

const inputs = numberFrom("INPUTS", 20_000);
const minutes = numberFrom("MINUTES", Number.POSITIVE_INFINITY);
const seed = numberFrom("SEED", 1);
const targets = { crashes: 0, stalls: 0, stateChanges: 0, inputs: 5_000_000 };

function bred(chance: Chance): Input {
  const luck = chance.below(20);
  if (luck < 8) return { kind: "update", bytes: mutated(chance, updates) };
  if (luck < 12) return { kind: "update", bytes: grammatical(chance) };
  if (luck < 18) return { kind: "frame", bytes: mutated(chance, frames) };
  if (luck < 19) return { kind: "frame", bytes: anyBytes(chance) };
  return { kind: "awareness", bytes: chance.below(2) ? anyBytes(chance) : mutated(chance, updates) };
}

function report({ found, count }: Target): void {
  const reached = {
    crashes: found.crashes.length,
    stalls: found.stalls.length,
    stateChanges: found.stateChanges.length,
    inputs: count.inputs,
  };
  leaveReport("fuzz", targets, reached);
  if (process.env.REPORT) console.log(JSON.stringify({ seed, ...reached, ...count }));
}

test("[C10] no bytes whatever crash the readers, or change the document", async () => {
  const chance = seeded(seed);
  const target = new Target(inputs > 100_000 ? 40 : 4);
  const end = Date.now() + minutes * 60_000;
  for (const bytes of updates) target.feed({ kind: "update", bytes });
  for (const bytes of frames) target.feed({ kind: "frame", bytes });
  while (target.count.inputs < inputs && Date.now() < end) {
    for (let n = 0; n < 1_000 && target.count.inputs < inputs; n++) target.feed(bred(chance));
    await setImmediate();
  }
  report(target);
  // Stalls are told and not judged: how long something takes depends on the machine.
  const { crashes, stateChanges } = target.found;
  expect({ crashes, stateChanges }).toEqual({ crashes: [], stateChanges: [] });
  expect(target.count.accepted).toBeGreaterThan(100);
  expect(target.count.stood).toBeGreaterThan(10);
}, 36_000_000);
