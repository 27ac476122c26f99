import { useRevalidator } from "@remix-run/react";
import type { Editor } from "@tiptap/core";
import type { EditorState } from "@tiptap/pm/state";
import { EditorContent, useEditorState } from "@tiptap/react";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import * as Y from "yjs";
import { isAgreedByAll, type Stand } from "#app/domain/agreeing/assents.ts";
import { fieldsName } from "#app/domain/documents/text.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { standsInOrder, standsInWords } from "#app/ui/agreement/assent-words.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ClauseList } from "#app/ui/ClauseList.tsx";
import { type AssentLine, showAssents } from "./assent-lines.ts";
import { type Standing, useAssents } from "./assents.ts";
import { BesideText } from "./BesideText.tsx";
import { ClauseAssent } from "./ClauseAssent.tsx";
import { ClausePanel } from "./ClausePanel.tsx";
import { ConnectionBanner, SavedLine } from "./ConnectionLine.tsx";
import { Connection } from "./connection.ts";
import { askDoor } from "./door.ts";
import { clauseAtCaret, fieldsIn, type OutlineEntry, outlineOf } from "./outline.ts";
import { readOwnCaret } from "./own-caret.ts";
import { Presence } from "./Presence.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { useTextEditor } from "./text-editor.ts";
import { WholeTextAssent } from "./WholeTextAssent.tsx";
import { useWhereabouts } from "./whereabouts.ts";
import "./editor.css";

export type Props = {
  document: string;
  language: string;
  person: string;
  mayEdit: boolean;
  exercise: boolean;
  /** where to ask who agrees to what; null while the parties do not negotiate */
  assents: string | null;
  /** the page on which a party agrees to the whole text */
  agree: string;
  zone: string;
  /** elements of the frame that take the list of clauses and the panel; null while they are not there */
  outlineSlot: Element | null;
  panelSlot: Element | null;
  statusSlot: Element | null;
};

/** Opens the connection once for the life of the page; in development React mounts twice. */
function useConnection(document: string): Connection | null {
  const [connection, setConnection] = useState<Connection | null>(null);
  const { revalidate } = useRevalidator();
  const roleChanged = useRef(revalidate);
  roleChanged.current = revalidate;
  useEffect(() => {
    const address = `${window.location.origin.replace(/^http/, "ws")}/collab`;
    const page = { askDoor, roleChanged: () => roleChanged.current(), beforeOthers: readOwnCaret };
    const opened = new Connection(address, document, new Y.Doc(), page);
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
  const mayEdit = props.mayEdit && state.phase !== "ended";
  const fields = useMemo(() => connection.doc.getMap(fieldsName), [connection]);
  const [asked, setAsked] = useState<string | null>(null);
  const { editor, notice } = useTextEditor({ connection, language, fields, onOpenField: setAsked });
  useEffect(() => {
    // Not before the text is there: what is typed into an empty document would have no clause to stand in.
    editor?.setEditable(mayEdit && state.loaded, false);
  }, [editor, mayEdit, state.loaded]);
  useLeaveWarning(state.unsaved);
  const at = useEditorState({
    editor,
    selector: ({ editor }) => (editor ? stateOf(editor.state) : null),
  });
  const outline = state.loaded ? (at?.outline ?? []) : [];
  const current = at?.clause != null ? (outline[at.clause] ?? null) : null;
  const standing = useAssents(connection, props.assents, state.loaded);
  useAssentLines(editor, standing);
  const places = useWhereabouts(editor, connection.provider.awareness);
  const list = <Outline entries={outline} current={current} standing={standing} />;
  const panel = (
    <>
      {standing && current && props.assents && (
        <ClauseAssent key={current.id} clause={current} standing={standing} address={props.assents} zone={zone} />
      )}
      <ClausePanel clause={current} used={at?.used ?? []} fields={fields} language={language} mayEdit={mayEdit} />
      {standing && <WholeTextAssent standing={standing} to={props.agree} />}
    </>
  );
  const beside = (
    <BesideText {...{ number: current?.number ?? null, list, panel, asked }} onShown={() => setAsked(null)} />
  );
  return (
    <>
      {props.statusSlot &&
        createPortal(<SavedLine state={state} zone={zone} writes={props.mayEdit} />, props.statusSlot)}
      <Presence
        people={state.people}
        own={person}
        places={current && mayEdit ? new Map([...places, [person, current.number]]) : places}
      />
      <ConnectionBanner state={state} unsentText={() => connection.unsentText()} />
      {editor && mayEdit ? (
        <Toolbar {...{ editor, language }}>{beside}</Toolbar>
      ) : (
        <div className="toolbar quiet">{beside}</div>
      )}
      {notice && <Banner tone="warn" title={t(`editor.notice.${notice}`)} live />}
      <div className="sheet" lang={language}>
        {exercise && (
          <p className="marking" aria-hidden="true">
            {t("shell.exerciseName")}
          </p>
        )}
        {state.loaded ? <EditorContent editor={editor} /> : <p className="sheet-wait">{t("editor.loading")}</p>}
      </div>
      {props.outlineSlot && createPortal(list, props.outlineSlot)}
      {props.panelSlot &&
        createPortal(
          <aside className="panel" aria-label={t("editor.panel.label")}>
            <p className="panel-title">
              {current ? t("editor.open", { number: current.number }) : t("editor.openNone")}
            </p>
            {panel}
          </aside>,
          props.panelSlot,
        )}
    </>
  );
}

function stateOf(state: EditorState) {
  const clause = clauseAtCaret(state);
  return { outline: outlineOf(state.doc), clause, used: clause === null ? [] : fieldsIn(state.doc.child(clause)) };
}

type OutlineProps = { entries: readonly OutlineEntry[]; current: OutlineEntry | null; standing: Standing | null };

function Outline({ entries, current, standing }: OutlineProps) {
  const { t } = useTranslation();
  const stands = entries.map(({ id }) => standing?.clauses.get(id)?.stands ?? []);
  return (
    <ClauseList
      summary={
        standing
          ? t("agreeing.counted", { agreed: stands.filter(isAgreedByAll).length, all: stands.length })
          : undefined
      }
      clauses={entries.map(({ id, number, title }, index) => ({
        id,
        number,
        title,
        to: `#${id}`,
        current: current?.id === id,
        agreed: agreedOf(stands[index] ?? []),
      }))}
    />
  );
}

function agreedOf(stands: readonly Stand[]): string | undefined {
  const agreed = stands.filter((stand) => stand.holds).length;
  if (stands.length === 0 || stands.every((stand) => !stand.assent)) return undefined;
  return isAgreedByAll(stands) ? "all" : `${agreed}/${stands.length}`;
}

/** Below the titles in the text: who agrees, wherever somebody has said so. */
function useAssentLines(editor: Editor | null, standing: Standing | null): void {
  const { t, i18n } = useTranslation();
  useEffect(() => {
    if (!editor) return;
    const lines = new Map<string, AssentLine>();
    for (const [id, { stands }] of standing?.clauses ?? []) {
      if (stands.every((stand) => !stand.assent)) continue;
      const plates = standsInOrder(stands, standing?.own?.id ?? null, i18n.language).map(({ code, own, holds }) => ({
        code,
        own,
        agreed: holds,
      }));
      lines.set(id, { plates, sentence: standsInWords(stands, { t, i18n }) });
    }
    showAssents(editor, lines);
  }, [editor, standing, t, i18n]);
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
