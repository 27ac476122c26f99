import "#app/i18n/english/editor.ts";
import "#app/i18n/english/imports.ts";
import type { EditorState } from "@tiptap/pm/state";
import { EditorContent, useEditorState } from "@tiptap/react";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { createPortal } from "react-dom";
import type { Facts } from "#app/domain/checks/facts.ts";
import { type Override, standingOf } from "#app/domain/checks/overrides.ts";
import type { TeamFacts } from "#app/domain/documents/team-rows.ts";
import { directionOf } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { useAssentLines } from "./assent-lines.ts";
import { clauseDigestNow, useBeside } from "./assents.ts";
import { BeginLanguage, LackingClauses } from "./BeginLanguage.tsx";
import { BesideText } from "./BesideText.tsx";
import { useBrought } from "./brought.ts";
import { ClauseAssent } from "./ClauseAssent.tsx";
import { ConnectionBanner, DeviceBanner, SavedLine } from "./ConnectionLine.tsx";
import { clientNames } from "./client-names.ts";
import type { Connection } from "./connection.ts";
import { useFindings } from "./findings.ts";
import { useGoing } from "./going.ts";
import { insertWording } from "./insert-wording.ts";
import { LanguageBar } from "./LanguageBar.tsx";
import { LeftOverWords } from "./LeftOverWords.tsx";
import { type Languages, useLanguages } from "./languages.ts";
import { useLater } from "./later.ts";
import { Outline } from "./Outline.tsx";
import { clauseAtCaret, fieldsIn, outlineOf } from "./outline.ts";
import { Presence } from "./Presence.tsx";
import { SaidCounts } from "./SaidCounts.tsx";
import { type Side, SidePanel } from "./SidePanel.tsx";
import { SharedFields } from "./shared-fields.ts";
import { Toolbar } from "./Toolbar.tsx";
import { useTextEditor } from "./text-editor.ts";
import { useConnection, useLeaveWarning } from "./use-connection.ts";
import { WholeTextAssent } from "./WholeTextAssent.tsx";
import { useWhereabouts } from "./whereabouts.ts";
import "./editor.css";

export type Props = {
  document: string;
  /** raised when the text is rebuilt */
  epoch: number;
  /** of the team */
  reference: string;
  /** address of the text */
  base: string;
  /** an annex is checked by fewer rules */
  annex: boolean;
  language: string;
  person: string;
  /** the person wants this device to keep the text */
  keepsCopy: boolean;
  mayEdit: boolean;
  mayOverride: boolean;
  facts: Facts;
  overrides: readonly Override[];
  exercise: boolean;
  /** the parties negotiate: they agree to clauses and to the whole */
  negotiates: boolean;
  zone: string;
  /** what the records of the team say, for whoever may write */
  team: TeamFacts | null;
  /** elements of the frame that take the list of clauses and the panel; null while they are not there */
  outlineSlot: Element | null;
  panelSlot: Element | null;
  statusSlot: Element | null;
};

/** What is beside the text: its rules with what they find, and the controls of its values. */
async function loadBeside() {
  const [{ checkAnnex, checkArrangement }, { FindingsPanel }, { ClausePanel }] = await Promise.all([
    import("#app/domain/checks/check.ts"),
    import("./FindingsPanel.tsx"),
    import("./ClausePanel.tsx"),
  ]);
  return { checkAnnex, checkArrangement, FindingsPanel, ClausePanel };
}

/** The text of an arrangement, written by several people at once. Loaded only by the page that shows it. */
export function ArrangementEditor(props: Props) {
  const connection = useConnection(props);
  const { t } = useTranslation();
  if (!connection) return <p className="sheet-wait">{t("editor.loading")}</p>;
  return <InLanguage connection={connection} {...props} />;
}

/** The text in the language asked for. English is there from the first row; any other may still have to be begun. */
function InLanguage({ connection, ...props }: Props & { connection: Connection }) {
  const { t } = useTranslation();
  const { document, language, mayEdit } = props;
  const languages = useLanguages(connection);
  if (language === "en" || languages?.begun.includes(language))
    return <ConnectedEditor key={`${document} ${language}`} {...{ connection, languages }} {...props} />;
  if (!languages)
    return (
      <>
        <ConnectionBanner connection={connection} />
        <p className="sheet-wait">{t("editor.loading")}</p>
      </>
    );
  return (
    <>
      <ConnectionBanner connection={connection} />
      <LanguageBar languages={languages} shown={language} />
      <BeginLanguage {...{ document, language }} mayBegin={mayEdit} authentic={languages.offered.includes(language)} />
    </>
  );
}

type Connected = Props & { connection: Connection; languages: Languages | null };

function ConnectedEditor({ connection, languages, ...props }: Connected) {
  const { t } = useTranslation();
  const { language, person, exercise, zone, team } = props;
  const state = useSyncExternalStore(connection.subscribe, connection.getStanding, connection.getStanding);
  const mayEdit = props.mayEdit && state.phase !== "ended";
  const fields = useMemo(() => new SharedFields(connection.doc, clientNames(connection)), [connection]);
  useEffect(() => () => fields.close(), [fields]);
  const [asked, setAsked] = useState<string | null>(null);
  const [side, setSide] = useState<Side>("findings");
  const openField = useCallback((field: string) => {
    setSide("clause");
    setAsked(field);
  }, []);
  const editable = mayEdit && state.loaded;
  const { editor, notice } = useTextEditor({ connection, language, fields, editable, onOpenField: openField });
  const brought = useBrought(editor, props.document, state.loaded, mayEdit);
  useLeaveWarning(connection);
  const at = useEditorState({
    editor,
    selector: ({ editor }) => (editor ? stateOf(editor.state) : null),
  });
  const outline = state.loaded ? (at?.outline ?? []) : [];
  const current = at?.clause != null ? (outline[at.clause] ?? null) : null;
  const { base } = props;
  const came = useMemo(() => ({ facts: props.facts, overrides: props.overrides }), [props.facts, props.overrides]);
  const { agreed, checking } = useBeside(connection, {
    address: `${base}/assents`,
    loaded: state.loaded,
    negotiates: props.negotiates,
    checking: came,
  });
  useAssentLines(editor, agreed);
  const places = useWhereabouts(editor, connection.provider.awareness);
  const come = useLater(loadBeside, state.loaded);
  const here = come === "failed" ? null : come;
  const notHere = <p className="panel-note">{t(come === "failed" ? "editor.panel.failed" : "editor.panel.loading")}</p>;
  const rules = (props.annex ? here?.checkAnnex : here?.checkArrangement) ?? null;
  const checked = useFindings({ editor, doc: connection.doc, language, facts: checking.facts, rules });
  const standing = useMemo(() => checked && standingOf(checked.findings, checking.overrides), [checked, checking]);
  const go = useGoing({ editor, language, mayEdit, current: current?.id ?? null, fields, onField: openField });
  const findingsPanel = (close: () => void) =>
    here ? (
      <here.FindingsPanel
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
    ) : (
      notHere
    );
  const lacking = (mayEdit && languages?.lacking[language]) || 0;
  const clauseTitle = current ? t("editor.open", { number: current.number }) : t("editor.openNone");
  const list = <Outline entries={outline} current={current} agreed={agreed} />;
  const panel = (
    <>
      {agreed && current && (
        <ClauseAssent
          key={current.id}
          {...{ clause: current, agreed, address: `${base}/assents`, zone, connected: state.phase === "open" }}
          wordsOnceSaved={async () =>
            (await connection.whenSaved()) ? clauseDigestNow(connection.doc, current.id) : undefined
          }
        />
      )}
      {here ? (
        <here.ClausePanel
          {...{ fields, language, zone, team, mayEdit, asked }}
          doc={connection.doc}
          document={props.document}
          comparisons={checking.facts.comparisons ?? []}
          clause={current}
          used={at?.used ?? []}
          onInsert={(wording, where) => editor && insertWording(editor, wording, where)}
        />
      ) : (
        notHere
      )}
      {agreed && <WholeTextAssent agreed={agreed} to={`${base}/agree`} />}
    </>
  );
  const beside = (
    <BesideText
      {...{ title: clauseTitle, list, panel, findings: findingsPanel, count: standing?.open.length ?? null }}
      asked={here && asked}
      onShown={() => setAsked(null)}
    />
  );
  return (
    <>
      {props.statusSlot &&
        createPortal(<SavedLine connection={connection} zone={zone} writes={props.mayEdit} />, props.statusSlot)}
      <Presence
        people={state.people}
        own={person}
        places={current && mayEdit ? new Map([...places, [person, current.number]]) : places}
      />
      <ConnectionBanner connection={connection} />
      <DeviceBanner connection={connection} />
      {state.ended === null && <LeftOverWords person={person} />}
      {editor && mayEdit ? (
        <Toolbar {...{ editor, language }}>{beside}</Toolbar>
      ) : (
        <div className="toolbar quiet">{beside}</div>
      )}
      {brought && typeof brought === "object" && <Banner tone="good" title={t("imports.brought", brought)} live />}
      {typeof brought === "string" && <Banner tone="warn" title={t(`imports.${brought}`)} live />}
      {notice && <Banner tone="warn" title={t(`editor.notice.${notice}`)} live />}
      {languages && <LanguageBar languages={languages} shown={language} />}
      {lacking > 0 && <LackingClauses {...{ document: props.document, language }} count={lacking} />}
      <div className="sheet" lang={language} dir={directionOf(language)}>
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
    </>
  );
}

function stateOf(state: EditorState) {
  const clause = clauseAtCaret(state);
  return { outline: outlineOf(state.doc), clause, used: clause === null ? [] : fieldsIn(state.doc.child(clause)) };
}
