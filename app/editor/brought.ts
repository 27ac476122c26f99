import type { Editor } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import { useEffect, useState } from "react";
import { bringIn, takeHeld } from "./bring-in.ts";

/** What became of the parts of a file that were to come in: how many did, or why none did. */
export type Brought = { count: number } | "notBrought" | "misfit";

/** Puts in what the page for reading files holds for this document, once its text is here; nothing when it holds none. */
export function useBrought(editor: Editor | null, document: string, loaded: boolean, mayEdit: boolean): Brought | null {
  const [brought, setBrought] = useState<Brought | null>(null);
  useEffect(() => {
    const parts = editor && loaded ? takeHeld(document) : null;
    if (!editor || !parts) return;
    if (!mayEdit) return setBrought("notBrought");
    try {
      editor.view.dispatch(bringIn(editor.state, parts));
      // The page around the text grows in the same turn; only after it the place can be found.
      requestAnimationFrame(() => editor.commands.focus(null, { scrollIntoView: true }));
      setBrought({ count: parts.length });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      setBrought("misfit");
    }
  }, [editor, document, loaded, mayEdit]);
  useEffect(() => {
    if (!editor || brought === null) return;
    // It is said until the person does something else, undoing it among them.
    const forget: Parameters<typeof editor.on<"update">>[1] = ({ transaction }) => {
      if (!isChangeOrigin(transaction)) setBrought(null);
    };
    editor.on("update", forget);
    return () => {
      editor.off("update", forget);
    };
  }, [editor, brought]);
  return brought;
}
