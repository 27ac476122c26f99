import type { DocumentState } from "../documents/states.ts";
import type { SlotRole, SlotState } from "../signing/slots.ts";
import type { InvitationLine } from "./invitations.ts";
import type { MemberLine } from "./members.ts";

export type PartyLine = {
  id: string;
  state: string;
  authorityNames: Record<string, string>;
  timeZone: string;
  nationalCase: string;
  joinedAt: Date;
};

export type SlotLine = {
  partyId: string;
  partyState: string;
  memberId: string;
  role: SlotRole;
  state: SlotState;
  decidedAt: Date | null;
};

/** What the overview of a team is made of. */
export type Overview = {
  parties: PartyLine[];
  members: MemberLine[];
  invitations: InvitationLine[];
  agreement: {
    id: string;
    state: DocumentState;
    stateSince: Date;
    version: number;
    inForceAt: Date | null;
    expiresAt: Date | null;
    timeZone: string | null;
  } | null;
  slots: SlotLine[];
  closure: { proposedAt: Date; partyId: string } | null;
};

export type StepName = "parties" | "members" | "text" | "finalise" | "sign";
export type StepState = "done" | "now" | "open" | "later";

const afterText: readonly DocumentState[] = ["finalised", "signing", "in_force", "expired", "closing", "archived"];
const afterSigning: readonly DocumentState[] = ["in_force", "expired", "closing", "archived"];

/**
 * The checklist that brings a team into force. The first step that is not done is `now`; later ones are `open` when
 * they can be done already, `later` when an earlier one must be done first.
 */
export function stepsOf(overview: Overview): { name: StepName; state: StepState }[] {
  const state = overview.agreement?.state ?? null;
  const enough = overview.parties.length >= 2;
  const all: { name: StepName; done: boolean; possible: boolean }[] = [
    { name: "parties", done: enough, possible: true },
    { name: "members", done: enough && partiesWithoutDrafter(overview).length === 0, possible: true },
    { name: "text", done: state !== null && afterText.includes(state), possible: enough },
    { name: "finalise", done: state !== null && afterText.includes(state), possible: state === "negotiation" },
    { name: "sign", done: state !== null && afterSigning.includes(state), possible: state === "finalised" },
  ];
  const current = all.find((step) => !step.done);
  return all.map((step) => ({
    name: step.name,
    state: step.done ? "done" : step === current ? "now" : step.possible ? "open" : "later",
  }));
}

const drafting = ["space_admin", "leader", "deputy_leader", "lead_negotiator"];

/** Parties of which nobody may write in the text today. */
export function partiesWithoutDrafter({ parties, members }: Pick<Overview, "parties" | "members">): PartyLine[] {
  const writes = (member: MemberLine) =>
    member.roles.some((one) => one.standing === "now" && drafting.includes(one.role));
  return parties.filter((party) => !members.some((member) => member.partyId === party.id && writes(member)));
}

/** Those who are in the team today, observers with them, as every page counts them: "4 States, 9 people". */
export function whoSees({ members }: Pick<Overview, "members">): {
  states: number;
  people: number;
  /** the people without the observers */
  members: number;
  observers: string[];
} {
  const today = members.filter((member) => member.roles.some((one) => one.standing === "now"));
  const observers = today.filter((member) => member.partyId === null);
  return {
    states: new Set(today.flatMap((member) => member.partyState ?? [])).size,
    people: today.length,
    members: today.length - observers.length,
    observers: [...new Set(observers.map((member) => member.authorityNames.en ?? ""))],
  };
}

export function leadersOf({ members }: Pick<Overview, "members">, partyId: string): MemberLine[] {
  return members.filter(
    (member) =>
      member.partyId === partyId && member.roles.some((one) => one.role === "leader" && one.standing === "now"),
  );
}
