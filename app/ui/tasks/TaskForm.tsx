import "#app/i18n/english/tasks.ts";
import { stateName } from "#app/domain/names/names.ts";
import { handlingCodes } from "#app/domain/tasks/handling.ts";
import { type BoardColumn, type Holder, linkKinds, priorities } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { Checkbox } from "../Checkbox.tsx";
import { Select } from "../Select.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";
import { columnInWords } from "./words.ts";

type Props = {
  /** what stands in the fields, by name */
  values: Record<string, string>;
  members: readonly Holder[];
  parties: readonly { id: string; state: string }[];
  /** only for a new card */
  columns?: readonly BoardColumn[];
};

/** All that a card says, as fields. */
export function TaskForm({ values, members, parties, columns }: Props) {
  const { t, i18n } = useTranslation();
  const word = (field: "title") => t(`tasks.form.${field}`);
  const states = parties.map(({ id, state }) => ({ value: id, label: stateName(state, i18n.language) }));
  const people = members.filter(({ here }) => here).map(({ id, latinName }) => ({ value: id, label: latinName }));
  return (
    <>
      <TextField name="title" label={word("title")} defaultValue={values.title} required />
      <TextArea name="description" label={t("tasks.form.description")} defaultValue={values.description} />
      {columns && (
        <Select
          name="column"
          label={t("tasks.form.column")}
          defaultValue={values.column}
          options={columns.map((column) => ({ value: column.id, label: columnInWords(t, column) }))}
        />
      )}
      <Select
        name="party"
        label={t("tasks.form.party")}
        hint={t("tasks.form.partyHint")}
        emptyLabel={t("tasks.forAllLong")}
        defaultValue={values.party}
        options={states}
      />
      <Select
        name="member"
        label={t("tasks.form.member")}
        emptyLabel={t("tasks.nobody")}
        defaultValue={values.member}
        options={people}
      />
      <TextField
        name="start"
        label={t("tasks.form.start")}
        hint={t("tasks.form.dueHint")}
        defaultValue={values.start}
        dir="ltr"
      />
      <TextField
        name="due"
        label={t("tasks.form.due")}
        hint={t("tasks.form.dueHint")}
        defaultValue={values.due}
        dir="ltr"
      />
      <Select
        name="timeZone"
        label={t("tasks.form.timeZone")}
        defaultValue={values.timeZone}
        options={zones.map((zone) => ({ value: zone, label: zone }))}
      />
      <Select
        name="priority"
        label={t("tasks.form.priority")}
        defaultValue={values.priority}
        options={priorities.map((one) => ({ value: one, label: t(`tasks.priorities.${one}`) }))}
      />
      <Checkbox name="coercive" label={t("tasks.form.coercive")} defaultChecked={values.coercive === "on"} />
      <TextField
        name="authorisation"
        label={t("tasks.form.authorisation")}
        hint={t("tasks.form.authorisationHint")}
        defaultValue={values.authorisation}
      />
      <Select
        name="handling"
        label={t("tasks.form.handling")}
        defaultValue={values.handling}
        options={handlingCodes.map((code) => ({ value: code, label: t(`tasks.handling.${code}`) }))}
      />
      <Select
        name="handlingParty"
        label={t("tasks.form.handlingParty")}
        emptyLabel="–"
        defaultValue={values.handlingParty}
        options={states}
      />
      {linkKinds.map((kind) => (
        <TextField
          key={kind}
          name={kind}
          label={t(`tasks.form.${kind}`)}
          hint={t("tasks.form.linksHint")}
          defaultValue={values[kind]}
          dir="ltr"
        />
      ))}
    </>
  );
}

/** Names of the fields, for sentences such as "Title is missing". */
export function useTaskLabels(): Record<string, string> {
  const { t } = useTranslation();
  const names = [
    "title",
    "description",
    "party",
    "member",
    "start",
    "due",
    "timeZone",
    "priority",
    "coercive",
    "authorisation",
    "handling",
    "handlingParty",
    ...linkKinds,
  ] as const;
  return Object.fromEntries(names.map((name) => [name, t(`tasks.form.${name}`)]));
}
