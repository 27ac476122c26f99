import "#app/i18n/english/editor.ts";
import { Lock } from "lucide-react";
import { type ReactNode, useId } from "react";
import { type Cells, isUnset } from "#app/domain/documents/field-rows.ts";
import { cellText, fieldText, tableText } from "#app/domain/documents/field-text.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import { isTeamTable } from "#app/domain/documents/team-rows.ts";
import type { Field } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "#app/ui/Status.tsx";
import { ClashLine } from "./ClashLine.tsx";
import { type Around, Control, isGrouped } from "./controls.tsx";
import { FieldRows } from "./FieldRows.tsx";
import { RowsControl } from "./RowsControl.tsx";
import type { SharedFields } from "./shared-fields.ts";
import { TeamOffer } from "./TeamOffer.tsx";

type Props = {
  field: Field;
  fields: SharedFields;
  values: Cells;
  /** of the text, for reading values as they stand in it */
  language: string;
  zone: string;
  around: Around;
  mayEdit: boolean;
  /** key of the field or cell whose control is wanted */
  asked: string | null;
};

/** The control for one value, of whatever kind, with what the person should know about it. */
export function FieldControl(props: Props) {
  const { field, fields, values, mayEdit, language, zone } = props;
  const id = useId();
  const { t } = useTranslation();
  const label = fieldLabel(field.name);
  const value = values[field.name];
  const needed = field.required === "always" && field.type.kind !== "computed" && isUnset(value);
  const edited = mayEdit && !follows(field);
  const isLabel = edited && field.type.kind !== "table" && !isGrouped({ type: field.type, value });
  return (
    <div className="p-field" data-field-control={field.name}>
      {isLabel ? (
        <label className="label" htmlFor={id}>
          {label}
        </label>
      ) : (
        <p className="label" id={id}>
          {label}
        </p>
      )}
      {needed && <Status tone="hold">{t("editor.panel.needed")}</Status>}
      {field.note && <p className="hint">{field.note}</p>}
      {edited ? <Edited {...props} id={id} label={label} /> : <Reading {...props} />}
      {edited && <ClashLine {...{ fields, language, zone }} at={field.name} column={field} />}
    </div>
  );
}

/** Names and reference follow the team, what is computed follows other values, and what the Convention asks for stays. */
const given = ["jitName", "jitReference", "exerciseFlag"];
const follows = ({ name, type, fixed }: Field) => given.includes(name) || type.kind === "computed" || fixed;

function Edited({
  field,
  fields,
  values,
  id,
  label,
  language,
  zone,
  around,
  asked,
}: Props & { id: string; label: string }): ReactNode {
  const { name, type } = field;
  if (type.kind === "table")
    return (
      <>
        {around.team && isTeamTable(name) && <TeamOffer {...{ fields, language }} table={name} team={around.team} />}
        <RowsControl {...{ fields, label, language, zone, around, asked }} table={name} />
      </>
    );
  return (
    <Control
      {...{ name, type, label, id, around }}
      value={values[name]}
      onChange={(next) => fields.set(name, next ?? null)}
    />
  );
}

function Reading({ field, values, language }: Props) {
  const { t } = useTranslation();
  if (field.type.kind === "table") return <Rows {...{ field, values, language }} />;
  if (field.fixed)
    return (
      <Status tone="plain" icon={Lock}>
        {t("editor.panel.fixed")}
      </Status>
    );
  const value = values[field.name];
  const words =
    field.type.kind === "computed"
      ? fieldText({ name: field.name }, values, language)
      : isUnset(value)
        ? null
        : cellText(field, value, language);
  return (
    <p className="p-value" dir="auto">
      {words ?? t("editor.panel.unset")}
    </p>
  );
}

function Rows({ field, values, language }: Pick<Props, "field" | "values" | "language">) {
  const { t } = useTranslation();
  const { columns, rows } = tableText(field.name, values, language);
  if (rows.length === 0) return <p className="p-value">{t("editor.field.emptyTable")}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section is a part of the panel; this is a frame that scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <div role="region" className="p-rows" tabIndex={0} aria-label={fieldLabel(field.name)}>
      <FieldRows className="ft" columns={columns} rows={rows} />
    </div>
  );
}
