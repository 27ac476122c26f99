import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type * as Y from "yjs";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { findClause } from "#app/domain/templates/agreement.ts";
import { FieldControl } from "./FieldControl.tsx";

type Props = {
  clauseId: string | null;
  number: number | null;
  title: string;
  fields: Y.Map<unknown>;
  mayEdit: boolean;
};

/** Beside the text: what the clause at the caret is for, and its values. */
export function ClausePanel({ clauseId, number, title, fields, mayEdit }: Props) {
  const { t } = useTranslation();
  const values = useFields(fields);
  const clause = clauseId === null ? undefined : findClause(clauseId);
  if (number === null) {
    return (
      <aside className="panel" aria-label={t("editor.panel.label", { number: "" })}>
        <p className="hint">{t("editor.panel.none")}</p>
      </aside>
    );
  }
  return (
    <aside className="panel" aria-label={t("editor.panel.label", { number })}>
      <h2 className="panel-title">
        <span>{t("editor.panel.title", { number })}</span> <bdi>{title}</bdi>
      </h2>
      {clause?.fixed && <p className="hint">{t("editor.panel.fixed")}</p>}
      {clause && (
        <section>
          <h3>{t("editor.panel.values")}</h3>
          {clause.fields.length === 0 && <p className="hint">{t("editor.panel.noValues")}</p>}
          {clause.fields.map((field) => (
            <FieldControl
              key={field.name}
              field={field}
              label={fieldLabel(field.name)}
              value={values[field.name]}
              mayEdit={mayEdit}
              onChange={(value) => (value === undefined ? fields.delete(field.name) : fields.set(field.name, value))}
            />
          ))}
        </section>
      )}
      {clause && (
        <section>
          <Explained title={t("editor.panel.why")} text={clause.why} />
          <Explained title={t("editor.panel.convention")} text={clause.convention} />
          <Explained title={t("editor.panel.euModel")} text={clause.euModel} />
        </section>
      )}
    </aside>
  );
}

function Explained({ title, text }: { title: string; text: string }) {
  if (!text) return null;
  return (
    <>
      <h3>{title}</h3>
      <p>{text}</p>
    </>
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
