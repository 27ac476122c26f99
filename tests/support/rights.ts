import type { Action } from "#app/domain/actions.ts";
import type { JitRole } from "#app/domain/roles.ts";

// What each role may do, written down from the handbook by hand: this list and the matrix must come to the same.
// `all`: for every party; `own`: only for the own party; `assigned`: only documents assigned; `suggest`: may ask for it.
export type Rights = { all: Action[]; own: Action[]; assigned: Action[]; suggest: Action[] };

const reading: Action[] = [
  "document.read",
  "document.open",
  "document.download",
  "document.takeCopy",
  "document.seal",
  "paper.read",
  "anchor.list",
  "outside.read",
];
/** Authorities under which a party signs outside: named by who speaks for it, looked at by another person. */
const lookingAtAnchors: Action[] = ["anchor.approve", "anchor.revoke"];
const anchors: Action[] = ["anchor.register", ...lookingAtAnchors];
const outside: Action[] = ["outside.checkOut", "outside.handIn"];
/** Papers signed in ink: the own party hands in, and looks at those of others in its own name. */
const papers: Action[] = ["paper.handIn", "paper.prepare", "paper.confirm", "paper.refuse"];
/** Whoever writes the text may also have a file read for it. */
const writing: Action[] = ["document.edit", "clause.compare", "document.readIn", "annex.start"];
const ownPeople: Action[] = ["member.invite", "invitation.withdraw", "member.revoke", "party.changeNationalCase"];
const notices: Action[] = ["member.notify"];
const trail: Action[] = ["trail.read", "trail.verify", "trail.download"];
const steps: Action[] = ["document.openForNegotiation", "document.finalise", "document.withdraw", "signing.open"];
const agreeing: Action[] = ["clause.agree", "clause.takeBack", "text.agree", "text.takeBack"];
export const everyone: Action[] = [
  "jit.read",
  "member.list",
  "board.read",
  "task.download",
  "plan.read",
  "plan.download",
];
const ownTasks: Action[] = ["task.change", "task.move", "task.tick", "task.comment"];
const givingTasks: Action[] = ["task.add", "task.assign", "task.import"];
const editingPlan: Action[] = ["plan.add", "plan.change", "plan.remove"];
/** The plan is approved, and the go of a State given, for the own party only. */
const approvingPlan: Action[] = ["plan.approve"];
const goOfTheState: Action[] = ["actionDay.decide", "actionDay.takeBack"];
const wholeBoard: Action[] = ["board.change", ...givingTasks, ...ownTasks, ...editingPlan];

const readingDecisions: Action[] = ["decision.read", "decision.download"];
const decisions: Action[] = [...readingDecisions, "decision.record"];
const readingMeetings: Action[] = ["meeting.read", "minutes.open"];
const callingMeetings: Action[] = ["meeting.call", "meeting.change", "meeting.callOff", "minutes.begin"];
const meetings: Action[] = [...readingMeetings, ...callingMeetings];
const approvingMinutes: Action[] = ["minutes.approve", "minutes.correct"];

export const expected: Record<JitRole, Partial<Rights>> = {
  space_admin: {
    all: [
      ...reading,
      ...ownPeople,
      ...notices,
      ...trail,
      ...steps,
      "document.reopen",
      "jit.describe",
      "party.add",
      "member.changeRoles",
      "document.start",
      "document.assign",
      ...writing,
      "document.export",
      "jit.proposeClosure",
      "jit.archive",
      "approval.record",
      ...lookingAtAnchors,
      ...wholeBoard,
      ...decisions,
      ...meetings,
    ],
  },
  leader: {
    all: [
      ...reading,
      ...trail,
      ...writing,
      "finding.override",
      "finding.takeBackOverride",
      "annex.revise",
      "document.export",
      "jit.proposeClosure",
      "jit.archive",
      ...wholeBoard,
      ...decisions,
      ...meetings,
      ...approvingMinutes,
    ],
    own: [
      ...ownPeople,
      ...notices,
      ...agreeing,
      ...papers,
      ...anchors,
      ...approvingPlan,
      ...goOfTheState,
      "approval.record",
    ],
  },
  deputy_leader: {
    all: [...reading, ...writing, ...wholeBoard, ...decisions, ...meetings, ...approvingMinutes],
    own: [...ownPeople, ...notices, ...trail, ...papers, ...goOfTheState],
  },
  lead_negotiator: {
    all: [...reading, ...writing, "document.reopen", "task.comment"],
    own: [...ownPeople, ...trail, ...agreeing, ...papers, ...anchors, "approval.record"],
    suggest: steps,
  },
  member: {
    all: [...reading, "board.change", ...ownTasks, ...editingPlan, ...decisions, ...meetings],
    own: [...trail, ...givingTasks, ...goOfTheState],
    suggest: [...writing],
  },
  seconded_member: {
    all: [...ownTasks, ...readingDecisions, ...readingMeetings],
    assigned: reading,
    own: trail,
    suggest: ["board.change", ...editingPlan, "decision.record", ...callingMeetings],
  },
  participant_observer: { assigned: ownTasks },
  signatory: {
    all: [...reading, "task.comment"],
    own: [
      "signature.prepare",
      "signature.sign",
      "signature.decline",
      "signature.withdraw",
      "slot.delegate",
      ...papers,
      ...outside,
      ...trail,
    ],
    suggest: [...writing],
  },
  translator: { all: ["task.comment"], assigned: [...reading, ...writing] },
  evidence_custodian: { own: trail },
  disclosure_officer: {
    all: [...reading, ...trail, "task.comment", ...readingDecisions, ...readingMeetings],
    own: ["document.export"],
    suggest: [...writing],
  },
  cost_officer: {},
  court_viewer: { assigned: trail },
};

export const expectedGlobally: Partial<Record<Action, string[]>> = {
  "authority.list": ["user_admin", "national_coordinator"],
  "authority.add": ["user_admin"],
  "person.list": ["user_admin"],
  "person.add": ["user_admin"],
  "person.change": ["user_admin"],
  "person.disable": ["user_admin"],
  "person.clearFactors": ["user_admin"],
  "jit.found": ["national_coordinator"],
  "library.add": ["reference_editor"],
  "library.change": ["reference_editor"],
  "library.retire": ["reference_editor"],
  "library.restore": ["reference_editor"],
  "treatyStatus.read": ["user_admin"],
  "treatyStatus.record": ["user_admin"],
  "treatyStatus.import": ["user_admin"],
};

export type Case = { party: "own" | "other"; assigned: boolean };
export const cases: Case[] = [
  { party: "own", assigned: false },
  { party: "other", assigned: false },
  { party: "own", assigned: true },
  { party: "other", assigned: true },
];

/** What the lists say to a member with one role. */
export function answer(role: JitRole, action: Action, { party, assigned }: Case): "yes" | "suggest" | "no" {
  const rights = expected[role];
  if (everyone.includes(action) || rights.all?.includes(action)) return "yes";
  if (party === "own" && rights.own?.includes(action)) return "yes";
  if (assigned && rights.assigned?.includes(action)) return "yes";
  return rights.suggest?.includes(action) ? "suggest" : "no";
}
