import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";
import {
  type AgreedParty,
  type Need,
  needsOf,
  type OpenSlot,
  type SentInvitation,
  type Wait,
  waitsOf,
} from "./needs.ts";
import { teamsOf } from "./teams.server.ts";
import type { TeamLine } from "./teams.ts";

export type Work = { teams: TeamLine[]; needs: Need[]; waits: Wait[] };

/** The person's own work across all teams: what to do, what others do, and the teams themselves. */
export function findWork(actor: Actor): Promise<Work> {
  return view(actor, "jit.list", platform, async (db) => {
    const teams = await teamsOf(db, actor.personId);
    const ids = teams.map((team) => team.id);
    const query = queryOf(db);
    const slots = await query<OpenSlot>(
      `SELECT s.jit_id AS "jitId", s.member_id AS "memberId", s.party_id AS "partyId", y.state AS "partyState",
              d.state_since AS since
         FROM signature_slot s JOIN frozen_text f ON f.id = s.frozen_text_id JOIN party y ON y.id = s.party_id
         JOIN document d ON d.id = f.document_id
        WHERE s.jit_id = ANY ($1::uuid[]) AND s.state = 'waiting' AND f.superseded_at IS NULL ORDER BY s.id`,
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
    const at = now();
    const of = <One extends { jitId: string }>(all: One[], team: TeamLine) =>
      all.filter((one) => one.jitId === team.id);
    return {
      teams,
      needs: teams.flatMap((team) => needsOf(team, of(slots, team), of(sent, team), at, of(agreed, team))),
      waits: teams.flatMap((team) => waitsOf(team, of(slots, team), of(sent, team), at)),
    };
  });
}
