import { digest } from "lib0/hash/sha256";
import { type RuleId, rules, type Severity, severities } from "./rules.ts";

/** The sentence of a finding in i18n (checks.sentences): the rule, and which of its faults. */
export type Sentence =
  | Exclude<
      RuleId,
      | "V02"
      | "V03"
      | "V04"
      | "V06"
      | "V09"
      | "V10"
      | "V11"
      | "V16"
      | "V17"
      | "V23"
      | "V32"
      | "V34"
      | "V44"
      | "V45"
      | "V46"
    >
  | `V02-${"outside" | "later"}`
  | `V03-${"unknown" | "old"}`
  | `V04-${"none" | "common"}`
  | `V06-${"disputes" | "extradition"}`
  | `V09-${"limb" | "group"}`
  | `V10-${"name" | "passport" | "iban" | "phone"}`
  | `V11-${"duration" | "zone"}`
  | "V15-empty"
  | `V16-${"none" | "several" | "gap"}`
  | `V17-${"none" | "outside"}`
  | `V23-${"none" | "row" | "period"}`
  | `V32-${"none" | "missing"}`
  | `V34-${"numbers" | "states"}`
  | `V44-${"clause" | "annex" | "party"}`
  | `V45-${"words" | "field"}`
  | `V46-${"unused" | "spelling"}`;

/** What a sentence names. Codes become names in the reader's language where they are shown. */
export type Values = {
  /** ISO 3166-1 alpha-2 */
  states?: readonly string[];
  /** BCP 47 */
  languages?: readonly string[];
  /** names of fields of the template */
  fields?: readonly string[];
  /** options of a choice, with the field they belong to */
  choices?: { field: string; options: readonly string[] };
  /** words as they stand in the text or in a value, shown as they are */
  words?: string;
  other?: string;
  count?: number;
  /** a calendar day */
  day?: string;
  until?: string;
};

/** A cell of a table field: `row` counts its rows as they are read, from 0. */
export type Cell = { row: number; column: string };

/** Where the fault stands. Positions are those of ProseMirror in the text of the language. */
export type Place =
  | { kind: "clause" }
  | { kind: "field"; field: string; cell?: Cell }
  | { kind: "text"; language: string; from: number; to: number };

export type Finding = {
  rule: RuleId;
  sentence: Sentence;
  values: Values;
  /** id of the clause, not its number; null: it concerns the whole arrangement */
  clause: string | null;
  place: Place;
  /**
   * SHA-256 of what the rule looked at, for warnings: an override stands only as long as this stays the same. Other
   * findings have none.
   */
  basis: string | null;
};

type Parts = {
  clause: string | null;
  values?: Values;
  place?: Place;
  /** what the rule looked at, when that is more, or less, than the values that the sentence names */
  lookedAt?: unknown;
};

export function finding(rule: RuleId, sentence: Sentence, { clause, values = {}, place, lookedAt }: Parts): Finding {
  const overridable = rules[rule].severity === "warning";
  return {
    rule,
    sentence,
    values,
    clause,
    place: place ?? { kind: "clause" },
    basis: overridable ? basisOf([sentence, clause, lookedAt ?? values]) : null,
  };
}

function basisOf(parts: unknown): string {
  const bytes = digest(new TextEncoder().encode(JSON.stringify(parts)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function severityOf({ rule }: Pick<Finding, "rule">): Severity {
  return rules[rule].severity;
}

/** The findings in the order in which they are read: what blocks most first, then by place in the arrangement. */
export function inReadingOrder(findings: readonly Finding[], clauses: readonly string[]): Finding[] {
  const places = new Map(clauses.map((clause, index) => [clause, index]));
  const rank = (one: Finding) => severities.indexOf(severityOf(one));
  const placeOf = (one: Finding) => (one.clause === null ? clauses.length : (places.get(one.clause) ?? -1));
  return [...findings].sort(
    (a, b) => rank(a) - rank(b) || placeOf(a) - placeOf(b) || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)),
  );
}
