import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { type StoredState, standingColumns, stateAt } from "../documents/states.ts";
import { heldAt } from "../held-roles.ts";
import { inRoleOrder, type JitRole } from "../roles.ts";
import { view } from "../view.server.ts";
import { boundSql, seatedSql } from "./bound.ts";
import type { TeamLine } from "./teams.ts";

/** Roles that may write in the text (right Y of the matrix). */
export const drafters: readonly JitRole[] = ["space_admin", "leader", "deputy_leader", "lead_negotiator"];

/** The teams in which the person holds a role today, newest first. */
export function listJitsOf(actor: Actor): Promise<TeamLine[]> {
  return view(actor, "jit.list", platform, (db) => teamsOf(db, actor.personId));
}

const heldToday = heldAt("$2");

const hasOneOf = (roles: string) => `EXISTS (SELECT 1 FROM member om JOIN member_role r ON r.member_id = om.id
                   WHERE om.party_id = y.id AND r.role = ANY (${roles}::text[]) AND ${heldToday})`;

/** Reads the teams within a door that is already open. */
export async function teamsOf(db: Transaction, person: string): Promise<TeamLine[]> {
  const at = now();
  const rows = await queryOf(db)<Omit<TeamLine, "state"> & { documentId: string | null } & StoredState>(
    `SELECT j.id, j.reference, j.names, j.exercise, m.id AS "memberId", m.party_id AS "partyId",
            j.closure_proposed_party_id AS "closureProposedPartyId", d.id AS "documentId",
            ${standingColumns}, d.state_since AS "stateSince", d.reference_time_zone AS "timeZone",
            (SELECT array_agg(r.role) FROM member_role r WHERE r.member_id = m.id AND ${heldToday}) AS roles,
            (SELECT count(DISTINCT r.member_id)::int FROM member_role r WHERE r.jit_id = j.id AND ${heldToday}) AS people,
            (SELECT json_agg(json_build_object('id', y.id, 'state', y.state,
                      'writes', ${hasOneOf("$3")}, 'signs', ${hasOneOf("$4")}) ORDER BY y.position)
               FROM party y WHERE y.jit_id = j.id AND ${boundSql("$2")}) AS parties
       FROM member m JOIN jit j ON j.id = m.jit_id
       LEFT JOIN document d ON d.jit_id = j.id AND d.kind = 'agreement'
      WHERE m.person_id = $1::uuid AND ${seatedSql}
        AND EXISTS (SELECT 1 FROM member_role r WHERE r.member_id = m.id AND ${heldToday})
      ORDER BY j.id DESC`,
    [person, at, [...drafters], ["signatory"]],
  );
  return rows.map((row) => ({
    ...row,
    roles: [...row.roles].sort(inRoleOrder),
    state: row.documentId ? stateAt(row, at) : null,
  }));
}

/** Names of the person's teams, for the menu that changes between them. */
export function listTeamNames(actor: Actor): Promise<{ reference: string; names: Record<string, string> }[]> {
  return view(actor, "jit.list", platform, (db) =>
    queryOf(db)(
      `SELECT j.reference, j.names FROM member m JOIN jit j ON j.id = m.jit_id
        WHERE m.person_id = $1::uuid AND ${seatedSql}
          AND EXISTS (SELECT 1 FROM member_role r WHERE r.member_id = m.id AND ${heldToday})
        ORDER BY j.id DESC LIMIT 20`,
      [actor.personId, now()],
    ),
  );
}
