import { type Editor, Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { useEffect } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { standsInOrder, standsInWords } from "#app/ui/agreement/assent-words.ts";
import type { AgreedSoFar } from "./assents.ts";
import { checkMark } from "./chip-icons.ts";

/** What stands below the title of a clause: a plate for each party, and the same in a sentence. */
type AssentLine = { plates: { code: string; own: boolean; agreed: boolean }[]; sentence: string };

type AssentLinesByClause = ReadonlyMap<string, AssentLine>;

const key = new PluginKey<Shown>("assentLines");
type Shown = { lines: AssentLinesByClause; decorations: DecorationSet };

/** Shows below each clause's title who agrees to it. Beside the text, never in it: no selection can hold it. */
export const AssentLines = Extension.create({
  name: "assentLines",
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: () => ({ lines: new Map(), decorations: DecorationSet.empty }),
        apply(transaction, shown, _before, { doc }) {
          const lines: AssentLinesByClause | undefined = transaction.getMeta(key);
          if (lines) return { lines, decorations: draw(doc, lines) };
          if (!transaction.docChanged || shown.lines.size === 0) return shown;
          // Whole clauses come in as replacements of the whole text, which mapping would take for removals.
          return { ...shown, decorations: draw(doc, shown.lines) };
        },
      },
      props: { decorations: (state) => key.getState(state)?.decorations },
    }),
  ],
});

/** Hands new lines to the plugin. */
function showAssents(editor: Editor, lines: AssentLinesByClause): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, lines).setMeta("addToHistory", false));
}

function draw(doc: Node, lines: AssentLinesByClause): DecorationSet {
  const decorations: Decoration[] = [];
  doc.forEach((clause, offset) => {
    const line = lines.get(String(clause.attrs.clauseId));
    const title = clause.firstChild;
    if (!line || !title) return;
    const below = offset + 1 + title.nodeSize;
    decorations.push(
      Decoration.widget(below, () => element(line), {
        key: JSON.stringify(line),
        side: -1,
        ignoreSelection: true,
      }),
    );
  });
  return DecorationSet.create(doc, decorations);
}

function element({ plates, sentence }: AssentLine): HTMLElement {
  const line = document.createElement("div");
  line.className = "agree-line";
  line.contentEditable = "false";
  const tally = document.createElement("span");
  tally.className = "tally";
  tally.ariaHidden = "true";
  for (const { code, own, agreed } of plates) {
    const plate = document.createElement("span");
    plate.className = `plate${own ? " own" : ""} ${agreed ? "yes" : "notyet"}`;
    if (agreed) plate.append(checkMark());
    plate.append(Object.assign(document.createElement("bdi"), { textContent: code }));
    tally.append(plate);
  }
  line.append(tally, Object.assign(document.createElement("span"), { textContent: sentence }));
  return line;
}

/** Below the titles in the text: who agrees, wherever somebody has said so. */
export function useAssentLines(editor: Editor | null, agreed: AgreedSoFar | null): void {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    if (!editor) return;
    const lines = new Map<string, AssentLine>();
    for (const [id, { stands }] of agreed?.clauses ?? []) {
      if (stands.every((stand) => !stand.assent)) continue;
      const plates = standsInOrder(stands, agreed?.own?.id ?? null, i18n.language).map(({ code, own, holds }) => ({
        code,
        own,
        agreed: holds,
      }));
      lines.set(id, { plates, sentence: standsInWords(stands, { t, i18n }) });
    }
    showAssents(editor, lines);
  }, [editor, agreed, t, i18n]);
}
