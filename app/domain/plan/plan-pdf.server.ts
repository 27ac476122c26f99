import { type PdfInput, renderPdf } from "#app/platform/pdf.server.ts";
import { exerciseMark } from "../export/exercise-mark.ts";
import { type Line, lineOfText } from "../export/printable-text.ts";

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
 * The plan as PDF/A-3a in landscape. The same input gives the same bytes. Throws MissingGlyphs with the characters that
 * cannot be printed; PdfTimeout, PdfGivenUp and PdfFailed as `renderPdf` does.
 */
export function renderPlan(plan: PlanToPrint, { signal }: Pick<PdfInput, "signal"> = {}): Promise<Uint8Array> {
  const { at, ...words } = plan;
  const data = lines({ ...words, tables: words.tables.filter(({ rows }) => rows.length > 0) });
  const attachments = { "exercise.svg": new TextEncoder().encode(exerciseMark) };
  return renderPdf({ template: "#app/domain/plan/plan.typ", data, attachments, at, signal });
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
