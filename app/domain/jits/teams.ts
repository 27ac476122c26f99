import type { DocumentState } from "../documents/states.ts";
import type { JitRole } from "../roles.ts";

/** A team as the list of teams shows it, with what the reader is in it. */
export type TeamLine = {
  id: string;
  reference: string;
  names: Record<string, string>;
  exercise: boolean;
  memberId: string;
  partyId: string | null;
  roles: JitRole[];
  parties: TeamParty[];
  people: number;
  /** null before the arrangement is started */
  documentId: string | null;
  state: DocumentState | null;
  stateSince: Date | null;
  expiresAt: Date | null;
  timeZone: string | null;
  closureProposedPartyId: string | null;
};

export type TeamParty = {
  id: string;
  state: string;
  /** someone of the party may write in the text today */
  writes: boolean;
  /** someone of the party may sign today */
  signs: boolean;
};

/** Whole days until the instant, as people count them: 0 on the last day. */
export function daysLeft(expiresAt: Date, at: Date): number {
  return Math.max(0, Math.floor((expiresAt.getTime() - at.getTime()) / 86_400_000));
}
