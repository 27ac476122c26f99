import type { HandlingCode } from "../tasks/handling.ts";
import type { PlanKind } from "./kinds.ts";

/** A row of the plan as its reader sees it. */
export type PlanRow = {
  id: string;
  kind: PlanKind;
  code: string;
  /** what stands in the fields, as a form sends it, by name; `party` and `member` are ids */
  values: Record<string, string>;
  state: string | null;
  memberId: string | null;
  responsible: string | null;
  handling: HandlingCode;
  handlingState: string | null;
  /** ISO 8601; from when it may begin, and the first instant at which it is late */
  startsAt: string | null;
  lateFrom: string | null;
  /** codes of the actions it waits for, as far as the reader sees them */
  after: string[];
  /** numbers of the cards made of it or linked to it, as far as the reader sees them */
  cards: number[];
};

export type RemovedRow = { kind: PlanKind; code: string; title: string; reason: string; at: string; by: string };

export type Standing = "done" | "dropped" | "late" | "hold" | "waits" | "doing" | "todo";

/**
 * How an action stands at an instant (ISO 8601). Late goes before everything else that is not finished; `hold`: a
 * coercive measure without the order that allows it (V56); `waits`: another action it depends on is not finished.
 */
export function standingOf(row: PlanRow, rows: readonly PlanRow[], now: string): Standing {
  const { status, coercive, authorisation } = row.values;
  if (status === "done" || status === "dropped") return status;
  if (row.lateFrom !== null && row.lateFrom <= now) return "late";
  if (coercive === "on" && !authorisation) return "hold";
  const open = (code: string) =>
    rows.some((one) => one.code === code && one.kind === "action" && !isFinished(one.values.status));
  if (row.after.some(open)) return "waits";
  return status === "doing" ? "doing" : "todo";
}

function isFinished(status: string | undefined): boolean {
  return status === "done" || status === "dropped";
}

/** Actions below their line, in the order of the codes; a line that is kept from the reader has no row. */
export function actionsByLine(rows: readonly PlanRow[]): { code: string; line: PlanRow | null; actions: PlanRow[] }[] {
  const codes = new Set<string>();
  for (const { kind, code } of rows)
    if (kind === "line" || kind === "action") codes.add(kind === "line" ? code : lineOf(code));
  return [...codes]
    .map((code) => ({
      code,
      line: rows.find((row) => row.kind === "line" && row.code === code) ?? null,
      actions: rows.filter((row) => row.kind === "action" && lineOf(row.code) === code),
    }))
    .sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1));
}

/** "A" of "A12" */
export function lineOf(code: string): string {
  return code.replace(/\d+$/, "");
}

/** The parts of a list as people type it: commas, semicolons, spaces. */
export function listOf(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
