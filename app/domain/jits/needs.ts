import { type Access, can, type Subject } from "../access.ts";
import type { Action } from "../actions.ts";
import { isLiving } from "../documents/states.ts";
import { remindersBy, type SlotRole, type SlotState, slotsBefore } from "../signing/slots.ts";
import { daysLeft, type TeamLine } from "./teams.ts";

/** What a person is asked to do next, and what others are asked to do, each with the team it belongs to. */
export type Need = {
  team: TeamLine;
  kind:
    | "sign"
    | "checkPaper"
    | "overdue"
    | "confirmClosure"
    | "proposeClosure"
    | "extend"
    | "evaluate"
    | "ending"
    | "start"
    | "openForNegotiation"
    | "agree"
    | "finalise"
    | "openSigning"
    | "inviteDrafter"
    | "inviteSignatory"
    | "inviteAgain"
    | "addParties";
  /** the day it is about, when there is one */
  at?: Date;
  party?: { id: string; state: string };
  email?: string;
  /** how many of the reminders before the deadline have gone out; absent for none */
  reminder?: number;
  /** who holds the slot that it is about */
  member?: string;
};

export type Wait = {
  team: TeamLine;
  kind: "signature" | "invitation" | "closure";
  at?: Date;
  /** `at` is a deadline */
  due?: boolean;
  /** who holds the slot that it is about */
  member?: string;
  party?: { id: string; state: string };
  email?: string;
};

/** A slot that counts and is not signed. `since`: when signature was opened; `dueAt`: first instant after its last day. */
export type OpenSlot = {
  jitId: string;
  memberId: string;
  partyId: string;
  partyState: string;
  since: Date;
  role: SlotRole;
  state: Extract<SlotState, "waiting" | "checking">;
  dueAt: Date | null;
};

/**
 * What became of signatures, which is told to everybody, also to those who signed; and what a written notice changed in
 * the list of members (annex A1), which is told to the other parties.
 */
export type Telling = {
  jitId: string;
  kind: "declined" | "reopened" | "withdrawn" | "paperRefused" | "copy" | MemberTelling;
  at: Date;
  /** of the slot or the notice; "" for the whole text */
  partyState: string;
  /** of who did it; of whom a notice is about */
  name: string;
  /** the reason, or the words of the notice */
  reason: string;
  /** of a notice: from when it holds; otherwise null */
  holdsFrom: Date | null;
};
export type MemberTelling = "memberAdded" | "memberChanged" | "memberRemoved";

/** For how many days it is told. */
export const tellingDays = 14;
export type SentInvitation = { jitId: string; partyId: string; email: string; expiresAt: Date };

/** A party that has said yes to the text as it was at some moment of this version. */
export type AgreedParty = { jitId: string; partyId: string };

/** From how many days before its end a team is shown as ending. */
export const endingDays = 60;

/** What is known of the annexes of a team in force. */
export type AnnexesBegun = {
  /** an extension is being written or signed; without one, whoever may begin it is told in time (V47) */
  extending?: boolean;
  /** the arrangement asks for an evaluation at half time (clause 26), half of the period is over, and none is begun (V61) */
  evaluationDue?: boolean;
};

/** What this team asks of the person, most pressing first. Every entry is something `can` allows. */
export function needsOf(
  team: TeamLine,
  slots: readonly OpenSlot[],
  sent: readonly SentInvitation[],
  at: Date,
  agreed: readonly AgreedParty[] = [],
  { extending = false, evaluationDue = false }: AnnexesBegun = {},
): Need[] {
  const access: Access = { roles: team.roles, partyId: team.partyId, assigned: [] };
  const may = (action: Action, subject: Subject = {}) =>
    can(access, action, { ...subject, documentState: team.state ?? undefined }) === "yes";
  const needs: Need[] = [];
  const add = (kind: Need["kind"], more: Partial<Need> = {}) => needs.push({ team, kind, ...more });

  if (team.state === "signing") {
    const own = slots.find((slot) => slot.memberId === team.memberId && slot.state === "waiting");
    if (own && slotsBefore(own, slots).length === 0) {
      add("sign", { at: own.dueAt ?? undefined, reminder: remindersBy(own.dueAt, at) || undefined });
    }
    const papers = slots.filter((slot) => slot.state === "checking" && slot.partyId !== team.partyId);
    if (team.partyId && may("paper.confirm", { partyId: team.partyId })) {
      for (const { partyId, partyState, memberId } of papers)
        add("checkPaper", { party: { id: partyId, state: partyState }, member: memberId });
    }
    for (const { partyId, partyState, memberId, dueAt } of slots) {
      if (!dueAt || dueAt > at || !may("document.reopen")) continue;
      add("overdue", { at: dueAt, party: { id: partyId, state: partyState }, member: memberId });
    }
  }
  if (may("jit.archive") && team.state === "closing" && team.partyId && team.closureProposedPartyId !== team.partyId) {
    add("confirmClosure");
  }
  if ((team.state === "expired" || team.state === "terminated") && may("jit.proposeClosure"))
    add("proposeClosure", { at: team.expiresAt ?? undefined });
  if (team.state && isLiving(team.state) && isEnding(team, at)) {
    if (!extending && may("annex.start")) add("extend", { at: lastInstant(team.expiresAt!) });
    else if (may("jit.proposeClosure")) add("ending", { at: lastInstant(team.expiresAt!) });
  }
  if (team.state && isLiving(team.state) && evaluationDue && may("annex.start")) add("evaluate");
  if (team.state === null && team.parties.length < 2 && may("party.add")) add("addParties");
  if (team.state === null && team.parties.length >= 2 && may("document.start")) add("start");
  if (isBeingWritten(team)) {
    for (const party of team.parties) {
      if (!may("member.invite", { partyId: party.id })) continue;
      if (!party.writes) add("inviteDrafter", { party });
      else if (!party.signs && team.state === "negotiation" && party.id === team.partyId)
        add("inviteSignatory", { party });
    }
  }
  if (team.state === "draft" && may("document.openForNegotiation")) add("openForNegotiation");
  const ownAgreed = agreed.some((one) => one.partyId === team.partyId);
  if (agreed.length > 0 && !ownAgreed && may("text.agree", { partyId: team.partyId })) add("agree");
  if (team.state === "negotiation" && may("document.finalise")) add("finalise");
  if (team.state === "finalised" && may("signing.open")) add("openSigning");
  for (const one of sent) {
    if (one.expiresAt <= at && may("member.invite", { partyId: one.partyId })) {
      add("inviteAgain", { at: one.expiresAt, email: one.email });
    }
  }
  return needs;
}

/** What the team waits for and the person cannot do alone. */
export function waitsOf(team: TeamLine, slots: readonly OpenSlot[], sent: readonly SentInvitation[], at: Date): Wait[] {
  const waits: Wait[] = [];
  if (team.state === "signing") {
    for (const slot of slots.filter((one) => one.memberId !== team.memberId)) {
      waits.push({
        team,
        kind: "signature",
        at: slot.dueAt ?? slot.since,
        due: slot.dueAt !== null,
        member: slot.memberId,
        party: { id: slot.partyId, state: slot.partyState },
      });
    }
  }
  for (const one of sent.filter((each) => each.expiresAt > at)) {
    waits.push({ team, kind: "invitation", at: one.expiresAt, email: one.email });
  }
  if (team.state === "closing" && team.partyId !== null && team.closureProposedPartyId === team.partyId) {
    waits.push({ team, kind: "closure", at: team.stateSince ?? undefined });
  }
  return waits;
}

/** A period ends before `expiresAt`: the day that people are told is the last one in it, not the next. */
const lastInstant = (expiresAt: Date) => new Date(expiresAt.getTime() - 1);

function isBeingWritten(team: TeamLine): boolean {
  return team.state === null || team.state === "draft" || team.state === "negotiation";
}

export function isEnding(team: Pick<TeamLine, "expiresAt">, at: Date): boolean {
  return team.expiresAt !== null && team.expiresAt > at && daysLeft(team.expiresAt, at) <= endingDays;
}
