import { clausesOf, plainText } from "../documents/clauses.ts";
import { type FieldReference, type Fields, fieldText } from "../documents/field-text.ts";
import { fieldLabel } from "../documents/labels.ts";
import type { TextNode } from "../documents/text-node.ts";
import { unseenValue } from "../export/printable-text.ts";
import { settled } from "../export/script-runs.ts";
import { isMarkIn, markOfClause } from "../export/working-copy.ts";
import { findClause } from "../templates/agreement.ts";
import type { LeftOut, Section, WordFile } from "./file.ts";
import { splitHeading } from "./heading.ts";

/** A part of the file and where it would go. `clause` is null for what no clause was found for. */
export type Part = {
  clause: { id: string; number: number; title: string } | null;
  /** what heads it in the file; "" for what stands before the first heading */
  heading: string;
  /** the clause's title as the file words it, when it is a copy of this text and words it otherwise */
  retitled: string | null;
  blocks: TextNode[];
  /** labels of values that read otherwise in the file */
  values: string[];
};

export type Placed = {
  parts: Part[];
  leftOut: LeftOut;
  /** numbers of clauses that the file words exactly as they are */
  same: number[];
  /** numbers of clauses that a copy of this text no longer has */
  missing: number[];
  /** the file is a working copy that this workspace gave out */
  ours: boolean;
};

type Clause = { id: string; number: number; title: string; node: TextNode };

/**
 * Puts what a file says beside the clauses of a text: by the marks of a working copy, else by titles in any language of
 * the template, else by number. Changes nothing.
 */
export function placeInText(file: WordFile, text: TextNode, fields: Fields, language: string): Placed {
  const clauses = clausesOf(text).map((head, index) => ({ ...head, node: text.content?.[index] as TextNode }));
  const find = finder(clauses, language);
  const parts: { clause: Clause | null; section: Section; blocks: TextNode[] }[] = [];
  let levelOfClauses = 1;
  const { sections, elsewhere } = inLanguage(withoutCover(file), language);
  for (const section of sections) {
    const clause = section.heading ? find(section.heading) : null;
    const before = parts.at(-1);
    if (clause) {
      levelOfClauses = section.heading?.level ?? 1;
      const first = parts.find((part) => part.clause === clause);
      if (first) first.blocks.push(...section.blocks);
      else parts.push({ clause, section, blocks: section.blocks });
    } else if (before && section.heading && isInside(section.heading, levelOfClauses)) {
      before.blocks.push(section.heading.node, ...section.blocks);
    } else {
      parts.push({ clause: null, section, blocks: section.blocks });
    }
  }
  const made = parts.map(({ clause, section, blocks }) =>
    partOf(clause, section, blocks, file, text, fields, language),
  );
  const same = made.filter(isSame(clauses, file.ours));
  return {
    parts: made.filter((part) => !same.includes(part) && (part.blocks.length > 0 || part.heading)),
    leftOut: elsewhere > 0 ? { ...file.leftOut, otherLanguages: elsewhere } : file.leftOut,
    same: same.flatMap((part) => part.clause?.number ?? []),
    missing: file.ours
      ? clauses.filter(({ id }) => !made.some((part) => part.clause?.id === id)).map((c) => c.number)
      : [],
    ours: file.ours,
  };
}

/** A working copy has a cover of its own making, and the names of languages between its texts. */
function withoutCover({ sections, ours }: WordFile): readonly Section[] {
  if (!ours) return sections;
  const first = sections.findIndex(({ heading }) => heading?.mark);
  return sections.slice(first).filter(({ heading }) => heading?.level !== 0);
}

/**
 * A working copy holds one text after another; only that of the language comes in. What stands between two marked
 * headings is of the language of the first. `elsewhere` counts the clauses of the others.
 */
function inLanguage(all: readonly Section[], language: string): { sections: Section[]; elsewhere: number } {
  let isOwn = true;
  let elsewhere = 0;
  const sections = all.filter(({ heading }) => {
    if (heading?.mark) {
      isOwn = isMarkIn(language, heading.mark);
      if (!isOwn) elsewhere++;
    }
    return isOwn;
  });
  return { sections, elsewhere };
}

/** A heading below the level of clauses, or words that only look like a heading, belong to the clause before them. */
function isInside(heading: NonNullable<Section["heading"]>, levelOfClauses: number): boolean {
  return !heading.styled || heading.level > levelOfClauses;
}

function partOf(
  clause: Clause | null,
  { heading }: Section,
  blocks: TextNode[],
  file: WordFile,
  text: TextNode,
  fields: Fields,
  language: string,
): Part {
  const values = new Set<string>();
  const known = [...(clause ? fieldsIn(clause.node) : []), ...fieldsIn(text)];
  const restore = (node: TextNode): TextNode => {
    if (node.type !== "field") return node.content ? { ...node, content: node.content.map(restore) } : node;
    const name = String(node.attrs?.name);
    const words = fieldText(node.attrs as FieldReference, fields, language);
    const there = known.filter((one) => one.name === name);
    // A value can stand in several wordings; the file's words tell which of them it was.
    const meant = there.find((one) => readsAs(one, fields, language) === node.text) ?? there[0];
    if (!meant && words === null) return { type: "text", text: node.text ?? "" };
    if (node.text?.trim() !== (meant ? readsAs(meant, fields, language).trim() : words?.trim()))
      values.add(fieldLabel(name));
    return { type: "field", attrs: { name, yes: meant?.yes ?? null, no: meant?.no ?? null } };
  };
  const numbered = clause ? withoutNumbers(blocks, clause.number) : blocks;
  const ownTitle = heading?.mark ? heading.text : null;
  return {
    clause: clause && { id: clause.id, number: clause.number, title: clause.title },
    heading: heading?.text ?? "",
    retitled: clause && file.ours && ownTitle && ownTitle !== clause.title ? ownTitle : null,
    blocks: numbered.map(restore),
    values: [...values],
  };
}

/** As the working copy writes it. */
function readsAs(reference: FieldReference, fields: Fields, language: string): string {
  const text = fieldText(reference, fields, language);
  return text === null ? "[–]" : settled(text).replace(/\s+/g, " ") || unseenValue;
}

function fieldsIn(node: TextNode): FieldReference[] {
  if (node.type === "field") return [node.attrs as FieldReference];
  return (node.content ?? []).flatMap(fieldsIn);
}

/** Numbers that someone typed before paragraphs: here they follow from the place. */
function withoutNumbers(blocks: TextNode[], number: number): TextNode[] {
  const typed = new RegExp(`^${number}\\s?[.)]\\s?\\d{1,2}\\s?[.)]?\\s+`);
  return blocks.map((block) => {
    const [first, ...rest] = block.content ?? [];
    if (block.type !== "paragraph" || first?.type !== "text" || !typed.test(first.text ?? "")) return block;
    return { ...block, content: [{ ...first, text: first.text?.replace(typed, "") || " " }, ...rest] };
  });
}

function isSame(clauses: readonly Clause[], ours: boolean) {
  return (part: Part): boolean => {
    const clause = clauses.find(({ id }) => id === part.clause?.id);
    if (!clause || (ours && part.retitled)) return false;
    return (
      plainForm(part.blocks) === plainForm((clause.node.content ?? []).slice(1).filter((block) => !isBlank(block)))
    );
  };
}

/** Words that stand beside each other and look alike are one, however they came about. */
function joined(nodes: readonly TextNode[]): TextNode[] {
  const result: TextNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    const alike =
      last?.type === "text" &&
      node.type === "text" &&
      JSON.stringify(last.marks ?? []) === JSON.stringify(node.marks ?? []);
    if (alike) result[result.length - 1] = { ...last, text: `${last.text}${node.text}` };
    else result.push(node);
  }
  return result;
}

const isBlank = (block: TextNode) => block.type === "paragraph" && (block.content ?? []).length === 0;

/** What two blocks must share to say the same: ids, widths and the starts of lists do not count. */
function plainForm(blocks: readonly TextNode[]): string {
  const plain = (node: TextNode): unknown => [
    node.type,
    node.text?.replace(/\s+/g, " ") ?? null,
    (node.marks ?? []).map(({ type, attrs }) => `${type} ${attrs?.href ?? ""}`).sort(),
    ["name", "yes", "no", "colspan", "rowspan", "dir"].map((key) => node.attrs?.[key] ?? null),
    joined(node.content ?? []).map(plain),
  ];
  return JSON.stringify(blocks.map(plain));
}

function finder(clauses: readonly Clause[], language: string) {
  const byMark = new Map(clauses.map((clause) => [markOfClause(language, clause.id) ?? "", clause]));
  const byTitle = new Map<string, Clause | null>();
  for (const clause of clauses) {
    const titles = [clause.title, ...Object.values(findClause(clause.id)?.titles ?? {})];
    // Two clauses under one title: neither is meant for certain.
    for (const title of new Set(titles.map(comparable))) byTitle.set(title, byTitle.has(title) ? null : clause);
  }
  return ({ text, mark }: NonNullable<Section["heading"]>): Clause | null => {
    const marked = mark && byMark.get(mark);
    if (marked) return marked;
    const { number, title } = splitHeading(text);
    const titled = byTitle.get(comparable(title));
    if (titled) return titled;
    const numbered = number === null ? undefined : clauses.find((clause) => clause.number === number);
    return numbered && (title === "" || shareAWord(title, numbered)) ? numbered : null;
  };
}

function comparable(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function shareAWord(title: string, clause: Clause): boolean {
  const long = (words: string) =>
    comparable(words)
      .split(" ")
      .filter((word) => word.length > 4);
  const known = new Set([clause.title, ...Object.values(findClause(clause.id)?.titles ?? {})].flatMap(long));
  return long(title).some((word) => known.has(word));
}

/** Lines for people to look through: one a paragraph, item or row. */
export function linesOf(
  blocks: readonly TextNode[],
  fields: Fields,
  language: string,
): { text: string; dir: string }[] {
  return blocks.flatMap((block): { text: string; dir: string }[] => {
    if (block.type === "fieldTable") return [{ text: `[${fieldLabel(String(block.attrs?.name))}]`, dir: "auto" }];
    if (block.type === "tableRow") {
      const cells = (block.content ?? []).map((cell) =>
        linesOf(cell.content ?? [], fields, language)
          .map((line) => line.text)
          .join(" "),
      );
      return [{ text: cells.join(" | "), dir: "auto" }];
    }
    if (block.type === "listItem")
      return linesOf(block.content ?? [], fields, language).map((line, index) =>
        index === 0 ? { ...line, text: `• ${line.text}` } : line,
      );
    if (["paragraph", "heading"].includes(block.type)) {
      const text = (block.content ?? [])
        .map((node) =>
          node.type === "field"
            ? readsAs(node.attrs as FieldReference, fields, language)
            : node.type === "hardBreak"
              ? " "
              : plainText(node),
        )
        .join("");
      return [{ text, dir: String(block.attrs?.dir ?? "auto") }];
    }
    return linesOf(block.content ?? [], fields, language);
  });
}
