/**
 * States of an arrangement (domain handbook 4.4). "suspended", "expired" and "terminated" follow from data and clock, see
 * `stateAt`; the last two are written down once somebody looks (lifecycle/ends.server.ts).
 * `by` is the action that makes the transition; the table is the code, the test and the help text.
 */
export const documentStates = [
  "draft",
  "negotiation",
  "finalised",
  "signing",
  "in_force",
  "suspended",
  "expired",
  "terminated",
  "closing",
  "archived",
  "withdrawn",
] as const;
export type DocumentState = (typeof documentStates)[number];

export const transitions = [
  { id: "T04", from: ["draft"], to: "negotiation", by: "document.openForNegotiation" },
  { id: "T05", from: ["negotiation"], to: "finalised", by: "document.finalise" },
  { id: "T06", from: ["finalised"], to: "negotiation", by: "document.reopen" },
  { id: "T07", from: ["finalised"], to: "signing", by: "signing.open" },
  { id: "T09", from: ["signing"], to: "negotiation", by: "signature.decline" },
  { id: "T09", from: ["signing"], to: "negotiation", by: "document.reopen" },
  { id: "T11", from: ["signing"], to: "in_force", by: "document.enterIntoForce" },
  { id: "T13", from: ["finalised"], to: "negotiation", by: "annex.revise" },
  { id: "T17", from: ["in_force"], to: "expired", by: "arrangement.expire" },
  { id: "T18", from: ["in_force"], to: "terminated", by: "arrangement.terminate" },
  { id: "T19", from: ["in_force", "suspended", "expired", "terminated"], to: "closing", by: "jit.proposeClosure" },
  { id: "T21", from: ["closing"], to: "archived", by: "jit.archive" },
  { id: "T22", from: ["draft", "negotiation"], to: "withdrawn", by: "document.withdraw" },
  // minutes, of which the handbook's table does not speak: written, approved, and corrected only by a new version
  { id: "M1", from: ["draft"], to: "finalised", by: "minutes.approve" },
  { id: "M2", from: ["finalised"], to: "draft", by: "minutes.correct" },
] as const satisfies readonly { id: string; from: readonly DocumentState[]; to: DocumentState; by: string }[];

export const editableStates: readonly DocumentState[] = ["draft", "negotiation"];

export function isEditable(state: DocumentState): boolean {
  return editableStates.includes(state);
}

/** The state to which `by` leads from `from`, or null when the table does not know that step. */
export function next(from: DocumentState, by: string): DocumentState | null {
  return transitions.find((t) => t.by === by && (t.from as readonly string[]).includes(from))?.to ?? null;
}

/** States from which `by` may be done at all. */
export function statesBefore(by: string): DocumentState[] {
  return transitions.filter((t) => t.by === by).flatMap((t) => [...t.from]);
}

/** What a document's state follows from at any instant: what is stored, and the instants that were decided. */
export type StoredState = {
  state: DocumentState;
  /** first instant at which it no longer works */
  expiresAt: Date | null;
  /** it ends then by decision or because fewer than two parties are left, not because its period runs out */
  endsEarly: boolean;
  suspendedFrom: Date | null;
  suspendedUntil: Date | null;
};

/** The columns of a StoredState, as SQL selects them from the document called `d`. */
export const standingColumns = `d.state, d.expires_at AS "expiresAt", d.ends_early AS "endsEarly",
  d.suspended_from AS "suspendedFrom", d.suspended_until AS "suspendedUntil"`;

/**
 * The state at an instant (handbook 4.4, rule c): in force until its last instant, from which it is expired (T17) or
 * terminated (T18), without any act; suspended between the instants decided for that (T16).
 */
export function stateAt(
  { state, expiresAt, endsEarly, suspendedFrom, suspendedUntil }: StoredState,
  at: Date,
): DocumentState {
  if (state !== "in_force") return state;
  if (expiresAt !== null && expiresAt <= at) return endsEarly ? "terminated" : "expired";
  const paused = suspendedFrom !== null && suspendedFrom <= at && (suspendedUntil === null || suspendedUntil > at);
  return paused ? "suspended" : "in_force";
}

/** States in which the arrangement binds the parties, and what changes it may be made. */
export const livingStates: readonly DocumentState[] = ["in_force", "suspended"];

export function isLiving(state: DocumentState): boolean {
  return livingStates.includes(state);
}
