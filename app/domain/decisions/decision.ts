/** What stands in the log about one decision, as it was recorded. */
export type Decision = {
  id: string;
  number: number;
  topic: string;
  words: string;
  reason: string;
  /** who did not agree, and why; empty when none was recorded */
  dissent: string;
  /** day, or day and time, as typed: the clock of `timeZone` */
  decidedOn: string;
  timeZone: string;
  /** States of the parties that decided, in the order of the team */
  states: string[];
  /** names in Latin letters of the persons who decided */
  people: string[];
  clauses: string[];
  tasks: string[];
  /** number of the decision that this one corrects */
  corrects: number | null;
  /** numbers of the decisions that correct this one */
  correctedBy: number[];
  /** number and title of the meeting at which it was taken */
  meeting: { number: number; title: string } | null;
  recordedAt: string;
  recordedBy: string;
};

export const decisionReference = (number: number) => `D-${String(number).padStart(2, "0")}`;

/** The number in a reference such as `D-03`; null for anything else. */
export function decisionNumber(reference: string): number | null {
  const digits = /^D-(\d{1,4})$/.exec(reference)?.[1];
  return digits ? Number(digits) : null;
}
