import { useId } from "react";
import { useTranslation } from "react-i18next";
import { valueText } from "#app/domain/documents/field-text.ts";
import { labelOf } from "#app/domain/documents/labels.ts";
import type { Field } from "#app/domain/templates/fields.ts";
import { zoneChoices } from "#app/i18n/choices.ts";

type Props = {
  field: Field;
  label: string;
  value: unknown;
  mayEdit: boolean;
  /** undefined takes the value away */
  onChange: (value: unknown) => void;
};

/** The control for one value. What the arrangement is called by, and lists of rows, are shown as they read. */
export function FieldControl({ field, label, value, mayEdit, onChange }: Props) {
  const id = useId();
  const control = mayEdit ? controlOf({ field, value, onChange, id }) : null;
  return (
    <div className="panel-field">
      <label htmlFor={control ? id : undefined}>{label}</label>
      {control ?? <Reading field={field} value={value} />}
    </div>
  );
}

type ControlProps = Pick<Props, "field" | "value" | "onChange"> & { id: string };

/** Names and reference follow the team, not the text. */
const given = ["jitName", "jitReference", "exerciseFlag"];

function controlOf(props: ControlProps) {
  if (given.includes(props.field.name)) return null;
  switch (props.field.type.kind) {
    case "boolean":
      return <BooleanControl {...props} />;
    case "choice":
      return <ChoiceControl {...props} options={props.field.type.options} />;
    case "duration":
      return <DurationControl {...props} />;
    case "zone":
      return <ZoneControl {...props} />;
    case "date":
      return <LineControl {...props} type="date" />;
    case "number":
      return <NumberControl {...props} />;
    case "text":
    case "party":
      return <LineControl {...props} type="text" />;
    case "longText":
      return <LongControl {...props} />;
    default:
      return null;
  }
}

function Reading({ field, value }: Pick<Props, "field" | "value">) {
  const { t, i18n } = useTranslation();
  if (field.type.kind === "table") {
    return (
      <p className="panel-value">{t("editor.panel.tableRows", { count: Array.isArray(value) ? value.length : 0 })}</p>
    );
  }
  const text =
    value == null || value === "" ? t("editor.panel.unset") : valueText(field.name, field.type, value, i18n.language);
  return (
    <p className="panel-value" dir="auto">
      {text}
    </p>
  );
}

function BooleanControl({ value, onChange, id }: ControlProps) {
  const { t } = useTranslation();
  return (
    <select
      id={id}
      className="input"
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={({ target }) => onChange(target.value === "" ? undefined : target.value === "true")}
    >
      <option value="">{t("editor.panel.unset")}</option>
      <option value="true">{t("editor.panel.yes")}</option>
      <option value="false">{t("editor.panel.no")}</option>
    </select>
  );
}

function ChoiceControl({ field, value, onChange, id, options }: ControlProps & { options: string[] }) {
  const { t } = useTranslation();
  return (
    <select
      id={id}
      className="input"
      value={typeof value === "string" ? value : ""}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="">{t("editor.panel.unset")}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {labelOf(field.name, option)}
        </option>
      ))}
    </select>
  );
}

const durationParts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;

/** Months and days; a year is twelve months. */
function DurationControl({ value, onChange, id }: ControlProps) {
  const { t } = useTranslation();
  const [, years, months, days] = durationParts.exec(typeof value === "string" ? value : "") ?? [];
  const inMonths = Number(years ?? 0) * 12 + Number(months ?? 0);
  const set = (nextMonths: number, nextDays: number) => {
    const text = `P${nextMonths ? `${nextMonths}M` : ""}${nextDays ? `${nextDays}D` : ""}`;
    onChange(text === "P" ? undefined : text);
  };
  const bounded = (text: string, most: number) => Math.min(most, Math.max(0, Math.trunc(Number(text) || 0)));
  return (
    <span className="panel-pair">
      <input
        id={id}
        className="input num"
        type="number"
        min={0}
        max={240}
        value={inMonths}
        onChange={({ target }) => set(bounded(target.value, 240), Number(days ?? 0))}
      />
      <span>{t("editor.panel.months")}</span>
      <input
        aria-label={t("editor.panel.days")}
        className="input num"
        type="number"
        min={0}
        max={365}
        value={Number(days ?? 0)}
        onChange={({ target }) => set(inMonths, bounded(target.value, 365))}
      />
      <span>{t("editor.panel.days")}</span>
    </span>
  );
}

function ZoneControl({ value, onChange, id }: ControlProps) {
  return (
    <select
      id={id}
      className="input"
      value={String(value ?? "")}
      onChange={({ target }) => onChange(target.value || undefined)}
    >
      <option value="" />
      {zoneChoices().map((zone) => (
        <option key={zone.value} value={zone.value}>
          {zone.label}
        </option>
      ))}
    </select>
  );
}

function NumberControl({ field, value, onChange, id }: ControlProps) {
  const { min = 0, max } = field.type as { min?: number; max?: number };
  return (
    <input
      id={id}
      className="input num"
      type="number"
      min={min}
      max={max}
      value={typeof value === "number" ? value : ""}
      onChange={({ target }) => onChange(target.value === "" ? undefined : Number(target.value))}
    />
  );
}

/** Written into the text when the person leaves the field: a value is one change, not one a letter. */
function LineControl({ value, onChange, id, type }: ControlProps & { type: "text" | "date" }) {
  const text = typeof value === "string" ? value : "";
  return (
    <input
      key={text}
      id={id}
      className="input"
      type={type}
      dir="auto"
      maxLength={500}
      defaultValue={text}
      onBlur={({ target }) => target.value !== text && onChange(target.value || undefined)}
    />
  );
}

function LongControl({ value, onChange, id }: ControlProps) {
  const { i18n } = useTranslation();
  const localized = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  const text = String((localized ? localized[i18n.language] : value) ?? "");
  const set = (next: string) => onChange(localized ? { ...localized, [i18n.language]: next } : next || undefined);
  return (
    <textarea
      key={text}
      id={id}
      className="input"
      dir="auto"
      rows={3}
      maxLength={5000}
      defaultValue={text}
      onBlur={({ target }) => target.value !== text && set(target.value)}
    />
  );
}
