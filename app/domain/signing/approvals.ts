import { rowsOf, wordsOf } from "../checks/rows.ts";
import type { Fields } from "../documents/field-text.ts";

/** How an approval stands that the law of a party asks for before anyone signs (V41). */
export const approvalStatuses = ["asked", "given", "refused"] as const;
export type ApprovalStatus = (typeof approvalStatuses)[number];

/** What was recorded last for a body of a party: reference and day of the letter, "2026-12-01". */
export type Approval = { state: string; body: string; status: ApprovalStatus; reference: string; day: string };

/** Bodies are compared as people read them. */
export function bodyKey(body: string): string {
  return body.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

const settledWords = new Set(["granted", "not required", "not_required"]);

export type ApprovalNeed = {
  state: string;
  body: string;
  words: string;
  recorded: Omit<Approval, "state" | "body"> | null;
};

/** Whether nothing stands open: what was recorded counts before what the text says. */
export function isSettled({ words, recorded }: Pick<ApprovalNeed, "words" | "recorded">): boolean {
  return recorded ? recorded.status === "given" : settledWords.has(words.toLowerCase());
}

/** All approvals that the text or the record names, party by party; those that the text names come first. */
export function approvalsOf(fields: Fields, recorded: readonly Approval[]): ApprovalNeed[] {
  const inText = rowsOf(fields, "parties").flatMap((party) =>
    rowsOf(party, "approvalsNeeded").map((row) => ({
      state: wordsOf(party.state),
      body: wordsOf(row.body),
      words: wordsOf(row.status),
    })),
  );
  const same = (a: { state: string; body: string }, b: { state: string; body: string }) =>
    a.state === b.state && bodyKey(a.body) === bodyKey(b.body);
  const others = recorded.filter((one) => !inText.some((row) => same(row, one)));
  return [
    ...inText.map((row) => ({ ...row, recorded: recorded.find((one) => same(row, one)) ?? null })),
    ...others.map((one) => ({ state: one.state, body: one.body, words: "", recorded: one })),
  ];
}
