import "#app/i18n/english/editor.ts";
import { EditorContent, useEditorState } from "@tiptap/react";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { ConnectionBanner, DeviceBanner, SavedLine } from "./ConnectionLine.tsx";
import { clientNames } from "./client-names.ts";
import type { Connection } from "./connection.ts";
import { LeftOverWords } from "./LeftOverWords.tsx";
import { clauseAtCaret, outlineOf } from "./outline.ts";
import { Presence } from "./Presence.tsx";
import { SharedFields } from "./shared-fields.ts";
import { Toolbar } from "./Toolbar.tsx";
import { useTextEditor } from "./text-editor.ts";
import { useConnection, useLeaveWarning } from "./use-connection.ts";
import { useWhereabouts } from "./whereabouts.ts";
import "./editor.css";

type Props = {
  document: string;
  epoch: number;
  reference: string;
  language: string;
  person: string;
  keepsCopy: boolean;
  mayEdit: boolean;
  zone: string;
  /** what the text is, for who cannot see it */
  label: string;
};

/** A text that has no template behind it: no values of fields, no rules, nothing to agree to. Otherwise as the arrangement. */
export function PlainEditor(props: Props) {
  const connection = useConnection(props);
  const { t } = useTranslation();
  if (!connection) return <p className="sheet-wait">{t("editor.loading")}</p>;
  return <ConnectedEditor key={props.document} connection={connection} {...props} />;
}

const nothing = () => {};

function ConnectedEditor({ connection, ...props }: Props & { connection: Connection }) {
  const { t } = useTranslation();
  const { language, person, zone } = props;
  const state = useSyncExternalStore(connection.subscribe, connection.getStanding, connection.getStanding);
  const mayEdit = props.mayEdit && state.phase !== "ended";
  const fields = useMemo(() => new SharedFields(connection.doc, clientNames(connection)), [connection]);
  useEffect(() => () => fields.close(), [fields]);
  const { editor, notice } = useTextEditor({
    ...{ connection, language, fields },
    editable: mayEdit && state.loaded,
    onOpenField: nothing,
    label: props.label,
  });
  useLeaveWarning(connection);
  const number = useEditorState({
    editor,
    selector: ({ editor }) => {
      const place = editor && clauseAtCaret(editor.state);
      return place == null || !editor ? null : (outlineOf(editor.state.doc)[place]?.number ?? null);
    },
  });
  const places = useWhereabouts(editor, connection.provider.awareness);
  return (
    <>
      <p className="doc-meta">
        <SavedLine connection={connection} zone={zone} writes={props.mayEdit} />
      </p>
      <Presence
        people={state.people}
        own={person}
        places={number !== null && mayEdit ? new Map([...places, [person, number]]) : places}
      />
      <ConnectionBanner connection={connection} />
      <DeviceBanner connection={connection} />
      {state.ended === null && <LeftOverWords person={person} />}
      {editor && mayEdit && <Toolbar {...{ editor, language }} />}
      {notice && <Banner tone="warn" title={t(`editor.notice.${notice}`)} live />}
      <div className="sheet" lang={language}>
        {state.loaded ? <EditorContent editor={editor} /> : <p className="sheet-wait">{t("editor.loading")}</p>}
      </div>
    </>
  );
}
