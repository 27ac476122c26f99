import "#app/i18n/english/meetings.ts";
import type { Holder } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { zones } from "#app/i18n/zones.ts";
import { CheckboxGroup } from "../CheckboxGroup.tsx";
import { FieldPair } from "../FieldPair.tsx";
import { Select } from "../Select.tsx";
import { TextArea } from "../TextArea.tsx";
import { TextField } from "../TextField.tsx";

export type MeetingDefaults = {
  title: string;
  place: string;
  link: string;
  start: string;
  end: string;
  timeZone: string;
  agenda: string;
  invited: readonly string[];
};

type Props = { values: MeetingDefaults; members: readonly Holder[]; agendaHint?: string };

/** The fields of a meeting, to be called or changed. */
export function MeetingForm({ values, members, agendaHint }: Props) {
  const { t } = useTranslation();
  const time = { type: "datetime-local", hint: t("meetings.form.timeHint"), required: true, dir: "ltr" } as const;
  return (
    <>
      <TextField name="title" label={t("meetings.fields.title")} defaultValue={values.title} required />
      <FieldPair>
        <TextField name="start" label={t("meetings.fields.start")} defaultValue={values.start} {...time} />
        <TextField name="end" label={t("meetings.fields.end")} defaultValue={values.end} {...time} />
      </FieldPair>
      <Select
        name="timeZone"
        label={t("meetings.fields.timeZone")}
        defaultValue={values.timeZone}
        options={zones.map((zone) => ({ value: zone, label: zone }))}
      />
      <TextField
        name="place"
        label={t("meetings.fields.place")}
        hint={t("meetings.form.placeHint")}
        defaultValue={values.place}
        required={false}
      />
      <TextField
        name="link"
        label={t("meetings.fields.link")}
        hint={t("meetings.form.linkHint")}
        defaultValue={values.link}
        dir="ltr"
        inputMode="url"
        required={false}
      />
      <TextArea
        name="agenda"
        label={t("meetings.fields.agenda")}
        hint={agendaHint ?? t("meetings.form.agendaHint")}
        defaultValue={values.agenda}
        rows={6}
        required={false}
      />
      <CheckboxGroup
        name="invited"
        label={t("meetings.fields.invited")}
        defaultValue={values.invited}
        options={members.map(({ id, latinName }) => ({ value: id, label: <bdi>{latinName}</bdi> }))}
        columns
      />
    </>
  );
}

/** Names of the fields, for sentences such as "Subject is missing". */
export function useMeetingLabels(): Record<string, string> {
  const { t } = useTranslation();
  const names = ["title", "start", "end", "timeZone", "place", "link", "agenda", "invited", "guests"] as const;
  return Object.fromEntries(names.map((name) => [name, t(`meetings.fields.${name}`)]));
}
