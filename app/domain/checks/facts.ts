import type { JitRole } from "../roles.ts";

/** What the checks must know besides the text. Read by the server, handed to the browser with the page. */
export type Facts = {
  /** the day of the check, in the reference zone of nobody: UTC */
  today: string;
  parties: readonly PartyFacts[];
  members: readonly MemberFacts[];
  /** the day on which the treaty status was last looked up */
  treatyStatusOf: string;
};

export type PartyFacts = {
  /** ISO 3166-1 alpha-2 */
  state: string;
  /** null: the list of treaty status does not know the State */
  treaty: TreatyStatus | null;
};

export type TreatyStatus = {
  /** first day on which the Convention binds the State (art. 38(2)); null: it has signed only, or not at all */
  bound: string | null;
  /** false: the day is from memory and not from the depositary */
  verified: boolean;
  /** articles on which the State made a declaration that touches a team: "16", "18", "35" */
  declarations: readonly string[];
};

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
