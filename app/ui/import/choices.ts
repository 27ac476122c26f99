import type { TextNode } from "#app/domain/documents/text-node.ts";
import { limits } from "#app/domain/import/file.ts";
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

/** Whether the chosen parts can go to the server as one edit. */
export function fitsAtOnce(parts: readonly Part[], choices: readonly Choice[]): boolean {
  const chosen = parts.filter((_, index) => choices[index] !== "leave").flatMap(({ blocks }) => blocks);
  const size = sizeOf(chosen);
  return size.blocks <= limits.blocksAtOnce && size.characters <= limits.charactersAtOnce;
}

function sizeOf(nodes: readonly TextNode[]): { blocks: number; characters: number } {
  const size = { blocks: 0, characters: 0 };
  for (const node of nodes) {
    const inside = sizeOf(node.content ?? []);
    size.characters += inside.characters + (node.text?.length ?? 0);
    size.blocks += inside.blocks + (node.type === "paragraph" || node.type === "heading" ? 1 : 0);
  }
  return size;
}

/** The title of a new clause: numbers follow from the place, so the file's number is no part of it. */
export function titleOf(part: Part, untitled: string): string {
  return splitHeading(part.heading).title.trim() || part.heading || untitled;
}
