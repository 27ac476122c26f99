import type { Fields } from "../documents/field-text.ts";
import type { DocumentState } from "../documents/states.ts";
import type { TextNode } from "../documents/text-node.ts";
import type { PartyToPrint } from "./arrangement.ts";

/** Everything that stands in a working copy of an arrangement, at whatever state it is. */
export type WorkingCopy = {
  jit: { reference: string; names: Record<string, string>; exercise: boolean };
  /** number of the annex, when it is one */
  annex?: string | null;
  parties: PartyToPrint[];
  version: number;
  state: DocumentState;
  /** when the words were as they are here */
  at: Date;
  /** the digest of the closed text, when it is closed */
  digest: string | null;
  fields: Fields;
  /** texts by BCP 47 tag */
  languages: Record<string, TextNode>;
};

/*
 * How a copy that comes back is recognised. Word keeps names of bookmarks (at most 40 letters, digits and lines) and of
 * styles through every edit, and shows neither.
 */
const clauseMark = /^jit_([a-z]{2,3})_(\w+)$/;
const tableMark = /^jit_table_(\w+)$/;
const fieldStyle = /^JitField_(\w+)$/;
export const paragraphStyle = "JitParagraph";
export const partStyle = "JitSmallTitle";

const longest = 40;

/** The bookmark at the title of a clause; null for an identity that does not fit into one. */
export function markOfClause(language: string, clause: string): string | null {
  const mark = `jit_${language.split("-")[0]}_${clause.replaceAll(/[-.]/g, "")}`;
  return clauseMark.test(mark) && mark.length <= longest ? mark : null;
}

/** Whether a mark of `markOfClause` stands at a clause of this language. */
export function isMarkIn(language: string, mark: string): boolean {
  return clauseMark.exec(mark)?.[1] === language.split("-")[0];
}

/** Which clause a bookmark stands at, as `markOfClause` writes it. */
export function isMarkOfClause(mark: string): boolean {
  return clauseMark.test(mark);
}

export function markOfTable(field: string): string | null {
  const mark = `jit_table_${field}`;
  return tableMark.test(mark) && mark.length <= longest ? mark : null;
}

/** The table field that a bookmark names, or null. */
export function tableOfMark(mark: string): string | null {
  return tableMark.exec(mark)?.[1] ?? null;
}

export const styleOfField = (field: string) => `JitField_${field}`;

/** The field whose value stands in words of this style, or null. */
export function fieldOfStyle(style: string | null): string | null {
  return (style && fieldStyle.exec(style)?.[1]) ?? null;
}
