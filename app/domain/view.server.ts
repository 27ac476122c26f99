import { database, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { permit, platform, type Target } from "./access.server.ts";
import type { Access } from "./access.ts";
import { type Action, ruleOf } from "./actions.ts";
import type { Actor, Visitor } from "./actor.ts";
import { appendEntry, type Facts, platformLog } from "./audit/entry.server.ts";

/**
 * The only way to read what belongs to a JIT: asks as `change` does, then reads. Reading that is itself recorded
 * (`recorded` in actions.ts) appends its entry in the same transaction as the reading: no entry, no content.
 * Throws NotFound, Forbidden and Conflict as `change` does.
 */
export async function view<Result>(
  actor: Actor | Visitor,
  action: Action,
  target: Target,
  read: (db: Transaction, access: Access) => Promise<Result>,
  factsOf?: (result: Result) => Facts,
): Promise<Result> {
  if (!ruleOf(action).recorded) {
    const db = database();
    return read(db, await permit(db, actor, action, target, false));
  }
  return database().$transaction(
    async (tx) => {
      const access = await permit(tx, actor, action, target, false);
      const result = await read(tx, access);
      const standing = { roles: access.roles, partyId: access.partyId };
      const log = target === platform ? platformLog : target.jit;
      await appendEntry(queryOf(tx), log, { actor, standing, action, facts: factsOf?.(result) });
      return result;
    },
    { timeout: 60_000, maxWait: 10_000 },
  );
}
