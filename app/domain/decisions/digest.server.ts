import { createHash } from "node:crypto";

/** What was said of a decision, as its digest covers it; ids of parties and members, references of clauses and cards. */
export type SaidInDecision = {
  topic: string;
  words: string;
  reason: string;
  dissent: string;
  decidedOn: string;
  timeZone: string;
  parties: readonly string[];
  members: readonly string[];
  clauses: readonly string[];
  tasks: readonly string[];
};

/**
 * SHA-256 in hex of a decision as the trail names it: of its JSON, in this order of names, with the id of the meeting
 * at which it was taken behind them. Entries that stand in trails rest on that order.
 */
export function decisionDigest(said: SaidInDecision, meeting: string | null): string {
  const { topic, words, reason, dissent, decidedOn, timeZone, parties, members, clauses, tasks } = said;
  const covered = { topic, words, reason, dissent, decidedOn, timeZone, parties, members, clauses, tasks };
  return createHash("sha256")
    .update(JSON.stringify(meeting ? { ...covered, meeting } : covered))
    .digest("hex");
}
