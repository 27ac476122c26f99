import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { type DocumentState, stateAt } from "../documents/states.ts";
import { view } from "../view.server.ts";
import { invitationsOf } from "./invitations.server.ts";
import { membersOf } from "./member-list.server.ts";
import type { Overview, PartyLine, SlotLine } from "./overview.ts";

/** Where the team stands, for every member: parties, people, the state of the arrangement and who has signed. */
export function overviewOf(actor: Actor, jit: string): Promise<Overview> {
  return view(actor, "jit.read", { jit }, async (db) => {
    const [parties, members, invitations, slots, standing] = await Promise.all([
      partiesOf(db, jit),
      membersOf(db, jit),
      invitationsOf(db, jit),
      slotsOf(db, jit),
      standingOf(db, jit),
    ]);
    return { parties, members, invitations, slots, ...standing };
  });
}

/** Reads the parties, in the order of the document, within a door that is already open. */
export async function partiesOf(db: Transaction, jit: string): Promise<PartyLine[]> {
  return queryOf(db)<PartyLine>(
    `SELECT y.id, y.state, a.names AS "authorityNames", a.time_zone AS "timeZone", y.national_case AS "nationalCase",
            y.joined_at AS "joinedAt"
       FROM party y JOIN authority a ON a.id = y.authority_id
      WHERE y.jit_id = $1::uuid AND y.left_at IS NULL ORDER BY y.position`,
    [jit],
  );
}

function slotsOf(db: Transaction, jit: string): Promise<SlotLine[]> {
  return queryOf(db)<SlotLine>(
    `SELECT s.party_id AS "partyId", y.state AS "partyState", s.member_id AS "memberId", s.role, s.state,
            s.decided_at AS "decidedAt"
       FROM signature_slot s JOIN frozen_text f ON f.id = s.frozen_text_id JOIN party y ON y.id = s.party_id
      WHERE s.jit_id = $1::uuid AND f.superseded_at IS NULL AND s.role <> 'copy' ORDER BY y.position, s.position, s.id`,
    [jit],
  );
}

type StandingRow = {
  proposedAt: Date | null;
  partyId: string | null;
  id: string | null;
  state: DocumentState;
  stateSince: Date;
  version: number;
  inForceAt: Date | null;
  expiresAt: Date | null;
  timeZone: string | null;
};

async function standingOf(db: Transaction, jit: string): Promise<Pick<Overview, "agreement" | "closure">> {
  const [row] = await queryOf(db)<StandingRow>(
    `SELECT j.closure_proposed_at AS "proposedAt", j.closure_proposed_party_id AS "partyId", d.id, d.state,
            d.state_since AS "stateSince", d.version, d.in_force_at AS "inForceAt", d.expires_at AS "expiresAt",
            d.reference_time_zone AS "timeZone"
       FROM jit j LEFT JOIN document d ON d.jit_id = j.id AND d.kind = 'agreement' WHERE j.id = $1::uuid`,
    [jit],
  );
  const { proposedAt, partyId, id, ...agreement } = row!;
  return {
    closure: proposedAt && partyId ? { proposedAt, partyId } : null,
    agreement: id ? { ...agreement, id, state: stateAt(agreement.state, agreement.expiresAt, now()) } : null,
  };
}
