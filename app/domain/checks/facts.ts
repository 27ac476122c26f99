import type { TreatyStatus } from "../law/treaty-status.ts";
import type { JitRole } from "../roles.ts";
import type { Approval } from "../signing/approvals.ts";
import type { Comparison } from "./comparison.ts";

/** What the checks must know besides the text. Read by the server, handed to the browser with the page. */
export type Facts = {
  /** the day of the check, in the reference zone of nobody: UTC */
  today: string;
  parties: readonly PartyFacts[];
  members: readonly MemberFacts[];
  /** what was recorded of approvals; nothing when absent */
  approvals?: readonly Approval[];
  /** which clauses somebody has compared between languages; nothing when absent */
  comparisons?: readonly Comparison[];
};

export type PartyFacts = {
  /** ISO 3166-1 alpha-2 */
  state: string;
  /** what this installation has recorded of the State and the Convention; null: nothing */
  treaty: TreatyFacts | null;
};

export type TreatyFacts = Omit<TreatyStatus, "source">;

/** Someone who is in the team now or will be, with the roles of now and later. */
export type MemberFacts = {
  /** own script and Latin letters */
  names: readonly string[];
  /** State of the party; null for observers */
  state: string | null;
  roles: readonly JitRole[];
  /** as the person wrote it: "prosecutor" */
  function: string;
};
