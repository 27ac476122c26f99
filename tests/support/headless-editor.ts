import { Editor } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import type { EditorState, Plugin, Transaction } from "@tiptap/pm/state";
import { uuidv4 } from "lib0/random";
import type * as Y from "yjs";
import { textExtensions } from "#app/domain/documents/extensions.ts";
import { textName, textOf } from "#app/domain/documents/text.ts";
import { PasteRules } from "#app/editor/paste.ts";
import { WritingRules } from "#app/editor/rules.ts";
import { TypedText } from "#app/editor/typed-text.ts";

// The kit asks for the kind of keyboard; Node 20 has nothing that answers.
if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { platform: "Linux", userAgent: "" } });

/**
 * The view of an editor without a page: holds the state, tells the views of plugins, and hands keys to the keymaps of
 * the product. What a browser does by itself (putting a letter in, rubbing one out) `press` and `type` do.
 */
class Headless {
  readonly editable = true;
  readonly composing = false;
  readonly dragging = null;
  readonly isDestroyed = false;
  readonly dom = { addEventListener: () => {}, removeEventListener: () => {} };
  private views: { update?(view: unknown, before: EditorState): void; destroy?(): void }[] = [];

  constructor(
    public state: EditorState,
    readonly dispatch: (transaction: Transaction) => void,
  ) {}

  start(plugins: readonly Plugin[]): void {
    this.state = this.state.reconfigure({ plugins: [...plugins] });
    // One after the other into the list: the binding draws the text anew while its own view is being made.
    for (const plugin of this.state.plugins) {
      const view = plugin.spec.view?.(this as never);
      if (view) this.views.push(view as never);
    }
  }

  updateState(state: EditorState): void {
    const before = this.state;
    this.state = state;
    for (const view of this.views) view.update?.(this, before);
  }

  hasFocus = () => false;
  focus = () => {};
  endOfTextblock = (direction: string, state = this.state): boolean => {
    const { parentOffset, parent } = state.selection.$head;
    return direction === "backward" || direction === "left" ? parentOffset === 0 : parentOffset === parent.content.size;
  };

  someProp<Answer>(name: string, ask: (prop: (...given: never[]) => unknown) => Answer): Answer | undefined {
    for (const plugin of this.state.plugins) {
      const prop = (plugin.props as Record<string, unknown>)[name];
      const answer = prop ? ask((prop as (...given: never[]) => unknown).bind(plugin)) : undefined;
      if (answer) return answer;
    }
    return undefined;
  }

  destroy(): void {
    for (const view of this.views) view.destroy?.();
    this.views = [];
  }
}

export type HeadlessEditor = {
  editor: Editor;
  press(key: string, shift?: boolean): void;
  type(text: string): void;
  close(): void;
};

/** An editor as the page makes it (app/editor/text-editor.ts), without carets and drawn fields. */
export function headlessEditor(doc: Y.Doc, language = "en"): HeadlessEditor {
  const editor = new Editor({
    element: null,
    injectCSS: false,
    // Pasting needs a page.
    enablePasteRules: false,
    content: textOf(doc, language),
    extensions: [
      ...textExtensions(),
      Collaboration.configure({ fragment: doc.getXmlFragment(textName(language)) }),
      PasteRules,
      TypedText,
      WritingRules.configure({ newId: uuidv4 }),
    ],
  });
  const inside = editor as unknown as { editorView: Headless; dispatchTransaction(transaction: Transaction): void };
  const view = new Headless(editor.state, (transaction) => inside.dispatchTransaction(transaction));
  inside.editorView = view;
  view.start(editor.extensionManager.plugins);
  return {
    editor,
    press: (key, shift = false) => press(view, key, shift),
    type: (text) => {
      for (const letter of text) type(view, letter);
    },
    close: () => view.destroy(),
  };
}

function press(view: Headless, key: string, shiftKey: boolean): void {
  const event = { key, shiftKey, ctrlKey: false, altKey: false, metaKey: false, keyCode: 0, preventDefault: () => {} };
  if (view.someProp("handleKeyDown", (prop) => prop(view as never, event as never))) return;
  const { empty, $head } = view.state.selection;
  const [before, after] = [$head.nodeBefore, $head.nodeAfter];
  const [from, to] =
    key === "Backspace"
      ? [$head.pos - (/[\ud800-\udbff][\udc00-\udfff]$/.test(before?.text ?? "") ? 2 : 1), $head.pos]
      : [$head.pos, $head.pos + (/^[\ud800-\udbff][\udc00-\udfff]/.test(after?.text ?? "") ? 2 : 1)];
  const rubsOut = (key === "Backspace" && $head.parentOffset > 0) || (key === "Delete" && $head.nodeAfter !== null);
  if (empty && $head.parent.isTextblock && rubsOut) view.dispatch(view.state.tr.delete(from, to));
}

function type(view: Headless, letter: string): void {
  const { from, to } = view.state.selection;
  if (!view.someProp("handleTextInput", (prop) => prop(view as never, from as never, to as never, letter as never)))
    view.dispatch(view.state.tr.insertText(letter));
}
