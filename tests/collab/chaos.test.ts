import { expect, test } from "vitest";
import { smallMix } from "#tests/chaos/plan.ts";
import { runChaos } from "#tests/chaos/run.ts";

test("[C7] nothing shown as saved is lost while servers are killed and the network is bad", async () => {
  const cast = { desks: 2, writers: 4, leavers: 0 };
  const course = { ...cast, seed: 15, kills: 5, networks: 5, minutes: 5, mix: smallMix, nodes: 2 };
  const result = await runChaos({ ...course, web: false, ownDisk: false });
  const { lost, doubled, differs, stored, sentAway, fell, restless } = result;
  expect({ lost, doubled, differs, stored, sentAway, fell, restless }).toEqual({
    lost: [],
    doubled: [],
    differs: [],
    stored: [],
    sentAway: [],
    fell: [],
    restless: [],
  });
  expect(result.saved).toBeGreaterThan(0);
  console.info(
    `kills ${result.kills}, networks ${result.networks}, saved operations ${result.saved}, lost: ${lost.length}`,
  );
}, 300_000);
