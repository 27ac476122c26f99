import "#app/i18n/english/editor.ts";
import type { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { useEditor } from "@tiptap/react";
import { uuidv4 } from "lib0/random";
import { useEffect, useState } from "react";
import { textExtensions } from "#app/domain/documents/extensions.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { textName } from "#app/domain/documents/text.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { AssentLines } from "./assent-lines.ts";
import { carets } from "./carets.ts";
import type { Connection } from "./connection.ts";
import { CurrentClause } from "./current-clause.ts";
import { fieldChips } from "./field-chips.ts";
import { FindingMarks } from "./finding-marks.ts";
import { readOwnCaret } from "./own-caret.ts";
import { PasteRules } from "./paste.ts";
import { WritingRules } from "./rules.ts";
import type { SharedFields } from "./shared-fields.ts";
import { TypedText } from "./typed-text.ts";

/** Why something the person did was not done. */
export type Notice = "paste" | "fixed";

type Options = {
  connection: Connection;
  language: string;
  fields: SharedFields;
  /** not before the text is there: what is typed into an empty document would have no clause to stand in */
  editable: boolean;
  onOpenField: (name: string) => void;
  /** what the text is, for who cannot see it; the arrangement when it is not said */
  label?: string;
};

/** The editor of one text, bound to its connection, and the last thing it refused. */
export function useTextEditor({ connection, language, fields, editable, onOpenField, label }: Options) {
  const { t } = useTranslation();
  const [notice, setNotice] = useState<Notice | null>(null);
  const words = { empty: t("editor.field.empty"), table: () => t("editor.field.emptyTable"), label: fieldLabel };
  const editor = useEditor(
    {
      extensions: [
        ...withChips(fieldChips({ fields, language, words, onOpen: onOpenField })),
        Collaboration.configure({ fragment: connection.doc.getXmlFragment(textName(language)) }),
        carets(connection.provider),
        CurrentClause,
        AssentLines,
        FindingMarks,
        PasteRules.configure({ onTooLong: () => setNotice("paste") }),
        TypedText,
        WritingRules.configure({ onFixedClause: () => setNotice("fixed"), newId: uuidv4 }),
      ],
      editable: false,
      immediatelyRender: false,
      injectCSS: false,
      editorProps: {
        handleDOMEvents: { mouseup: () => void readOwnCaret() },
        attributes: {
          class: "txt",
          lang: language,
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": label ?? t("editor.text"),
        },
      },
      // What was refused is not said any longer than until the next thing that was done.
      onUpdate: () => setNotice(null),
    },
    [connection],
  );
  useEditable(editor, editable);
  return { editor, notice };
}

/** The extensions of every text, with fields that show their values. */
function withChips(chips: ReturnType<typeof fieldChips>) {
  const replaced = new Set(chips.map((chip) => chip.name));
  return [...textExtensions().filter((extension) => !replaced.has(extension.name)), ...chips];
}

/** Lets the person write or not; a screen reader is told which. */
function useEditable(editor: Editor | null, editable: boolean): void {
  useEffect(() => {
    if (!editor) return;
    editor.setEditable(editable, false);
    const tell = () => editor.view.dom.setAttribute("aria-readonly", String(!editor.isEditable));
    if (editor.isInitialized) tell();
    editor.on("create", tell);
    editor.on("transaction", tell);
    return () => {
      editor.off("create", tell);
      editor.off("transaction", tell);
    };
  }, [editor, editable]);
}
