import { splitHeading } from "#app/domain/import/heading.ts";
import type { Placed } from "#app/domain/import/placing.ts";

export type Choice = "replace" | "add" | "new" | "leave";
type Part = Placed["parts"][number];

export function choicesFor(part: Part): Choice[] {
  return part.clause ? ["replace", "add", "leave"] : ["new", "leave"];
}

/**
 * What is chosen at first: a copy of this text was written on, so its words take the place of the old ones; a file of
 * other origin takes nobody's words away unless the person says so.
 */
export function firstChoice(part: Part, { ours, parts }: Pick<Placed, "ours" | "parts">): Choice {
  if (part.clause) return ours ? "replace" : "add";
  const isCover = part.heading === "" && parts.some((other) => other.clause);
  return isCover ? "leave" : "new";
}

/** The title of a new clause: numbers follow from the place, so the file's number is no part of it. */
export function titleOf(part: Part, untitled: string): string {
  return splitHeading(part.heading).title.trim() || part.heading || untitled;
}
