import { type PdfInput, renderPdf } from "#app/platform/pdf.server.ts";
import type { Content } from "../documents/content.ts";
import { languagesOf } from "../export/arrangement-data.ts";
import { exerciseMark } from "../export/exercise-mark.ts";
import { directionOf, type Line, lineOfText, printedClauses } from "../export/printable-text.ts";

export const papers = ["A4", "A3"] as const;
export type Paper = (typeof papers)[number];

/** The plan in words, as it shall stand on paper; `at` fractions of the width of the timeline. */
export type PlanToPrint = {
  paper: Paper;
  title: string;
  names: string[];
  /** "JIT-2026-001" */
  reference: string;
  printed: string;
  at: Date;
  /** which version it is, who approved it, or that it is none; each a line */
  standing: string[];
  /** who may see what is on it */
  note: string;
  exercise: { mark: string } | null;
  pages: [before: string, between: string];
  actions: {
    title: string;
    heads: string[];
    months: { label: string; at: number }[];
    today: number;
    groups: { code: string; title: string; rows: PrintedAction[] }[];
  };
  tables: { title: string; heads: string[]; rows: string[][] }[];
  none: string;
  text: { title: string };
};
export type PrintedAction = {
  code: string;
  title: string;
  after: string;
  state: string;
  when: string;
  status: string;
  tone: string;
  bar: { from: number; to: number } | null;
  milestone: boolean;
};

/**
 * The plan as PDF/A-3a in landscape, its text behind its tables. The same input gives the same bytes. Throws MissingGlyphs with the characters that
 * cannot be printed; PdfTimeout, PdfGivenUp and PdfFailed as `renderPdf` does.
 */
export function renderPlan(
  plan: PlanToPrint,
  narrative: Content | null,
  { signal }: Pick<PdfInput, "signal"> = {},
): Promise<Uint8Array> {
  const { at, ...words } = plan;
  const data = {
    ...lines({ ...words, tables: words.tables.filter(({ rows }) => rows.length > 0) }),
    narrative: narrative === null ? [] : textsOf(narrative),
  };
  const attachments = { "exercise.svg": new TextEncoder().encode(exerciseMark) };
  return renderPdf({ template: "#app/domain/plan/plan.typ", data, attachments, at, signal });
}

/** The text of the plan in each of its languages, its blocks as the arrangement has them on paper. */
function textsOf(narrative: Content) {
  return languagesOf(narrative).map((language) => ({
    dir: directionOf(language),
    clauses: printedClauses(narrative.languages[language] ?? { type: "doc" }, narrative.fields, language),
  }));
}

type Lines<Value> = Value extends string
  ? Line
  : Value extends readonly (infer One)[]
    ? Lines<One>[]
    : Value extends object
      ? { [Name in keyof Value]: Lines<Value[Name]> }
      : Value;

/** What the template compares or hands to Typst itself; everything else is words, set as they were typed. */
const plain = new Set(["paper", "tone"]);

function lines<Value>(value: Value, name = ""): Lines<Value> {
  if (typeof value === "string") return (plain.has(name) ? value : lineOfText(value)) as Lines<Value>;
  if (Array.isArray(value)) return value.map((one) => lines(one, name)) as Lines<Value>;
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, lines(one, key)])) as Lines<Value>;
  return value as Lines<Value>;
}
