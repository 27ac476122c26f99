import { useRevalidator } from "@remix-run/react";
import type { EditorState } from "@tiptap/pm/state";
import { EditorContent, useEditorState } from "@tiptap/react";
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import * as Y from "yjs";
import type { Facts } from "#app/domain/checks/facts.ts";
import { severityOf } from "#app/domain/checks/finding.ts";
import { type Override, type Standing, standingOf } from "#app/domain/checks/overrides.ts";
import type { Severity } from "#app/domain/checks/rules.ts";
import { fieldsName } from "#app/domain/documents/text.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ClauseList } from "#app/ui/ClauseList.tsx";
import { BesideText } from "./BesideText.tsx";
import { ClausePanel } from "./ClausePanel.tsx";
import { ConnectionBanner, SavedLine } from "./ConnectionLine.tsx";
import { Connection } from "./connection.ts";
import { askDoor } from "./door.ts";
import { FindingsPanel } from "./FindingsPanel.tsx";
import { useFindings } from "./findings.ts";
import { useGoing } from "./going.ts";
import { clauseAtCaret, fieldsIn, type OutlineEntry, outlineOf } from "./outline.ts";
import { readOwnCaret } from "./own-caret.ts";
import { Presence } from "./Presence.tsx";
import { PartyStates } from "./party-states.ts";
import { type Side, SidePanel } from "./SidePanel.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { useTextEditor } from "./text-editor.ts";
import { useWhereabouts } from "./whereabouts.ts";
import "./editor.css";

export type Props = {
  document: string;
  language: string;
  person: string;
  mayEdit: boolean;
  mayOverride: boolean;
  facts: Facts;
  overrides: readonly Override[];
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
  const states = useMemo(() => props.facts.parties.map((party) => party.state), [props.facts]);
  const fields = useMemo(() => connection.doc.getMap(fieldsName), [connection]);
  const [asked, setAsked] = useState<string | null>(null);
  const [side, setSide] = useState<Side>("findings");
  const openField = useCallback((field: string) => {
    setSide("clause");
    setAsked(field);
  }, []);
  const { editor, notice } = useTextEditor({ connection, language, fields, onOpenField: openField });
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
  const places = useWhereabouts(editor, connection.provider.awareness);
  const checked = useFindings(editor, connection.doc, language, props.facts, state.loaded);
  const standing = useMemo(() => checked && standingOf(checked.findings, props.overrides), [checked, props.overrides]);
  const go = useGoing({ editor, language, mayEdit, current: current?.id ?? null, onField: openField });
  const findingsPanel = (close: () => void) => (
    <FindingsPanel
      standing={standing}
      checkedAt={checked?.at ?? null}
      outline={outline}
      current={current?.id ?? null}
      document={props.document}
      mayOverride={props.mayOverride}
      zone={zone}
      onGo={(finding) => {
        close();
        return go(finding);
      }}
    />
  );
  const clauseTitle = current ? t("editor.open", { number: current.number }) : t("editor.openNone");
  const list = <Outline entries={outline} current={current} />;
  const panel = (
    <ClausePanel clause={current} used={at?.used ?? []} fields={fields} language={language} mayEdit={mayEdit} />
  );
  const beside = (
    <BesideText
      {...{ title: clauseTitle, list, panel, findings: findingsPanel, count: standing?.open.length ?? null, asked }}
      onShown={() => setAsked(null)}
    />
  );
  return (
    <PartyStates.Provider value={states}>
      {props.statusSlot &&
        createPortal(<SavedLine state={state} zone={zone} writes={props.mayEdit} />, props.statusSlot)}
      <Presence
        people={state.people}
        own={person}
        places={current && mayEdit ? new Map([...places, [person, current.number]]) : places}
      />
      <ConnectionBanner state={state} unsentText={() => connection.unsentText()} />
      {editor && mayEdit ? <Toolbar editor={editor}>{beside}</Toolbar> : <div className="toolbar quiet">{beside}</div>}
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
          <SidePanel
            shown={side}
            onShow={setSide}
            count={standing?.open.length ?? null}
            clauseTitle={clauseTitle}
            findings={findingsPanel(() => {})}
            clause={panel}
          />,
          props.panelSlot,
        )}
      <SaidCounts standing={standing} />
    </PartyStates.Provider>
  );
}

/** Read out when it changes: how many findings there are, in words. */
function SaidCounts({ standing }: { standing: Standing | null }) {
  const { t } = useTranslation();
  const count = (severity: Severity) => standing?.open.filter((one) => severityOf(one) === severity).length ?? 0;
  const counts = {
    finalising: count("finalising"),
    signature: count("signature"),
    warning: count("warning"),
  };
  return (
    <p className="vh" role="status">
      {standing && (standing.open.length === 0 ? t("checks.none") : t("checks.announced", counts))}
    </p>
  );
}

function stateOf(state: EditorState) {
  const clause = clauseAtCaret(state);
  return { outline: outlineOf(state.doc), clause, used: clause === null ? [] : fieldsIn(state.doc.child(clause)) };
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
