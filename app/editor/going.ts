import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { useEffect, useState } from "react";
import type { Finding } from "#app/domain/checks/finding.ts";
import { placeOf } from "./finding-marks.ts";
import type { SharedFields } from "./shared-fields.ts";

type Options = {
  editor: Editor | null;
  language: string;
  mayEdit: boolean;
  /** id of the clause at the caret */
  current: string | null;
  fields: SharedFields;
  /** the control of a field or cell is wanted, by its key, and the clause that has it is shown */
  onField: (key: string) => void;
};

/** The way from a finding to its place: the words themselves, the control of a field, or the clause. */
export function useGoing({ editor, language, mayEdit, current, fields, onField }: Options) {
  const [wanted, setWanted] = useState<{ clause: string; field: string } | null>(null);
  useEffect(() => {
    // The panel follows the caret: only when it shows the clause there is a control to go to.
    if (!wanted || wanted.clause !== current) return;
    setWanted(null);
    onField(wanted.field);
  }, [wanted, current, onField]);
  /** False when there is no better place than the one the link leads to. */
  const go = ({ place, clause, values }: Finding): boolean => {
    if (!editor || clause === null) return false;
    const { doc } = editor.state;
    if (place.kind === "text" && place.language === language && mayEdit) {
      const words = wordsAt(doc, place.from, values.words);
      if (words) return select(editor, words);
    }
    const at = endOfTitle(doc, clause);
    if (at === null) return false;
    if (place.kind === "field") {
      const { field, cell } = place;
      setWanted({ clause, field: (cell && fields.keyOfCell(field, cell.row, cell.column)) ?? field });
      editor.commands.setTextSelection(at);
      scrollTo(editor, at);
      return true;
    }
    return mayEdit && select(editor, { from: at, to: at });
  };
  return go;
}

function select(editor: Editor, range: { from: number; to: number }): boolean {
  editor.chain().setTextSelection(range).focus(null, { scrollIntoView: false }).run();
  scrollTo(editor, range.from);
  return true;
}

function scrollTo(editor: Editor, at: number): void {
  const { node } = editor.view.domAtPos(at);
  const element = node instanceof Element ? node : node.parentElement;
  element?.scrollIntoView({ block: "center" });
}

/** People may have written on since the check: the words are looked for in their paragraph as it is now. */
function wordsAt(doc: Node, from: number, words: string | undefined) {
  if (!words || from > doc.content.size) return null;
  const block: unknown = doc.resolve(from).parent.attrs.id;
  return typeof block === "string" ? placeOf(doc, { block, words, severity: "warning" }) : null;
}

function endOfTitle(doc: Node, clause: string): number | null {
  let end: number | null = null;
  doc.forEach((node, offset) => {
    if (node.attrs.clauseId === clause) end = offset + 1 + (node.firstChild?.nodeSize ?? 1) - 1;
  });
  return end;
}
