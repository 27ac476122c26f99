/**
 * Why an entry does not fit. Each has its sentence in i18n (audit.fault).
 * About the trail itself, then about the record of the team that the trail speaks of.
 */
export const trailFaults = [
  "missing",
  "unreadable",
  "misplaced",
  "body-changed",
  "replaced",
  "details-changed",
  "details-invented",
  "unsealed-changed",
  "head-changed",
  "beyond-end",
  "cut",
  "seal-unsound",
] as const;
export const recordFaults = [
  "frozen-changed",
  "frozen-missing",
  "frozen-invented",
  "signature-changed",
  "signature-missing",
  "signature-invented",
  "withdrawal-missing",
  "withdrawal-invented",
  "original-changed",
  "original-missing",
  "original-invented",
  "outside-changed",
  "outside-missing",
  "outside-invented",
  "anchors-changed",
  "edits-changed",
  "edits-invented",
  "state-changed",
] as const;
/** What a running team records, each row of it under an entry. */
export const runningRecords = ["meeting", "decision", "planVersion", "planApproval", "dayWord"] as const;
export type RunningRecord = (typeof runningRecords)[number];
export type FaultReason =
  | (typeof trailFaults)[number]
  | (typeof recordFaults)[number]
  | `${RunningRecord}-${"changed" | "missing" | "invented"}`;

/** The first entry that does not fit; `upTo` when it can only be said that it is one of several. */
export type Fault = { entry: number; upTo?: number; reason: FaultReason };

/** What a check of a trail found. `root` and digests in hex. */
export type Verdict =
  | { verdict: "intact"; size: number; root: string; at: string; erased: number }
  | ({ verdict: "broken"; at: string } & Fault);
