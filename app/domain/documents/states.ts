/**
 * States of an arrangement (domain handbook 4.4). "expired" is derived from data and clock, see `stateAt`.
 * `by` is the action that makes the transition; the table is the code, the test and the help text.
 */
export const documentStates = [
  "draft",
  "negotiation",
  "finalised",
  "signing",
  "in_force",
  "expired",
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
  { id: "T19", from: ["in_force", "expired"], to: "closing", by: "jit.proposeClosure" },
  { id: "T21", from: ["closing"], to: "archived", by: "jit.archive" },
  { id: "T22", from: ["draft", "negotiation"], to: "withdrawn", by: "document.withdraw" },
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

/** The state at an instant: an arrangement in force whose period has run out is expired (T17), without any act. */
export function stateAt(stored: DocumentState, expiresAt: Date | null, at: Date): DocumentState {
  return stored === "in_force" && expiresAt !== null && expiresAt <= at ? "expired" : stored;
}
