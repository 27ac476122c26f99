import { randomBytes } from "node:crypto";
import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { database } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { Conflict } from "../errors.ts";
import { spendAttempt } from "./attempts.server.ts";

/** 2 is Argon2id; 64 MiB and three passes are above the floor of ASVS 11.4.2. */
const cost = { algorithm: 2 as Algorithm, memoryCost: 65_536, timeCost: 3, parallelism: 1 };

// Each hash takes 64 MiB and a quarter of a second of one core: a crowd must not take the pages down with it.
const atOnce = 2;
const longestQueue = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) {
    if (waiting.length >= longestQueue) throw new Conflict("busy");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

let nobody: Promise<string> | undefined;

/**
 * Whether the password is the one of the stored hash. Without a hash the same work is done on a hash of nothing, so
 * that an unknown address takes as long as a wrong password.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(24).toString("base64url"));
  const against = stored ?? (await nobody);
  const fits = await inTurn(() => verify(against, password));
  return stored !== null && fits;
}

/** Asks a signed-in person again, before an act that binds. Wrong answers are counted as at sign-in. */
export async function confirmPassword(actor: Actor, password: string): Promise<boolean> {
  const person = await database().person.findUnique({
    where: { id: actor.personId },
    select: { passwordHash: true, email: true },
  });
  if (!person) return false;
  await spendAttempt("confirm", person.email);
  return passwordFits(person.passwordHash, password);
}
