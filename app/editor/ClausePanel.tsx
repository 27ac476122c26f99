import { Lock } from "lucide-react";
import { useSyncExternalStore } from "react";
import type * as Y from "yjs";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { findClause, findField } from "#app/domain/templates/agreement.ts";
import type { Clause, Field } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "#app/ui/Status.tsx";
import { FieldControl } from "./FieldControl.tsx";
import type { OutlineEntry } from "./outline.ts";

type Props = {
  clause: OutlineEntry | null;
  /** names of the fields that stand in its words; some belong to other clauses */
  used: readonly string[];
  fields: Y.Map<unknown>;
  language: string;
  mayEdit: boolean;
};

/** What the clause at the caret is for, and its values. */
export function ClausePanel({ clause: at, used, ...rest }: Props) {
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
      {at && <Values shown={shown} {...rest} />}
      {clause && <Reasons clause={clause} />}
    </div>
  );
}

/** The clause's own fields first, then those of other clauses that it names. */
function fieldsOf(clause: Clause | undefined, used: readonly string[]): Field[] {
  const named = used.map(findField).filter((field): field is Field => field !== undefined);
  return [...new Set([...(clause?.fields ?? []), ...named])];
}

function Values({ shown, fields, language, mayEdit }: Omit<Props, "clause" | "used"> & { shown: readonly Field[] }) {
  const { t } = useTranslation();
  const values = useFields(fields);
  return (
    <section>
      <h3>{t("editor.panel.values")}</h3>
      {shown.length === 0 && <p className="hint">{t("editor.panel.noValues")}</p>}
      {shown.map((field) => (
        <FieldControl
          key={field.name}
          field={field}
          label={fieldLabel(field.name)}
          values={values}
          language={language}
          mayEdit={mayEdit}
          onChange={(value) => (value === undefined ? fields.delete(field.name) : fields.set(field.name, value))}
        />
      ))}
    </section>
  );
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

const snapshots = new WeakMap<Y.Map<unknown>, Record<string, unknown>>();

/** The values as they are now; the same object until one of them changes. */
function useFields(fields: Y.Map<unknown>): Record<string, unknown> {
  return useSyncExternalStore(
    (changed) => {
      const heard = () => {
        snapshots.delete(fields);
        changed();
      };
      fields.observe(heard);
      return () => fields.unobserve(heard);
    },
    () => {
      const known = snapshots.get(fields) ?? fields.toJSON();
      snapshots.set(fields, known);
      return known;
    },
  );
}
