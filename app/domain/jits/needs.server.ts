import { now } from "#app/platform/clock.ts";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { can } from "../access.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";
import {
  type AgreedParty,
  type Need,
  needsOf,
  type OpenSlot,
  type SentInvitation,
  type Telling,
  tellingDays,
  type Wait,
  waitsOf,
} from "./needs.ts";
import { teamsOf } from "./teams.server.ts";
import type { TeamLine } from "./teams.ts";

export type Work = { teams: TeamLine[]; needs: Need[]; waits: Wait[]; told: (Telling & { team: TeamLine })[] };

/** The person's own work across all teams: what to do, what others do, and the teams themselves. */
export function findWork(actor: Actor): Promise<Work> {
  return view(actor, "jit.list", platform, async (db) => {
    const teams = await teamsOf(db, actor.personId);
    const ids = teams.map((team) => team.id);
    const query = queryOf(db);
    const slots = await query<OpenSlot>(
      `SELECT s.jit_id AS "jitId", s.member_id AS "memberId", s.party_id AS "partyId", y.state AS "partyState",
              d.state_since AS since, s.role, s.state, s.due_at AS "dueAt"
         FROM signature_slot s JOIN frozen_text f ON f.id = s.frozen_text_id JOIN party y ON y.id = s.party_id
         JOIN document d ON d.id = f.document_id
        WHERE s.jit_id = ANY ($1::uuid[]) AND s.state IN ('waiting', 'checking') AND s.role <> 'copy' AND f.superseded_at IS NULL ORDER BY s.id`,
      [ids],
    );
    const sent = await query<SentInvitation>(
      `SELECT i.jit_id AS "jitId", i.party_id AS "partyId", i.email, i.expires_at AS "expiresAt" FROM invitation i
        WHERE i.jit_id = ANY ($1::uuid[]) AND i.invited_by_id = $2::uuid AND i.accepted_at IS NULL
          AND i.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM invitation later WHERE later.jit_id = i.jit_id AND later.email = i.email
                             AND later.invited_at > i.invited_at)
        ORDER BY i.expires_at`,
      [ids, actor.personId],
    );
    const agreed = await query<AgreedParty>(
      `SELECT "jitId", "partyId" FROM (
         SELECT DISTINCT ON (a.document_id, a.party_id) a.jit_id AS "jitId", a.party_id AS "partyId", a.digest
           FROM assent a JOIN document d ON d.id = a.document_id AND d.version = a.version
          WHERE a.jit_id = ANY ($1::uuid[]) AND a.clause_id IS NULL AND d.kind = 'agreement' AND d.state = 'negotiation'
          ORDER BY a.document_id, a.party_id, a.id DESC) last
        WHERE digest IS NOT NULL`,
      [ids],
    );
    const extensions = await query<{ jitId: string }>(
      `SELECT DISTINCT jit_id AS "jitId" FROM document WHERE jit_id = ANY ($1::uuid[]) AND kind = 'annex'
          AND annex ~ '^A8(-|$)' AND state IN ('draft', 'negotiation', 'finalised', 'signing')`,
      [ids],
    );
    const at = now();
    const evaluationsDue = await query<{ jitId: string }>(
      `SELECT d.jit_id AS "jitId" FROM document d JOIN frozen_text f ON f.document_id = d.id AND f.superseded_at IS NULL
        WHERE d.jit_id = ANY ($1::uuid[]) AND d.kind = 'agreement' AND d.in_force_at IS NOT NULL
          AND $2::timestamptz BETWEEN d.in_force_at + (d.expires_at - d.in_force_at) / 2 AND d.expires_at
          AND f.canonical::jsonb -> 'fields' ->> 'midTerm' = 'true'
          AND NOT EXISTS (SELECT 1 FROM document a WHERE a.jit_id = d.jit_id AND a.annex ~ '^A13(-|$)'
                             AND a.state <> 'withdrawn')`,
      [ids, at],
    );
    const of = <One extends { jitId: string }>(all: One[], team: TeamLine) =>
      all.filter((one) => one.jitId === team.id);
    // A State that is joining is told nothing yet of what goes on inside.
    const inside = teams.filter(({ partyId, parties }) => partyId === null || parties.some(({ id }) => id === partyId));
    const tellings = await tellingsOf(query, actor.personId, { ids: inside.map(({ id }) => id), at });
    return {
      teams,
      told: teams.flatMap((team) => of(tellings, team).map((one) => toldTo(team, one))),
      needs: teams.flatMap((team) =>
        needsOf(team, of(slots, team), of(sent, team), at, of(agreed, team), {
          extending: of(extensions, team).length > 0,
          evaluationDue: of(evaluationsDue, team).length > 0,
        }),
      ),
      waits: teams.flatMap((team) => waitsOf(team, of(slots, team), of(sent, team), at)),
    };
  });
}

/**
 * What others did to signatures in the last two weeks, newest first; the copy that is there for the person; and the notices
 * by which other parties changed their members on the list.
 */
function tellingsOf(query: Query, person: string, { ids, at }: { ids: readonly string[]; at: Date }) {
  const since = new Date(at.getTime() - tellingDays * 24 * 3_600_000);
  return query<Telling>(
    `SELECT * FROM (
       SELECT s.jit_id AS "jitId", 'declined' AS kind, s.decided_at AS at, y.state AS "partyState", p.latin_name AS name,
              s.reason, p.id AS by, NULL::timestamptz AS "holdsFrom"
         FROM signature_slot s JOIN party y ON y.id = s.party_id JOIN member m ON m.id = s.member_id
         JOIN person p ON p.id = m.person_id WHERE s.state = 'declined'
       UNION ALL
       SELECT f.jit_id, 'reopened', f.superseded_at, '', '', '', NULL, NULL FROM frozen_text f
        WHERE f.superseded_at IS NOT NULL AND EXISTS (SELECT 1 FROM signature_slot s WHERE s.frozen_text_id = f.id)
          AND NOT EXISTS (SELECT 1 FROM signature_slot s WHERE s.frozen_text_id = f.id AND s.state = 'declined')
       UNION ALL
       SELECT w.jit_id, 'withdrawn', w.at, y.state, p.latin_name, w.reason, p.id, NULL
         FROM signature_withdrawal w JOIN signature g ON g.id = w.signature_id
         JOIN signature_slot s ON s.id = g.slot_id JOIN party y ON y.id = s.party_id JOIN person p ON p.id = w.person_id
       UNION ALL
       SELECT c.jit_id, 'paperRefused', c.at, y.state, p.latin_name, c.reason, p.id, NULL
         FROM paper_check c JOIN paper_original o ON o.id = c.original_id JOIN signature_slot s ON s.id = o.slot_id
         JOIN party y ON y.id = s.party_id JOIN member m ON m.id = c.member_id JOIN person p ON p.id = m.person_id
        WHERE c.verdict = 'refused'
       UNION ALL
       SELECT s.jit_id, 'copy', d.in_force_at, y.state, '', '', NULL, NULL
         FROM signature_slot s JOIN frozen_text f ON f.id = s.frozen_text_id JOIN document d ON d.id = f.document_id
         JOIN party y ON y.id = s.party_id JOIN member m ON m.id = s.member_id
        WHERE s.state = 'copy' AND f.superseded_at IS NULL AND d.in_force_at IS NOT NULL AND m.person_id = $2::uuid
       UNION ALL
       SELECT n.jit_id, CASE n.kind WHEN 'add' THEN 'memberAdded' WHEN 'change' THEN 'memberChanged' ELSE 'memberRemoved' END,
              n.given_at, y.state, p.latin_name, n.words, g.person_id, n.holds_from
         FROM member_notice n JOIN party y ON y.id = n.party_id JOIN member m ON m.id = n.member_id
         JOIN person p ON p.id = m.person_id JOIN member g ON g.id = n.given_by_id
        WHERE NOT EXISTS (SELECT 1 FROM member o WHERE o.party_id = n.party_id AND o.person_id = $2::uuid)) told
      WHERE "jitId" = ANY ($1::uuid[]) AND at > $3::timestamptz AND by IS DISTINCT FROM $2::uuid
      ORDER BY at DESC LIMIT 50`,
    [ids, person, since],
  );
}

/** Reasons are told to those who may read the text; that it happened is told to all. */
function toldTo(team: TeamLine, { jitId, kind, at, partyState, name, reason, holdsFrom }: Telling) {
  const access = { roles: team.roles, partyId: team.partyId, assigned: [] };
  const reads = can(access, "document.read") === "yes";
  return { team, jitId, kind, at, partyState, name, holdsFrom, reason: reads ? reason : "" };
}
