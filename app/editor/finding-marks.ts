import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { type Finding, severityOf } from "#app/domain/checks/finding.ts";
import type { Severity } from "#app/domain/checks/rules.ts";

/**
 * Words that a finding speaks of, by the block they stand in: what others write comes in as a whole new text, in which
 * old positions lead nowhere.
 */
export type FindingMark = { block: string; words: string; severity: Severity };

type Shown = { marks: readonly FindingMark[]; drawn: DecorationSet };
const key = new PluginKey<Shown>("findingMarks");
const tones: Record<Severity, string> = { finalising: "stop", signature: "hold", warning: "warn", information: "note" };

/** Marks the words of findings and puts the sign beside the number of their paragraph. Never part of the text. */
export const FindingMarks = Extension.create({
  name: "findingMarks",
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => ({ marks: [], drawn: DecorationSet.empty }),
        apply: (transaction, before) => {
          const marks = (transaction.getMeta(key) as readonly FindingMark[] | undefined) ?? before.marks;
          if (marks === before.marks && !transaction.docChanged) return before;
          return { marks, drawn: draw(transaction.doc, marks) };
        },
      },
      props: { decorations: (state) => key.getState(state)?.drawn },
    }),
  ],
});

export function showMarks(editor: Editor, marks: readonly FindingMark[]): void {
  const shown = key.getState(editor.state)?.marks ?? [];
  if (marks.length === 0 && shown.length === 0) return;
  editor.view.dispatch(editor.state.tr.setMeta(key, marks).setMeta("addToHistory", false));
}

/** The marks of those findings that stand in words of this language. */
export function marksOf(doc: Node, findings: readonly Finding[], language: string): FindingMark[] {
  return findings.flatMap((finding) => markOf(doc, finding, language) ?? []);
}

export function markOf(doc: Node, finding: Finding, language: string): FindingMark | null {
  const { place } = finding;
  if (place.kind !== "text" || place.language !== language || place.to > doc.content.size) return null;
  const block = doc.resolve(place.from).parent.attrs.id;
  const words = doc.textBetween(place.from, place.to, undefined, "\ufffc");
  return typeof block === "string" ? { block, words, severity: severityOf(finding) } : null;
}

/** Where the words stand now; null when somebody has changed them meanwhile. */
export function placeOf(doc: Node, { block, words }: FindingMark): { from: number; to: number } | null {
  let found: { from: number; to: number } | null = null;
  doc.descendants((node, position) => {
    if (found || !node.isBlock) return false;
    if (node.attrs.id !== block || !node.isTextblock) return true;
    const at = node.textBetween(0, node.content.size, undefined, "\ufffc").indexOf(words);
    if (at >= 0) found = { from: position + 1 + at, to: position + 1 + at + words.length };
    return false;
  });
  return found;
}

function draw(doc: Node, marks: readonly FindingMark[]): DecorationSet {
  if (marks.length === 0) return DecorationSet.empty;
  const byBlock = new Map<string, FindingMark[]>();
  for (const mark of marks) byBlock.set(mark.block, [...(byBlock.get(mark.block) ?? []), mark]);
  const drawn: Decoration[] = [];
  doc.descendants((node, position) => {
    const own = byBlock.get(String(node.attrs.id));
    if (!own || !node.isTextblock) return node.isBlock && !node.isTextblock;
    const text = node.textBetween(0, node.content.size, undefined, "\ufffc");
    const there = own.filter((mark) => text.includes(mark.words));
    for (const { words, severity } of there) {
      const from = position + 1 + text.indexOf(words);
      drawn.push(Decoration.inline(from, from + words.length, { class: `finding ${tones[severity]}` }));
    }
    const [first] = there;
    if (first)
      drawn.push(Decoration.node(position, position + node.nodeSize, { class: `flagged ${tones[first.severity]}` }));
    return false;
  });
  return DecorationSet.create(doc, drawn);
}
