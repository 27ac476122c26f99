import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { meetingReference } from "#app/domain/meetings/meeting.ts";
import { CallMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting } from "#app/domain/meetings/meetings.server.ts";
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

export const loader = inJit("meeting.call", async ({ actor, jit, me, request }) => {
  const { members } = await readBoardFrame(actor, jit.id);
  const asked = new URL(request.url).searchParams;
  const values = {
    ...{ title: "", place: "", link: "", agenda: "" },
    start: asked.get("start") ?? "",
    end: asked.get("end") ?? "",
    timeZone: asked.get("timeZone") ?? me.timeZone,
    invited: members.filter(({ here }) => here).map(({ id }) => id),
  };
  return { jit, members: members.filter(({ here }) => here), values };
});

export const action = inJit("meeting.call", async ({ actor, jit, request }) => {
  const { number } = await callMeeting(actor, { ...(await form(request, CallMeeting)), jit: jit.id });
  return redirect(`/jits/${jit.reference}/meetings/${meetingReference(number)}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("meetings.call"), data?.jit.names.en]);

export default function NewMeetingPage() {
  const { t } = useTranslation();
  const { jit, members, values } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}/meetings`;
  return (
    <Page form>
      <Masthead
        title={t("meetings.call")}
        crumbs={[{ label: t("meetings.title"), to: base }, { label: t("meetings.call") }]}
      />
      <Form refusal={useActionData<Refusal>()} labels={useMeetingLabels()}>
        <MeetingForm values={values} members={members} />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("meetings.calling")}>
            {t("meetings.call")}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}
