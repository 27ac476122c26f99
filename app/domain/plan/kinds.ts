import { priorities } from "../tasks/task.ts";

/** The tables of the operational action plan (template: operationalPlan; domain handbook 3.8). */
export const planKinds = [
  "line",
  "action",
  "command",
  "contact",
  "interception",
  "dayStep",
  "risk",
  "resource",
  "review",
  "fallback",
] as const;
export type PlanKind = (typeof planKinds)[number];

/**
 * What a field holds. `words` at most 200 characters, `long` at most 10,000; `moment` a day or a day with a time as the
 * clock of the row's zone shows it; `parties` ids of parties, `codes` codes of other actions, both as one sorted list.
 */
export type FieldKind =
  | { is: "words" | "long" | "party" | "parties" | "member" | "day" | "moment" | "zone" | "check" | "codes" | "line" }
  | { is: "choice"; of: readonly string[] };
export type PlanField = { name: string; needed?: true } & FieldKind;

const degree = ["low", "medium", "high"] as const;

/** The fields of each table, in the order of its form. Every row has a handling code besides. */
export const planFields = {
  line: [
    { name: "title", is: "words", needed: true },
    { name: "objective", is: "long" },
    { name: "party", is: "party" },
    { name: "status", is: "choice", of: ["open", "paused", "closed"] },
  ],
  action: [
    { name: "title", is: "words", needed: true },
    { name: "line", is: "line", needed: true },
    { name: "party", is: "party" },
    { name: "member", is: "member" },
    { name: "supports", is: "parties" },
    { name: "start", is: "moment" },
    { name: "due", is: "moment" },
    { name: "timeZone", is: "zone", needed: true },
    { name: "milestone", is: "check" },
    { name: "after", is: "codes" },
    { name: "coercive", is: "check" },
    { name: "authorisation", is: "words" },
    { name: "priority", is: "choice", of: priorities },
    { name: "status", is: "choice", of: ["todo", "doing", "done", "dropped"] },
    { name: "outcome", is: "long" },
  ],
  command: [
    { name: "level", is: "choice", of: ["strategic", "operational", "tactical"] },
    { name: "member", is: "member", needed: true },
    { name: "party", is: "party" },
  ],
  contact: [
    { name: "party", is: "party", needed: true },
    { name: "member", is: "member", needed: true },
    { name: "phone", is: "words", needed: true },
    { name: "hours", is: "words" },
    { name: "timeZone", is: "zone", needed: true },
  ],
  interception: [
    { name: "party", is: "party", needed: true },
    { name: "authorisation", is: "words", needed: true },
    { name: "from", is: "day" },
    { name: "to", is: "day" },
    { name: "language", is: "words" },
  ],
  dayStep: [
    { name: "title", is: "words", needed: true },
    { name: "at", is: "moment", needed: true },
    { name: "timeZone", is: "zone", needed: true },
    { name: "party", is: "party" },
    { name: "place", is: "words" },
    { name: "unit", is: "words" },
    { name: "danger", is: "choice", of: degree },
  ],
  risk: [
    { name: "title", is: "words", needed: true },
    { name: "likelihood", is: "choice", of: degree },
    { name: "impact", is: "choice", of: degree },
    { name: "member", is: "member" },
    { name: "mitigation", is: "long" },
  ],
  resource: [
    { name: "title", is: "words", needed: true },
    { name: "party", is: "party" },
    { name: "quantity", is: "words" },
    { name: "from", is: "day" },
    { name: "to", is: "day" },
    { name: "cost", is: "words" },
  ],
  review: [
    { name: "day", is: "day", needed: true },
    { name: "title", is: "words" },
  ],
  fallback: [
    { name: "title", is: "words", needed: true },
    { name: "response", is: "long", needed: true },
    { name: "member", is: "member" },
  ],
} as const satisfies Record<PlanKind, readonly PlanField[]>;

export type PlanFieldName = (typeof planFields)[PlanKind][number]["name"] | "handling" | "handlingParty";

export function fieldsOf(kind: PlanKind): readonly PlanField[] {
  return planFields[kind];
}

export function isPlanKind(word: string | undefined): word is PlanKind {
  return (planKinds as readonly (string | undefined)[]).includes(word);
}

/** Fields that stand as they were when the row was added: the letter of the line is part of the action's code. */
export function isFixed(kind: PlanKind, name: string): boolean {
  return kind === "action" && name === "line";
}

/**
 * The code of the next row: letters A, B … Z, AA for lines, the letter of the line and a number for actions (A3), a
 * number for everything else. Codes of rows that were removed are not given again: cards and papers name them.
 */
export function nextCode(kind: PlanKind, taken: readonly string[], line = ""): string {
  if (kind === "line") return letters(Math.max(0, ...taken.map(numberOfLetters)) + 1);
  return `${kind === "action" ? line : ""}${Math.max(0, ...taken.map((code) => Number(code.slice(line.length)))) + 1}`;
}

function letters(number: number): string {
  const rest = (number - 1) % 26;
  const before = (number - 1 - rest) / 26;
  return (before > 0 ? letters(before) : "") + String.fromCharCode(65 + rest);
}

function numberOfLetters(code: string): number {
  return [...code].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** Codes as people read them in order: A, B, Z, AA; A2 before A10. */
export function byCode(a: string, b: string): number {
  const [, la = "", na = ""] = /^([A-Z]*)(\d*)$/.exec(a) ?? [];
  const [, lb = "", nb = ""] = /^([A-Z]*)(\d*)$/.exec(b) ?? [];
  return la.length - lb.length || (la < lb ? -1 : la > lb ? 1 : 0) || Number(na) - Number(nb);
}
