import { database, queryOf, sqlState, type Transaction } from "#app/platform/database.server.ts";
import { permit, platform, type Target } from "./access.server.ts";
import type { Access } from "./access.ts";
import type { Action } from "./actions.ts";
import type { Actor, Visitor } from "./actor.ts";
import { appendEntry, type Details, type Entry, type Facts, platformLog } from "./audit/entry.server.ts";
import { Conflict } from "./errors.ts";

export type Change<Result> = {
  result: Result;
  facts?: Facts;
  details?: Details;
  /** what the act brings about, each its own entry after it: the last signature puts the arrangement in force */
  follows?: Omit<Entry, "actor">[];
};

const retryable = ["40001", "40P01"];

/**
 * The only way to change anything. In one transaction: looks up what the actor holds now, asks `can`, runs `work` with
 * the transaction's handle, appends the entry last. Either all of it is there, with its entry, or none of it.
 *
 * Throws NotFound for someone who is not a member (nobody learns that a JIT exists), Forbidden for a member without
 * the right, Conflict when the state of the document does not allow the act, and whatever `work` throws.
 * `work` may run a second time after a deadlock: it must do nothing outside the transaction.
 */
export async function change<Result>(
  actor: Actor | Visitor,
  action: Action,
  target: Target,
  work: (tx: Transaction, access: Access) => Promise<Change<Result>>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await database().$transaction((tx) => changeOnce(tx, actor, action, target, work), {
        timeout: 20_000,
        maxWait: 10_000,
      });
    } catch (error) {
      const state = sqlState(error);
      if (state === "23505") throw new Conflict("already-there");
      if (!state || !retryable.includes(state) || attempt === 3) throw error;
    }
  }
}

async function changeOnce<Result>(
  tx: Transaction,
  actor: Actor | Visitor,
  action: Action,
  target: Target,
  work: (tx: Transaction, access: Access) => Promise<Change<Result>>,
): Promise<Result> {
  const access = await permit(tx, actor, action, target, true);
  const { result, facts, details, follows = [] } = await work(tx, access);
  const log = target === platform ? platformLog : target.jit;
  const standing = target === platform ? undefined : { roles: access.roles, partyId: access.partyId };
  await appendEntry(queryOf(tx), log, { actor, standing, action, facts, details });
  for (const entry of follows) await appendEntry(queryOf(tx), log, { ...entry, actor: "system" });
  return result;
}
