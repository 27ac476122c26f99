import type { Action, actions } from "../actions.ts";
import type { JitRole } from "../roles.ts";

/** Groups of actions that a reader can choose among. */
export const kinds = ["team", "text", "tasks", "plan", "signature", "record"] as const;
export type Kind = (typeof kinds)[number];

type TeamAction = { [Name in Action]: (typeof actions)[Name]["log"] extends "jit" ? Name : never }[Action];

/** The group of every action that goes to the trail of a team; adding an action asks for its group here. */
const kindOf: Record<TeamAction, Kind> = {
  "jit.found": "team",
  "jit.read": "record",
  "jit.describe": "team",
  "party.add": "team",
  "party.changeNationalCase": "team",
  "member.list": "record",
  "member.invite": "team",
  "invitation.withdraw": "team",
  "invitation.read": "record",
  "invitation.accept": "team",
  "member.changeRoles": "team",
  "member.revoke": "team",
  "member.notify": "team",
  "document.start": "text",
  "document.assign": "text",
  "document.read": "record",
  "document.open": "record",
  "document.edit": "text",
  "clause.compare": "text",
  "document.openForNegotiation": "text",
  "clause.agree": "text",
  "clause.takeBack": "text",
  "text.agree": "text",
  "text.takeBack": "text",
  "document.finalise": "text",
  "document.reopen": "text",
  "document.withdraw": "text",
  "finding.override": "text",
  "finding.takeBackOverride": "text",
  "annex.start": "text",
  "annex.revise": "text",
  "annex.versioned": "text",
  "signing.open": "signature",
  "signature.prepare": "record",
  "signature.sign": "signature",
  "signature.decline": "signature",
  "signature.withdraw": "signature",
  "slot.delegate": "signature",
  "paper.handIn": "signature",
  "paper.prepare": "record",
  "paper.confirm": "signature",
  "paper.refuse": "signature",
  "paper.read": "record",
  "anchor.list": "record",
  "anchor.register": "signature",
  "anchor.approve": "signature",
  "anchor.revoke": "signature",
  "outside.checkOut": "signature",
  "outside.handIn": "signature",
  "outside.read": "record",
  "approval.record": "signature",
  "document.enterIntoForce": "signature",
  "arrangement.extend": "signature",
  "arrangement.amend": "signature",
  "arrangement.suspend": "signature",
  "arrangement.resume": "signature",
  "arrangement.endEarly": "signature",
  "arrangement.expire": "signature",
  "arrangement.terminate": "signature",
  "party.accede": "team",
  "party.withdraw": "team",
  "document.seal": "record",
  "jit.proposeClosure": "team",
  "jit.archive": "team",
  "board.read": "record",
  "board.change": "tasks",
  "task.add": "tasks",
  "task.assign": "tasks",
  "task.import": "tasks",
  "task.change": "tasks",
  "task.move": "tasks",
  "task.tick": "tasks",
  "task.comment": "tasks",
  "task.download": "record",
  "plan.read": "record",
  "plan.add": "plan",
  "plan.change": "plan",
  "plan.remove": "plan",
  "plan.download": "record",
  "plan.approve": "plan",
  "plan.voided": "plan",
  "plan.versioned": "plan",
  "actionDay.decide": "plan",
  "actionDay.takeBack": "plan",
  "decision.read": "record",
  "decision.record": "tasks",
  "decision.download": "record",
  "meeting.read": "record",
  "meeting.call": "tasks",
  "meeting.change": "tasks",
  "meeting.callOff": "tasks",
  "minutes.begin": "text",
  "minutes.open": "record",
  "minutes.approve": "text",
  "minutes.correct": "text",
  "document.download": "record",
  "document.takeCopy": "record",
  "document.readIn": "record",
  "document.export": "record",
  "trail.read": "record",
  "trail.verify": "record",
  "trail.download": "record",
};

export function actionsOf(kind: Kind): Action[] {
  return (Object.keys(kindOf) as TeamAction[]).filter((action) => kindOf[action] === kind);
}

export type NamedPerson = { id: string; name: string; latinName: string };

/** Who did it; `person` is null when it was the product itself or someone without an account. */
export type Who = {
  kind: "person" | "system" | "visitor";
  person: NamedPerson | null;
  /** State or null for an organisation; the party acted for where there is one */
  state: string | null;
  authority: Record<string, string> | null;
};

/** What the entry speaks of, in names instead of ids. Details that were erased are absent. */
export type About = {
  people: NamedPerson[];
  states: string[];
  roles: JitRole[];
  endedRoles: JitRole[];
  email?: string;
  reason?: string;
  version?: number;
  digest?: string;
  updates?: number;
  /** entries taken away as a file */
  taken?: number;
  verifiedTo?: number;
  brokenAt?: number;
  lastDay?: string;
  /** the card as it is called today; absent where its handling code keeps it from the reader */
  task?: { reference: string; title: string };
  erased: boolean;
};

export type ActivityEntry = { seq: number; at: string; action: Action; who: Who; about: About };

/** One page of the trail, newest first; `next` is the `before` of the next page. */
export type ActivityPage = {
  entries: ActivityEntry[];
  next: number | null;
  size: number;
  since: string | null;
  /** false when the reader sees the entries of the own party only */
  whole: boolean;
  sealed: { size: number; at: string } | null;
  people: NamedPerson[];
  states: string[];
};
