import type { Editor } from "@tiptap/core";
import { useEffect, useState } from "react";
import type * as Y from "yjs";
import type { checkArrangement } from "#app/domain/checks/check.ts";
import type { Facts } from "#app/domain/checks/facts.ts";
import type { Finding } from "#app/domain/checks/finding.ts";
import { fieldsOf, languagesOf, readText } from "#app/domain/documents/text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { marksOf, showMarks } from "./finding-marks.ts";
import { whenQuiet } from "./when-quiet.ts";

export type Checked = { findings: readonly Finding[]; at: Date };

type Props = {
  editor: Editor | null;
  doc: Y.Doc;
  language: string;
  facts: Facts;
  /** the rules, which come after the text; null while they are not here */
  rules: typeof checkArrangement | null;
};

/** Checks the text while people write in it, between their keystrokes, and marks the places in it. */
export function useFindings({ editor, doc, language, facts, rules }: Props): Checked | null {
  const [checked, setChecked] = useState<Checked | null>(null);
  useEffect(() => {
    if (!editor || !rules) return;
    const check = () => {
      const findings = rules({ fields: fieldsOf(doc), languages: textsOf(editor, doc, language), facts });
      showMarks(editor, marksOf(editor.state.doc, findings, language));
      setChecked({ findings, at: new Date() });
    };
    return whenQuiet(doc, check);
  }, [editor, doc, language, facts, rules]);
  return checked;
}

/** The text on the screen as the editor holds it, the others from the shared document. */
function textsOf(editor: Editor, doc: Y.Doc, language: string): Record<string, TextNode> {
  const others = languagesOf(doc).filter((one) => one !== language);
  return {
    [language]: editor.state.doc.toJSON() as TextNode,
    ...Object.fromEntries(others.map((one) => [one, readText(doc, one)])),
  };
}
