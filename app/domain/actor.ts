import type { GlobalRole } from "./roles.ts";

/** The person behind a valid session. */
export type Actor = {
  personId: string;
  sessionId: string | null;
  authorityId: string;
  /** the State the authority belongs to; null for an organisation */
  state: string | null;
  globalRoles: readonly GlobalRole[];
};

/** Someone without a session: may only do what carries its own proof. */
export type Visitor = { personId: null };
export const visitor: Visitor = { personId: null };
