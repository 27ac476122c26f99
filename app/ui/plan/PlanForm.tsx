import "#app/i18n/english/plan.ts";
import { stateName } from "#app/domain/names/names.ts";
import { fieldsOf, isFixed, type PlanField, type PlanKind } from "#app/domain/plan/kinds.ts";
import type { PlanRow } from "#app/domain/plan/row.ts";
import { listOf } from "#app/domain/plan/row.ts";
import { handlingCodes } from "#app/domain/tasks/handling.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import "#app/i18n/english/tasks.ts";
import type { plan } from "#app/i18n/english/plan.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { Checkbox } from "../Checkbox.tsx";
import { CheckboxGroup } from "../CheckboxGroup.tsx";
import { Select } from "../Select.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";
import { fieldLabel } from "./words.ts";

type Props = {
  kind: PlanKind;
  /** what stands in the fields, by name */
  values: Record<string, string>;
  rows: readonly PlanRow[];
  members: readonly Holder[];
  parties: readonly { id: string; state: string }[];
  /** of a row that is there: fields that stand for good are left out */
  change?: boolean;
};

/** All that a row of one table says, as fields. */
export function PlanForm({ kind, values, rows, members, parties, change }: Props) {
  const { t, i18n } = useTranslation();
  const states = parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }));
  return (
    <>
      {fieldsOf(kind)
        .filter(({ name }) => !change || !isFixed(kind, name))
        .map((field) => (
          <Field key={field.name} {...{ kind, field, values, rows, members, states }} />
        ))}
      <Select
        name="handling"
        label={t("plan.fields.handling")}
        defaultValue={values.handling}
        options={handlingCodes.map((code) => ({ value: code, label: t(`tasks.handling.${code}`) }))}
      />
      <Select
        name="handlingParty"
        label={t("plan.fields.handlingParty")}
        emptyLabel="–"
        defaultValue={values.handlingParty}
        options={states}
      />
    </>
  );
}

type FieldProps = Pick<Props, "kind" | "values" | "rows" | "members"> & {
  field: PlanField;
  states: { value: string; label: string }[];
};

function Field({ kind, field, values, rows, members, states }: FieldProps) {
  const { t } = useTranslation();
  const { name, needed } = field;
  const label = fieldLabel(t, kind, name);
  const value = values[name];
  const hint = hintFor(t, field);
  const plain = { name, label, hint, required: needed, defaultValue: value };
  switch (field.is) {
    case "words":
      return <TextField {...plain} dir={name === "phone" ? "ltr" : undefined} />;
    case "long":
      return <TextArea {...plain} />;
    case "day":
    case "moment":
    case "codes":
      return <TextField {...plain} dir="ltr" />;
    case "check":
      return <Checkbox name={name} label={label} defaultChecked={value === "on"} />;
    case "party":
      return <Select {...plain} emptyLabel={needed ? "–" : t("plan.all")} options={states} />;
    case "parties":
      return <CheckboxGroup name={name} label={label} columns defaultValue={listOf(value ?? "")} options={states} />;
    case "member": {
      const here = members.filter((one) => one.here || one.id === value);
      return (
        <Select
          {...plain}
          emptyLabel={t("plan.nobody")}
          options={here.map(({ id, latinName }) => ({ value: id, label: latinName }))}
        />
      );
    }
    case "zone":
      return <Select {...plain} options={zones.map((zone) => ({ value: zone, label: zone }))} />;
    case "choice":
      return (
        <Select
          {...plain}
          options={field.of.map((one) => ({
            value: one,
            label: t(`plan.choices.${one as keyof typeof plan.choices}`),
          }))}
        />
      );
    case "line":
      return (
        <Select
          {...plain}
          emptyLabel="–"
          options={rows
            .filter((row) => row.kind === "line")
            .map((row) => ({ value: row.code, label: `${row.code} – ${row.values.title}` }))}
        />
      );
  }
}

function hintFor(t: ReturnType<typeof useTranslation>["t"], { name, is }: PlanField): string | undefined {
  if (is === "moment" || is === "day") return t(`plan.hints.${is}`);
  const hints = ["after", "authorisation", "phone", "hours", "cost"] as const;
  const known = hints.find((one) => one === name);
  return known && t(`plan.hints.${known}`);
}
