import { movedInstant } from "#app/platform/clock.ts";
import type { Query } from "#app/platform/database.server.ts";
import type { Action } from "../actions.ts";
import type { Actor, Visitor } from "../actor.ts";

/** The log of what belongs to no JIT: people, authorities, sessions. */
export const platformLog = "00000000-0000-0000-0000-000000000000";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** Ids, codes, digests and numbers: they stand in the hashed entry for good. Never names or free text. */
export type Facts = { [key: string]: Json };
/** Names, reasons, addresses: kept apart, erasable; the entry holds only a salted commitment. */
export type Details = { [key: string]: Json };

export type Entry = {
  actor: Actor | Visitor | "system";
  /** roles and party by which the actor could do it */
  standing?: { roles: readonly string[]; partyId: string | null };
  action: Action;
  facts?: Facts;
  details?: Details;
};

type Body = { actor: Facts; action: Action; facts: Facts };

function bodyOf(entry: Entry): Body {
  const { actor, standing, action, facts = {} } = entry;
  if (actor === "system") return { actor: { system: true }, action, facts };
  if (actor.personId === null) return { actor: { visitor: true }, action, facts };
  return {
    actor: {
      person: actor.personId,
      authority: actor.authorityId,
      state: actor.state,
      session: actor.sessionId?.slice(0, 16) ?? null,
      ...(standing ? { party: standing.partyId, roles: [...standing.roles] } : {}),
    },
    action,
    facts,
  };
}

/**
 * Appends one entry to a log, inside the caller's transaction. Call it last: it takes the row lock on the log's head,
 * and the time it is held is the time to commit. Returns the entry's number.
 */
export async function appendEntry(query: Query, log: string, entry: Entry): Promise<number> {
  const instant = movedInstant();
  // Heard only from the owner of the database, see audit.clock in the migration.
  if (instant) await query("SELECT set_config('audit.instant', $1, true)", [instant.toISOString()]);
  const [row] = await query<{ seq: bigint | string }>("SELECT seq FROM audit.append($1::uuid, $2::jsonb, $3::jsonb)", [
    log,
    JSON.stringify(bodyOf(entry)),
    JSON.stringify(entry.details ?? {}),
  ]);
  return Number(row!.seq);
}
