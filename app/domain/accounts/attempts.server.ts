import { createHash } from "node:crypto";
import { isIPv6 } from "node:net";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "#app/platform/database.server.ts";
import { Conflict } from "../errors.ts";

const minute = 60;
const quarter = 15 * minute;
const hour = 60 * minute;

/**
 * Tries within a minute, a quarter of an hour and an hour: who goes on trying waits longer. Every count ends by itself
 * within the hour, so nobody can lock another person out for good. An office of many people shares one address.
 */
const limits = {
  account: { [minute]: 5, [quarter]: 10, [hour]: 20 },
  address: { [minute]: 60, [quarter]: 120, [hour]: 300 },
  confirm: { [minute]: 5, [quarter]: 10, [hour]: 20 },
  second: { [minute]: 5, [quarter]: 10, [hour]: 20 },
  lookUp: { [minute]: 30, [quarter]: 120, [hour]: 300 },
  setup: { [minute]: 5, [quarter]: 10, [hour]: 20 },
} as const satisfies Record<string, Record<number, number>>;
export type Attempt = keyof typeof limits;

/** What is kept of an address or account: nothing that could be read back. */
function keyOf(value: string): string {
  return createHash("sha256").update(networkOf(value)).digest("hex").slice(0, 32);
}

/** One subscriber has a whole /64 of IPv6 addresses to try from: they count as one. */
function networkOf(value: string): string {
  if (!isIPv6(value) || value.startsWith("::ffff:")) return value.replace("::ffff:", "");
  const [start = "", end = ""] = value.replace(/%.*/, "").split("::");
  const [before, after] = [start, end].map((half) => half.split(":").filter(Boolean)) as [string[], string[]];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

function limitersOf(kind: Attempt): RateLimiterPostgres[] {
  return Object.entries(limits[kind]).map(
    ([duration, points]) =>
      new RateLimiterPostgres({
        storeClient: pool(),
        storeType: "pool",
        tableName: "rate_limit",
        tableCreated: true,
        keyPrefix: `${kind}-${duration}`,
        points,
        duration: Number(duration),
        clearExpiredByTimeout: false,
      }),
  );
}

/**
 * Counts one try. Throws Conflict("rate-limited-minute" | "rate-limited" | "rate-limited-hour") when there were too
 * many, by how long to wait; when it cannot be counted, the answer is no. The shortest limit first: a try that it
 * refuses does not count for the longer ones, so impatience alone does not cost an hour.
 */
export async function spendAttempt(kind: Attempt, value: string): Promise<void> {
  const key = keyOf(value);
  for (const limiter of limitersOf(kind)) {
    try {
      const { isFirstInDuration } = await limiter.consume(key);
      // A new count sweeps out those that have ended.
      if (isFirstInDuration) await pool().query("DELETE FROM rate_limit WHERE expire < $1", [Date.now() - 1000]);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new Conflict(reasonFor(error.msBeforeNext / 1000));
      throw error;
    }
  }
}

function reasonFor(wait: number): string {
  if (wait <= minute) return "rate-limited-minute";
  return wait <= quarter ? "rate-limited" : "rate-limited-hour";
}

/** A try that was right is not held against the account. */
export async function forgetAttempts(kind: Attempt, value: string): Promise<void> {
  await Promise.all(limitersOf(kind).map((limiter) => limiter.delete(keyOf(value))));
}

/** Takes back one counted try: of a shared address, only wrong ones count. */
export async function returnAttempt(kind: Attempt, value: string): Promise<void> {
  await Promise.all(limitersOf(kind).map((limiter) => limiter.reward(keyOf(value), 1)));
}
