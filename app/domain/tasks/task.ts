import type { HandlingCode } from "./handling.ts";

export const priorities = ["critical", "high", "medium", "low"] as const;
export type Priority = (typeof priorities)[number];
export const columnKinds = ["todo", "doing", "blocked", "done"] as const;
export type ColumnKind = (typeof columnKinds)[number];
/** What a card may belong to, by the number people use: clause C14, decision D-03, exhibit E-001, plan line A2, meeting M-03. */
export const linkKinds = ["clause", "decision", "exhibit", "plan", "meeting"] as const;
export type LinkKind = (typeof linkKinds)[number];

export type BoardColumn = {
  id: string;
  kind: ColumnKind | null;
  /** empty: the word for its kind */
  name: string;
  cardLimit: number | null;
  orderKey: string;
};

/** A member of the team, or one who was and holds no role today. */
export type Holder = { id: string; name: string; latinName: string; state: string | null; here: boolean };

/** A member who holds no role any more, and so many tasks that are not done. */
export type Left = { id: string; latinName: string; count: number };

export type Card = {
  id: string;
  number: number;
  columnId: string;
  orderKey: string;
  title: string;
  /** State of the party it is for; null: all parties */
  partyId: string | null;
  state: string | null;
  memberId: string | null;
  responsible: string | null;
  responsibleName: string | null;
  start: string;
  due: string;
  timeZone: string;
  /** first instant at which it is late, ISO 8601 */
  lateFrom: string | null;
  priority: Priority;
  coercive: boolean;
  authorisation: string;
  blockedReason: string;
  movedAt: string;
  handling: HandlingCode;
  handlingPartyId: string | null;
  handlingState: string | null;
  steps: number;
  stepsDone: number;
  comments: number;
  helpers: string[];
};

export type Step = {
  id: string;
  words: string;
  memberId: string | null;
  holder: string | null;
  state: string | null;
  doneAt: string | null;
};
export type Comment = { id: string; words: string; at: string; name: string; latinName: string; state: string | null };
export type Link = { kind: LinkKind; reference: string };

/** "T-04" */
export function taskReference(number: number): string {
  return `T-${String(number).padStart(2, "0")}`;
}

/** The number in "T-04"; null for anything else. */
export function taskNumber(reference: string): number | null {
  const found = /^T-(\d{2,6})$/.exec(reference);
  return found ? Number(found[1]) : null;
}

/** V56: it needs a coercive measure, and no order is named that allows one. */
export function lacksAuthorisation(card: Pick<Card, "coercive" | "authorisation">): boolean {
  return card.coercive && card.authorisation === "";
}
