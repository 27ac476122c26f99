import type { Fields } from "../documents/field-text.ts";
import { taskReference } from "../tasks/task.ts";

/** A card that is not done when the team is to be closed. */
export type OpenTask = { number: number; title: string };

/**
 * The cards that nobody has taken over (V60: at closure every task is closed or handed over). Handed over is a task that
 * a finalised closure record (annex A12) names by its reference in a row with the party that goes on with it.
 */
export function notHandedOver<One extends { number: number }>(open: readonly One[], records: readonly Fields[]): One[] {
  const rows = records.flatMap(({ closureItems }) => (Array.isArray(closureItems) ? closureItems : []));
  const named = new Set(rows.flatMap(tasksNamedIn));
  return open.filter(({ number }) => !named.has(taskReference(number)));
}

function tasksNamedIn({ closureItem, closureKind, closureHolder }: Fields): string[] {
  if (closureKind !== "task" || !closureHolder || typeof closureItem !== "string") return [];
  return [...closureItem.matchAll(/\bT-(\d{1,9})\b/g)].map(([, digits]) => taskReference(Number(digits)));
}
