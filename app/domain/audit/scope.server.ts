import { database, queryOf } from "#app/platform/database.server.ts";
import { findAccess, type JitTarget } from "../access.server.ts";
import { type Access, can } from "../access.ts";
import type { Actor } from "../actor.ts";

/** Which entries of a trail a reader sees: all, or those of the own party and of the documents assigned. */
export type Scope = { all: true } | { all: false; party: string | null; documents: readonly string[] };

/** The part of the trail that the reader's rights reach; asked of `can` as for anything else. */
export function scopeOf({ ...access }: Access): Scope {
  if (can(access, "trail.read") === "yes") return { all: true };
  const party = can(access, "trail.read", { partyId: access.partyId }) === "yes" ? access.partyId : null;
  const documents = access.assigned.filter((documentId) => can(access, "trail.read", { documentId }) === "yes");
  return { all: false, party, documents };
}

/**
 * What to ask the door for: the team when the reader may read all of its trail, else the reader's own party or document.
 * Decides nothing: whoever holds no such right is refused by `view`, with whatever target.
 */
export async function readersTarget(actor: Actor, jit: string): Promise<JitTarget> {
  const access = await findAccess(queryOf(database()), actor.personId, jit);
  if (!access) return { jit };
  const scope = scopeOf(access);
  if (scope.all) return { jit };
  if (scope.party) return { jit, party: scope.party };
  const [document] = scope.documents;
  return document ? { jit, document } : { jit };
}
