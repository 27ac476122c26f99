import "#app/i18n/english/editor.ts";
import { Lock } from "lucide-react";
import { useSyncExternalStore } from "react";
import type * as Y from "yjs";
import type { Comparison } from "#app/domain/checks/comparison.ts";
import { isUnset } from "#app/domain/documents/field-rows.ts";
import type { TeamFacts } from "#app/domain/documents/team-rows.ts";
import { adviceOn } from "#app/domain/templates/advice.ts";
import { findClause, findField } from "#app/domain/templates/agreement.ts";
import type { Clause, Field, Segment } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "#app/ui/Status.tsx";
import { FieldControl } from "./FieldControl.tsx";
import { OtherWords } from "./OtherWords.tsx";
import type { OutlineEntry } from "./outline.ts";
import type { SharedFields } from "./shared-fields.ts";
import { Wordings } from "./Wordings.tsx";
import "./panel.css";

type Props = {
  clause: OutlineEntry | null;
  /** names of the fields that stand in its words; some belong to other clauses */
  used: readonly string[];
  fields: SharedFields;
  /** the shared document with the texts in other languages, its id, and what was compared between them */
  doc: Y.Doc;
  document: string;
  comparisons: readonly Comparison[];
  language: string;
  zone: string;
  team: TeamFacts | null;
  mayEdit: boolean;
  /** key of the field or cell whose control is wanted */
  asked: string | null;
  /** at the caret, or as a paragraph at the end of the clause that holds it */
  onInsert: (wording: readonly Segment[], where: "caret" | "paragraph") => void;
};

/** What the clause at the caret is for, its values, and ways to word it. */
export function ClausePanel({ clause: at, used, onInsert, doc, document, comparisons, ...rest }: Props) {
  const { t } = useTranslation();
  const clause = at ? findClause(at.id) : undefined;
  const shown = fieldsOf(clause, used);
  return (
    <div className="p-clause">
      {!at && (
        <section>
          <p className="hint">{t("editor.panel.none")}</p>
        </section>
      )}
      {at && !clause && (
        <section>
          <p className="hint">{t("editor.panel.added")}</p>
        </section>
      )}
      {at && (
        <OtherWords {...{ doc, document, comparisons }} clause={at} language={rest.language} mayEdit={rest.mayEdit} />
      )}
      {at && <Values shown={shown} {...rest} />}
      {clause && <Reasons clause={clause} />}
      {clause && <Wordings key={clause.id} clause={clause} onInsert={rest.mayEdit ? onInsert : null} {...rest} />}
    </div>
  );
}

/** The clause's own fields first, then those of other clauses that it names. */
function fieldsOf(clause: Clause | undefined, used: readonly string[]): Field[] {
  const named = used.map(findField).filter((field): field is Field => field !== undefined);
  return [...new Set([...(clause?.fields ?? []), ...named])];
}

function Values({
  shown,
  fields,
  team,
  ...rest
}: Omit<Props, "clause" | "used" | "onInsert" | "doc" | "document" | "comparisons"> & { shown: readonly Field[] }) {
  const { t } = useTranslation();
  const values = useSyncExternalStore(fields.subscribe, fields.values);
  const around = { team, languages: authenticOf(values.authenticLanguages, rest.language) };
  return (
    <section>
      <h3>{t("editor.panel.values")}</h3>
      {shown.length === 0 && <p className="hint">{t("editor.panel.noValues")}</p>}
      {shown
        // What is computed and has no source here would be a line without an answer.
        .filter(({ name, type }) => type.kind !== "computed" || name === "expiryDate" || !isUnset(values[name]))
        .map((field) => (
          <FieldControl key={field.name} {...{ field, fields, values, around, ...rest }} />
        ))}
    </section>
  );
}

/** A text that people write in several languages has a line for each authentic one. */
function authenticOf(value: unknown, language: string): string[] {
  const chosen = Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
  return [...new Set([language, ...chosen])];
}

function Reasons({ clause }: { clause: Clause }) {
  const { t } = useTranslation();
  return (
    <section>
      <h3>{t("editor.panel.why")}</h3>
      <p>{clause.why}</p>
      {clause.fixed && (
        <p className="p-fixed">
          <Status tone="plain" icon={Lock}>
            {t("editor.panel.fixed")}
          </Status>
        </p>
      )}
      <dl>
        <Explained term={t("editor.panel.convention")} text={clause.convention} />
        <Explained term={t("editor.panel.euModel")} text={clause.euModel} />
        <Explained term={t("editor.panel.trouble")} text={adviceOn(clause.id)?.trouble ?? ""} />
      </dl>
    </section>
  );
}

function Explained({ term, text }: { term: string; text: string }) {
  if (!text) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}
