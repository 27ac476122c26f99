import { Collaboration } from "@tiptap/extension-collaboration";
import { EditorContent, useEditor, useEditorState } from "@tiptap/react";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import * as Y from "yjs";
import { textExtensions } from "#app/domain/documents/extensions.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { fieldsName, textName } from "#app/domain/documents/text.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ClauseList } from "#app/ui/ClauseList.tsx";
import { ClausePanel } from "./ClausePanel.tsx";
import { ConnectionBanner, SavedLine } from "./ConnectionLine.tsx";
import { carets } from "./carets.ts";
import { Connection } from "./connection.ts";
import { fieldChips } from "./field-chips.ts";
import { clauseAtCaret, type OutlineEntry, outlineOf } from "./outline.ts";
import { Presence } from "./Presence.tsx";
import { WritingRules } from "./rules.ts";
import { Toolbar } from "./Toolbar.tsx";
import "./editor.css";

export type Props = {
  document: string;
  language: string;
  person: string;
  mayEdit: boolean;
  exercise: boolean;
  zone: string;
  /** elements of the frame that take the list of clauses and the panel; null while they are not there */
  outlineSlot: Element | null;
  panelSlot: Element | null;
  statusSlot: Element | null;
};

/** Opens the connection once for the life of the page; in development React mounts twice. */
function useConnection(document: string): Connection | null {
  const [connection, setConnection] = useState<Connection | null>(null);
  useEffect(() => {
    const address = `${window.location.origin.replace(/^http/, "ws")}/collab`;
    const opened = new Connection(address, document, new Y.Doc());
    opened.open();
    setConnection(opened);
    return () => opened.close();
  }, [document]);
  return connection;
}

/** The text of an arrangement, written by several people at once. Loaded only by the page that shows it. */
export function ArrangementEditor(props: Props) {
  const connection = useConnection(props.document);
  const { t } = useTranslation();
  if (!connection) return <p className="sheet-wait">{t("editor.loading")}</p>;
  return <ConnectedEditor key={props.document} connection={connection} {...props} />;
}

function ConnectedEditor({ connection, ...props }: Props & { connection: Connection }) {
  const { t } = useTranslation();
  const { language, person, exercise, zone } = props;
  const state = useSyncExternalStore(connection.subscribe, connection.getState, connection.getState);
  const [pasteRefused, setPasteRefused] = useState(false);
  const mayEdit = props.mayEdit && state.phase !== "ended";
  const fields = useMemo(() => connection.doc.getMap(fieldsName), [connection]);
  const editor = useEditor(
    {
      extensions: [
        ...withChips(fields, language, {
          empty: t("editor.field.empty"),
          table: () => t("editor.field.emptyTable"),
          label: fieldLabel,
        }),
        Collaboration.configure({ fragment: connection.doc.getXmlFragment(textName(language)) }),
        carets(connection.provider),
        WritingRules.configure({
          onRefusedPaste: () => setPasteRefused(true),
          newBlockId: () => crypto.randomUUID(),
        }),
      ],
      editable: false,
      immediatelyRender: false,
      injectCSS: false,
      editorProps: {
        attributes: {
          class: "txt",
          lang: language,
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": t("editor.text"),
        },
      },
    },
    [connection],
  );
  useEffect(() => {
    // Not before the text is there: what is typed into an empty document would have no clause to stand in.
    editor?.setEditable(mayEdit && state.phase !== "connecting", false);
  }, [editor, mayEdit, state.phase]);
  useLeaveWarning(state.unsaved);
  const at = useEditorState({
    editor,
    selector: ({ editor }) =>
      editor ? { outline: outlineOf(editor.state.doc), clause: clauseAtCaret(editor.state) } : null,
  });
  const outline = at?.outline ?? [];
  const current = at?.clause != null ? (outline[at.clause] ?? null) : null;
  return (
    <>
      {props.statusSlot && createPortal(<SavedLine state={state} zone={zone} />, props.statusSlot)}
      <Presence people={state.people} own={person} />
      <ConnectionBanner state={state} unsentText={() => connection.unsentText()} />
      {pasteRefused && <Banner tone="warn" title={t("editor.paste")} live />}
      {editor && mayEdit && <Toolbar editor={editor} />}
      <div className="sheet" lang={language}>
        {exercise && (
          <p className="marking" aria-hidden="true">
            {t("editor.exercise")}
          </p>
        )}
        {state.phase === "connecting" ? (
          <p className="sheet-wait">{t("editor.loading")}</p>
        ) : (
          <EditorContent editor={editor} />
        )}
      </div>
      {props.outlineSlot && createPortal(<Outline entries={outline} current={current} />, props.outlineSlot)}
      {props.panelSlot &&
        createPortal(
          <ClausePanel
            clauseId={current?.id ?? null}
            number={current?.number ?? null}
            title={current?.title ?? ""}
            fields={fields}
            mayEdit={mayEdit}
          />,
          props.panelSlot,
        )}
    </>
  );
}

/** The extensions of every text, with fields that show their values. */
function withChips(fields: Y.Map<unknown>, language: string, words: Parameters<typeof fieldChips>[0]["words"]) {
  const chips = fieldChips({ fields, language, words });
  const replaced = new Set(chips.map((chip) => chip.name));
  return [...textExtensions().filter((extension) => !replaced.has(extension.name)), ...chips];
}

function Outline({ entries, current }: { entries: readonly OutlineEntry[]; current: OutlineEntry | null }) {
  return (
    <ClauseList
      clauses={entries.map(({ id, number, title }) => ({
        id,
        number,
        title,
        to: `#${id}`,
        current: current?.id === id,
      }))}
    />
  );
}

/** A browser asks before it closes a tab that holds what nobody else has. */
function useLeaveWarning(unsaved: boolean): void {
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
