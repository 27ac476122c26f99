import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { attendances, meetingReference } from "#app/domain/meetings/meeting.ts";
import { RecordAttendance } from "#app/domain/meetings/meeting-forms.ts";
import { changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { useMeetingLabels } from "#app/ui/meetings/MeetingForm.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { TextArea } from "#app/ui/TextArea.tsx";

export const loader = inJit("meeting.change", async ({ actor, jit, params }) => {
  const [meeting, { members }] = await Promise.all([
    readMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "" }),
    readBoardFrame(actor, jit.id),
  ]);
  const { invited, attendance } = meeting.values;
  const asked = (id: string) => invited.includes(id) || id in attendance;
  const people = members
    .filter(({ id, here }) => here || asked(id))
    .sort((one, other) => Number(asked(other.id)) - Number(asked(one.id)));
  return { jit, meeting, people };
});

export const action = inJit("meeting.change", async ({ actor, jit, request, params }) => {
  const { edition, guests, at } = await form(request, RecordAttendance);
  const fields = { attendance: at, guests };
  await changeMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "", edition, fields });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}`);
});

/** After a clash the form goes on from what stands there now. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("meetings.attendance.title"), data?.meeting.title, data?.jit.names.en]);

export default function AttendancePage() {
  const { t, i18n } = useTranslation();
  const { jit, meeting, people } = useLoaderData<typeof loader>();
  const team = `/jits/${jit.reference}/meetings`;
  const reference = meetingReference(meeting.number);
  const options = attendances.map((how) => ({ value: how, label: t(`meetings.page.how.${how}`) }));
  return (
    <Page form>
      <Masthead
        title={t("meetings.attendance.title")}
        sub={t("meetings.attendance.lead")}
        crumbs={[
          { label: t("meetings.title"), to: team },
          { label: reference, to: `${team}/${reference}` },
          { label: t("meetings.attendance.title") },
        ]}
      />
      <Form
        refusal={useActionData<Refusal>()}
        labels={{ ...useMeetingLabels(), attendance: t("meetings.fields.attendance") }}
      >
        <input type="hidden" name="edition" value={meeting.edition} />
        {people.map(({ id, latinName, state }) => (
          <Select
            key={id}
            name={`at.m${id}`}
            label={state ? `${latinName}, ${stateName(state, i18n.language)}` : latinName}
            emptyLabel={t("meetings.attendance.notSaid")}
            defaultValue={meeting.values.attendance[id] ?? ""}
            options={options}
          />
        ))}
        <TextArea
          name="guests"
          label={t("meetings.fields.guests")}
          hint={t("meetings.attendance.guestsHint")}
          defaultValue={meeting.values.guests}
          rows={3}
          required={false}
        />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("meetings.form.saving")}>
            {t("meetings.form.save")}
          </Button>
          <LinkButton to={`${team}/${reference}`} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}
