import type { OtherKind } from "./documents/kinds.ts";
import { type DocumentState, editableStates, livingStates, statesBefore } from "./documents/states.ts";
import type { Permission } from "./matrix.ts";
import type { GlobalRole } from "./roles.ts";

/**
 * Who may do an action:
 * - `permission`: a row of the matrix, for members of the JIT
 * - `member`: every member with a role that is valid today
 * - `global`: these roles of the installation
 * - `signedIn`: everyone who is signed in, about themselves or about what is for all to read
 * - `visitor`: someone without a session; the act itself carries the proof (password, one-time code or link)
 * - `system`: never a request; follows from another act in the same transaction
 */
type Who =
  | { permission: Permission }
  | { member: true }
  | { global: readonly GlobalRole[] }
  | { signedIn: true }
  | { visitor: true }
  | { system: true };

export type Rule = Who & {
  /** which log the entry goes to */
  log: "jit" | "platform";
  /** states of the document in which the action is possible; all when absent */
  when?: readonly DocumentState[];
  /** the right S is enough (asking for it is doing it) */
  suggestSuffices?: true;
  /** only the arrangement itself, never an annex to it; "but children": also what is signed to change or end it */
  notAnnexes?: true | "but children";
  /** what is asked for a text of another kind than the arrangement and its annexes; of a kind not named, the answer is no */
  otherKinds?: Partial<Record<OtherKind, Permission>>;
  /** reading that is itself an entry in the trail */
  recorded?: true;
};

const stateOfRecord = [...livingStates, "expired", "terminated", "closing", "archived"] as const;

const step = (by: string) => ({ when: statesBefore(by) });

/** Every action by name. What is not here cannot be done. */
export const actions = {
  // people of the installation
  "setup.read": { log: "platform", visitor: true },
  "setup.complete": { log: "platform", visitor: true },
  "password.readLink": { log: "platform", visitor: true },
  "password.chooseByLink": { log: "platform", visitor: true },
  "account.signIn": { log: "platform", visitor: true },
  "account.signInRefused": { log: "platform", visitor: true },
  "account.askSecondFactor": { log: "platform", visitor: true },
  "account.signOut": { log: "platform", signedIn: true },
  "account.choosePassword": { log: "platform", signedIn: true },
  "account.prefer": { log: "platform", signedIn: true },
  "account.confirm": { log: "platform", signedIn: true },
  "account.stepUpRefused": { log: "platform", signedIn: true },
  "factor.list": { log: "platform", signedIn: true },
  "factor.addPasskey": { log: "platform", signedIn: true },
  "factor.removePasskey": { log: "platform", signedIn: true },
  "factor.beginApp": { log: "platform", signedIn: true },
  "factor.addApp": { log: "platform", signedIn: true },
  "factor.removeApp": { log: "platform", signedIn: true },
  "factor.makeCodes": { log: "platform", signedIn: true },
  "session.list": { log: "platform", signedIn: true },
  "session.end": { log: "platform", signedIn: true },
  "authority.list": { log: "platform", global: ["user_admin", "national_coordinator"] },
  "authority.add": { log: "platform", global: ["user_admin"] },
  "person.list": { log: "platform", global: ["user_admin"] },
  "person.add": { log: "platform", global: ["user_admin"] },
  "person.change": { log: "platform", global: ["user_admin"] },
  "person.disable": { log: "platform", global: ["user_admin"] },
  "person.clearFactors": { log: "platform", global: ["user_admin"] },
  // the clause library
  "library.begin": { log: "platform", system: true },
  "library.read": { log: "platform", signedIn: true },
  "library.add": { log: "platform", global: ["reference_editor"] },
  "library.change": { log: "platform", global: ["reference_editor"] },
  "library.retire": { log: "platform", global: ["reference_editor"] },
  "library.restore": { log: "platform", global: ["reference_editor"] },
  // the status of States under the Convention
  "treatyStatus.read": { log: "platform", global: ["user_admin"] },
  "treatyStatus.record": { log: "platform", global: ["user_admin"] },
  "treatyStatus.import": { log: "platform", global: ["user_admin"] },
  // the team
  "jit.list": { log: "platform", signedIn: true },
  "jit.found": { log: "jit", global: ["national_coordinator"] },
  "jit.read": { log: "jit", member: true },
  "jit.describe": { log: "jit", permission: "changeAccess" },
  "party.add": { log: "jit", permission: "changeAccess", when: editableStates },
  "party.changeNationalCase": { log: "jit", permission: "managePeople" },
  "member.list": { log: "jit", member: true },
  "member.invite": { log: "jit", permission: "managePeople" },
  "invitation.withdraw": { log: "jit", permission: "managePeople" },
  "invitation.read": { log: "jit", visitor: true },
  "invitation.accept": { log: "jit", visitor: true },
  "member.changeRoles": { log: "jit", permission: "changeAccess" },
  "member.revoke": { log: "jit", permission: "managePeople" },
  "member.notify": { log: "jit", permission: "changeMemberList" },
  // the text
  "document.start": { log: "jit", permission: "changeAccess" },
  "document.assign": { log: "jit", permission: "changeAccess" },
  "document.read": { log: "jit", permission: "readText", otherKinds: { minutes: "readDecisions" } },
  "document.open": { log: "jit", permission: "readText", recorded: true },
  "clause.compare": { log: "jit", permission: "editText", when: editableStates },
  "document.edit": { log: "jit", permission: "editText", when: editableStates, otherKinds: { minutes: "editPlan" } },
  "document.readIn": { log: "jit", permission: "editText", when: editableStates, recorded: true },
  "document.openForNegotiation": {
    log: "jit",
    permission: "finaliseText",
    notAnnexes: true,
    ...step("document.openForNegotiation"),
  },
  "clause.agree": { log: "jit", permission: "agreeToText", when: ["negotiation"] },
  "clause.takeBack": { log: "jit", permission: "agreeToText", when: ["negotiation"] },
  "text.agree": { log: "jit", permission: "agreeToText", when: ["negotiation"] },
  "text.takeBack": { log: "jit", permission: "agreeToText", when: ["negotiation"] },
  "document.finalise": { log: "jit", permission: "finaliseText", ...step("document.finalise") },
  "document.reopen": { log: "jit", permission: "finaliseText", suggestSuffices: true, ...step("document.reopen") },
  "document.withdraw": { log: "jit", permission: "finaliseText", ...step("document.withdraw") },
  "finding.override": { log: "jit", permission: "overrideWarning", when: editableStates },
  "finding.takeBackOverride": { log: "jit", permission: "overrideWarning", when: editableStates },
  // annexes, which are written, agreed to and closed as the text itself
  "annex.start": { log: "jit", permission: "editText" },
  "annex.revise": { log: "jit", permission: "reviseAnnex", ...step("annex.revise") },
  "annex.versioned": { log: "jit", system: true },
  // signature
  "signing.open": { log: "jit", permission: "finaliseText", notAnnexes: "but children", ...step("signing.open") },
  "signature.prepare": { log: "jit", permission: "sign", when: ["signing"] },
  "signature.sign": { log: "jit", permission: "sign", when: ["signing"] },
  "signature.decline": { log: "jit", permission: "sign", ...step("signature.decline") },
  "signature.withdraw": { log: "jit", permission: "sign", when: ["signing"] },
  "slot.delegate": { log: "jit", permission: "sign", when: ["signing"] },
  // ink: the own party hands the scan in, an officer of another looks at it
  "paper.handIn": { log: "jit", permission: "handInPaper", when: ["signing"] },
  "paper.prepare": { log: "jit", permission: "checkPaper", when: ["signing"] },
  "paper.confirm": { log: "jit", permission: "checkPaper", when: ["signing"] },
  "paper.refuse": { log: "jit", permission: "checkPaper", when: ["signing"] },
  "paper.read": { log: "jit", permission: "readText", recorded: true },
  // signed outside: authorities that a party trusts, and the file that is handed out and in
  "anchor.list": { log: "jit", permission: "readText" },
  "anchor.register": { log: "jit", permission: "registerAnchor" },
  "anchor.approve": { log: "jit", permission: "approveAnchor" },
  "anchor.revoke": { log: "jit", permission: "approveAnchor" },
  "outside.checkOut": { log: "jit", permission: "sign", when: ["signing"] },
  "outside.handIn": { log: "jit", permission: "sign", when: ["signing"] },
  "outside.read": { log: "jit", permission: "readText", recorded: true },
  "approval.record": {
    log: "jit",
    permission: "recordApproval",
    when: ["draft", "negotiation", "finalised", "signing"],
    notAnnexes: true,
  },
  "document.enterIntoForce": { log: "jit", system: true, ...step("document.enterIntoForce") },
  // what the signatures under a child of the arrangement bring about, and what the clock does
  "arrangement.extend": { log: "jit", system: true },
  "arrangement.amend": { log: "jit", system: true },
  "arrangement.suspend": { log: "jit", system: true },
  "arrangement.resume": { log: "jit", system: true },
  "arrangement.endEarly": { log: "jit", system: true },
  "arrangement.expire": { log: "jit", system: true },
  "arrangement.terminate": { log: "jit", system: true },
  "party.accede": { log: "jit", system: true },
  "party.withdraw": { log: "jit", system: true },
  // follows from the first look at it, whoever looks
  "document.seal": { log: "jit", permission: "readText", when: stateOfRecord },
  // the end
  "jit.proposeClosure": { log: "jit", permission: "closeJit", notAnnexes: true, ...step("jit.proposeClosure") },
  "jit.archive": { log: "jit", permission: "closeJit", notAnnexes: true, ...step("jit.archive") },
  // the board: every member opens it and sees the cards that role and handling code allow
  "board.read": { log: "jit", member: true },
  "board.change": { log: "jit", permission: "editPlan" },
  "task.add": { log: "jit", permission: "assignTasks" },
  "task.assign": { log: "jit", permission: "assignTasks" },
  "task.import": { log: "jit", permission: "assignTasks" },
  "task.change": { log: "jit", permission: "updateOwnTask" },
  "task.move": { log: "jit", permission: "updateOwnTask" },
  "task.tick": { log: "jit", permission: "updateOwnTask" },
  "task.comment": { log: "jit", permission: "comment" },
  "task.download": { log: "jit", member: true, recorded: true },
  // the plan: every member opens it and sees the rows that role and handling code allow
  "plan.read": { log: "jit", member: true },
  "plan.add": { log: "jit", permission: "editPlan" },
  "plan.change": { log: "jit", permission: "editPlan" },
  "plan.remove": { log: "jit", permission: "editPlan" },
  "plan.download": { log: "jit", member: true, recorded: true },
  "plan.approve": { log: "jit", permission: "approvePlan" },
  "plan.voided": { log: "jit", system: true },
  "plan.versioned": { log: "jit", system: true },
  // a day of action: two people of a State give its go
  "actionDay.decide": { log: "jit", permission: "decideActionDay" },
  "actionDay.takeBack": { log: "jit", permission: "decideActionDay" },
  // the log of decisions, which is only added to
  "decision.read": { log: "jit", permission: "readDecisions" },
  "decision.record": { log: "jit", permission: "editPlan" },
  "decision.download": { log: "jit", permission: "readDecisions", recorded: true },
  // meetings, and their minutes: a text of its own kind, which a leader approves as it stands
  "meeting.read": { log: "jit", permission: "readDecisions" },
  "meeting.call": { log: "jit", permission: "editPlan" },
  "meeting.change": { log: "jit", permission: "editPlan" },
  "meeting.callOff": { log: "jit", permission: "editPlan" },
  "minutes.begin": { log: "jit", permission: "editPlan" },
  "minutes.open": { log: "jit", permission: "readDecisions", recorded: true, otherKinds: { minutes: "readDecisions" } },
  "minutes.approve": {
    log: "jit",
    permission: "approveMinutes",
    otherKinds: { minutes: "approveMinutes" },
    ...step("minutes.approve"),
  },
  "minutes.correct": {
    log: "jit",
    permission: "approveMinutes",
    otherKinds: { minutes: "approveMinutes" },
    ...step("minutes.correct"),
  },
  // the record
  "record.lookUp": { log: "platform", visitor: true },
  "document.download": { log: "jit", permission: "readText", recorded: true },
  "document.takeCopy": { log: "jit", permission: "readText", recorded: true },
  "document.export": { log: "jit", permission: "exportTrail", notAnnexes: true, recorded: true },
  "trail.read": { log: "jit", permission: "readTrail" },
  "trail.verify": { log: "jit", permission: "readTrail", recorded: true },
  "trail.download": { log: "jit", permission: "readTrail", recorded: true },
} as const satisfies Record<string, Rule>;

export type Action = keyof typeof actions;
export const actionNames = Object.keys(actions) as Action[];

export function ruleOf(action: Action): Rule {
  return actions[action];
}
