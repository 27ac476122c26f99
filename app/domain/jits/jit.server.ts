import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { findAccess, platform } from "../access.server.ts";
import type { Access } from "../access.ts";
import type { Actor } from "../actor.ts";
import { type StoredState, standingColumns, stateAt } from "../documents/states.ts";
import { view } from "../view.server.ts";
import { isReference, type JitOfMember } from "./jit.ts";

export type { JitOfMember } from "./jit.ts";

type Row = Omit<JitOfMember, "agreement"> & StoredState & { documentId: string | null; stateSince: Date };

/**
 * The JIT with this reference and what the person holds in it today. Null for someone who is not a member and for
 * nonsense alike; both cost the same queries, so that time tells nothing either.
 */
export function findJitOf(actor: Actor, reference: string): Promise<{ jit: JitOfMember; access: Access } | null> {
  return view(actor, "jit.list", platform, async (db) => {
    if (!isReference(reference)) return null;
    const query = queryOf(db);
    const [row] = await query<Row>(
      `SELECT j.id, j.reference, j.names, j.exercise, j.summary, j.created_at AS "createdAt", m.id AS "memberId",
              d.id AS "documentId", d.state_since AS "stateSince", ${standingColumns}
         FROM jit j JOIN member m ON m.jit_id = j.id AND m.person_id = $2::uuid
         LEFT JOIN document d ON d.jit_id = j.id AND d.kind = 'agreement'
        WHERE j.reference = $1`,
      [reference, actor.personId],
    );
    const access = row && (await findAccess(query, actor.personId, row.id));
    return access ? { jit: jitOf(row), access } : null;
  });
}

function jitOf(row: Row): JitOfMember {
  const {
    documentId,
    state: _,
    stateSince,
    expiresAt,
    endsEarly: __,
    suspendedFrom: ___,
    suspendedUntil: ____,
    ...jit
  } = row;
  const agreement = documentId ? { id: documentId, state: stateAt(row, now()), stateSince, expiresAt } : null;
  return { ...jit, agreement };
}
