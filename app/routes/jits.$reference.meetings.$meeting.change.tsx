import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { meetingReference } from "#app/domain/meetings/meeting.ts";
import { ChangeMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { MeetingForm, useMeetingLabels } from "#app/ui/meetings/MeetingForm.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";

export const loader = inJit("meeting.change", async ({ actor, jit, params }) => {
  const [meeting, { members }] = await Promise.all([
    readMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "" }),
    readBoardFrame(actor, jit.id),
  ]);
  // Who was invited and has left stays in the form, or saving would uninvite them.
  const shown = members.filter(({ id, here }) => here || meeting.values.invited.includes(id));
  return { jit, meeting, members: shown };
});

export const action = inJit("meeting.change", async ({ actor, jit, request, params }) => {
  const { edition, ...fields } = await form(request, ChangeMeeting);
  await changeMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "", edition, fields });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}`);
});

/** After a clash the form goes on from what stands there now. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("meetings.form.change"), data?.meeting.title, data?.jit.names.en]);

export default function ChangeMeetingPage() {
  const { t } = useTranslation();
  const { jit, meeting, members } = useLoaderData<typeof loader>();
  const team = `/jits/${jit.reference}/meetings`;
  const reference = meetingReference(meeting.number);
  const { values } = meeting;
  return (
    <Page form>
      <Masthead
        title={t("meetings.form.change")}
        sub={t("meetings.form.changeLead")}
        crumbs={[
          { label: t("meetings.title"), to: team },
          { label: reference, to: `${team}/${reference}` },
          { label: t("meetings.form.change") },
        ]}
      />
      <Form refusal={useActionData<Refusal>()} labels={useMeetingLabels()}>
        <input type="hidden" name="edition" value={meeting.edition} />
        <MeetingForm
          values={{ ...values, agenda: values.agenda.join("\n") }}
          members={members}
          agendaHint={meeting.minutes ? t("meetings.form.agendaAfterwards") : undefined}
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
