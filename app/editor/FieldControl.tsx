import { ChevronDown } from "lucide-react";
import { type ReactNode, useContext, useId } from "react";
import { tableText, valueText } from "#app/domain/documents/field-text.ts";
import { fieldLabel, labelOf } from "#app/domain/documents/labels.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { Field } from "#app/domain/templates/fields.ts";
import { zoneChoices } from "#app/i18n/choices.ts";
import { languages } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "#app/ui/Icon.tsx";
import { Status } from "#app/ui/Status.tsx";
import { FieldRows } from "./FieldRows.tsx";
import { PartyStates } from "./party-states.ts";
import { RowsControl } from "./RowsControl.tsx";
import {
  type ControlProps,
  DurationControl,
  LineControl,
  ListedControl,
  LocalizedControl,
  LongControl,
  NumberControl,
} from "./typed-controls.tsx";

type Props = {
  field: Field;
  label: string;
  values: Readonly<Record<string, unknown>>;
  /** of the text, for reading values as they stand in it */
  language: string;
  mayEdit: boolean;
  /** undefined takes the value away */
  onChange: (value: unknown) => void;
};

/** The control for one value. What the team gives it, such as its name, is shown as it reads. */
export function FieldControl({ field, label, values, language, mayEdit, onChange }: Props) {
  const id = useId();
  const { t } = useTranslation();
  const value = values[field.name];
  const control = mayEdit ? controlOf({ field, value, onChange, id, label }) : null;
  const isList = control?.kind === "list";
  const needed = field.required === "always" && isUnset(value);
  return (
    <div className="p-field" data-field-control={field.name}>
      {isList ? (
        <p className="label" id={id}>
          {label}
        </p>
      ) : (
        <label className="label" htmlFor={control ? id : undefined}>
          {label}
        </label>
      )}
      {needed && <Status tone="hold">{t("editor.panel.needed")}</Status>}
      {control?.element ?? <Reading {...{ field, values, language }} />}
      {field.note && <p className="hint">{field.note.replaceAll("_", " ")}</p>}
    </div>
  );
}

function isUnset(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** Names and reference follow the team, not the text. */
const given = ["jitName", "jitReference", "exerciseFlag"];

function controlOf(props: ControlProps): { kind: "one" | "list"; element: ReactNode } | null {
  const { name, type } = props.field;
  if (given.includes(name)) return null;
  const one = (element: ReactNode) => ({ kind: "one" as const, element });
  switch (type.kind) {
    case "boolean":
      return one(<BooleanControl {...props} />);
    case "choice":
      return one(<ChoiceControl {...props} options={type.options.map((value) => [value, labelOf(name, value)])} />);
    case "language":
      return one(<ChoiceControl {...props} options={languages.map(({ code, name: own }) => [code, own])} />);
    case "zone":
      return one(<ChoiceControl {...props} options={zoneChoices().map(({ value, label }) => [value, label])} />);
    case "duration":
      return one(<DurationControl {...props} />);
    case "date":
      return one(<LineControl {...props} type="date" />);
    case "number":
      return one(<NumberControl {...props} />);
    case "country":
      return one(<StateControl {...props} />);
    case "countries":
      return { kind: "list", element: <StatesControl {...props} /> };
    case "localized":
      return one(<LocalizedControl {...props} />);
    case "persons":
    case "annexes":
    case "dates":
      return one(<ListedControl {...props} />);
    case "table":
      return { kind: "list", element: <RowsControl {...props} control={controlOf} /> };
    case "text":
    case "party":
    case "person":
    case "authority":
    case "money":
      return one(<LineControl {...props} type="text" />);
    case "longText":
      return one(<LongControl {...props} />);
    case "choices":
      return list(
        props,
        type.options.map((value) => [value, labelOf(name, value)] as const),
      );
    case "languages":
      return list(
        props,
        languages.map(({ code, name: own }) => [code, own] as const),
      );
    default:
      return null;
  }
}

function Reading({ field, values, language }: Pick<Props, "field" | "values" | "language">) {
  const { t } = useTranslation();
  if (field.type.kind === "table") return <Rows name={field.name} {...{ values, language }} />;
  const value = values[field.name];
  return (
    <p className="p-value" dir="auto">
      {isUnset(value) ? t("editor.panel.unset") : valueText(field.name, field.type, value, language)}
    </p>
  );
}

function Rows({ name, values, language }: { name: string } & Pick<Props, "values" | "language">) {
  const { t } = useTranslation();
  const { columns, rows } = tableText(name, values, language);
  if (rows.length === 0) return <p className="p-value">{t("editor.field.emptyTable")}</p>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section is a part of the panel; this is a frame that scrolls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <div role="region" className="p-rows" tabIndex={0} aria-label={fieldLabel(name)}>
      <FieldRows className="ft" columns={columns} rows={rows} />
    </div>
  );
}

function BooleanControl(props: ControlProps) {
  const { t } = useTranslation();
  const { value, onChange } = props;
  return (
    <ChoiceControl
      {...props}
      value={typeof value === "boolean" ? String(value) : ""}
      onChange={(next) => onChange(next === undefined ? undefined : next === "true")}
      options={[
        ["true", t("editor.panel.yes")],
        ["false", t("editor.panel.no")],
      ]}
    />
  );
}

/** One of the States of the parties. */
function StateControl(props: ControlProps) {
  const states = useContext(PartyStates);
  const { i18n } = useTranslation();
  return <ChoiceControl {...props} options={states.map((state) => [state, stateName(state, i18n.language)])} />;
}

function StatesControl(props: ControlProps) {
  const states = useContext(PartyStates);
  const { i18n } = useTranslation();
  return list(
    props,
    states.map((state) => [state, stateName(state, i18n.language)] as const),
  ).element;
}

type Options = readonly (readonly [value: string, label: string])[];

function ChoiceControl({ value, onChange, id, options }: ControlProps & { options: Options }) {
  const { t } = useTranslation();
  // A value from elsewhere that the list does not know is shown, not hidden behind "not chosen".
  const isForeign = typeof value === "string" && value !== "" && !options.some(([option]) => option === value);
  return (
    <span className="select">
      <select
        id={id}
        className="input"
        value={typeof value === "string" ? value : ""}
        onChange={({ target }) => onChange(target.value || undefined)}
      >
        <option value="">{t("editor.panel.unset")}</option>
        {isForeign && <option value={value}>{value}</option>}
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} />
    </span>
  );
}

/** Several of a list. The order of the values is that of the list, so that two people who choose alike agree. */
function list({ value, onChange, id }: ControlProps, options: Options) {
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (option: string) => {
    const known = options.map(([one]) => one);
    const others = chosen.filter((one) => !known.includes(one));
    const next = [...known.filter((one) => chosen.includes(one) !== (one === option)), ...others];
    onChange(next.length > 0 ? next : undefined);
  };
  const element = (
    // biome-ignore lint/a11y/useSemanticElements: the name of the group stands above it with its state and hint
    <div role="group" aria-labelledby={id}>
      {options.map(([option, words]) => (
        <label key={option} className="check">
          <input type="checkbox" className="box" checked={chosen.includes(option)} onChange={() => toggle(option)} />
          <b>{words}</b>
        </label>
      ))}
    </div>
  );
  return { kind: "list" as const, element };
}
