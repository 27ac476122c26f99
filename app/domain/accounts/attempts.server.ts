import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "#app/platform/database.server.ts";
import { Conflict } from "../errors.ts";

const quarterHour = 15 * 60;
/** Tries in a quarter of an hour. The account's count ends by itself, so nobody can lock another person out for good. */
const limits = { account: 10, address: 60, confirm: 10, setup: 20 } as const;

/** What is kept of an address or account: nothing that could be read back. */
function keyOf(kind: keyof typeof limits, value: string): string {
  return `${kind}:${createHash("sha256").update(value).digest("hex").slice(0, 32)}`;
}

function limiter(kind: keyof typeof limits): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool(),
    storeType: "pool",
    tableName: "rate_limit",
    tableCreated: true,
    keyPrefix: "try",
    points: limits[kind],
    duration: quarterHour,
    clearExpiredByTimeout: false,
  });
}

/** Counts one try. Throws Conflict("rate-limited") when there were too many; when it cannot be counted, the answer is no. */
export async function spendAttempt(kind: keyof typeof limits, value: string): Promise<void> {
  try {
    await limiter(kind).consume(keyOf(kind, value));
  } catch (error) {
    if (error instanceof RateLimiterRes) throw new Conflict("rate-limited");
    throw error;
  }
}

/** A try that was right frees the account's count. */
export async function forgetAttempts(kind: keyof typeof limits, value: string): Promise<void> {
  await limiter(kind).delete(keyOf(kind, value));
}
