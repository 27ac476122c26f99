import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { WithReason } from "#app/domain/meetings/meeting-forms.ts";
import { callOffMeeting } from "#app/domain/meetings/meetings.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("meeting.callOff", async ({ actor, jit, params }) => {
  const { title } = await readMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "" });
  return { title, base: `/jits/${jit.reference}/meetings/${params.meeting}` };
});

export const action = inJit("meeting.callOff", async ({ actor, jit, request, params }) => {
  await callOffMeeting(actor, {
    ...(await form(request, WithReason)),
    ...{ jit: jit.id, meeting: params.meeting ?? "" },
  });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("meetings.callOff.title")]);

export default function CallOffPage() {
  const { t } = useTranslation();
  const { title, base } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("meetings.callOff.title")}
      lead={t("meetings.callOff.lead")}
      reason={t("meetings.callOff.reason")}
      refusal={useActionData<Refusal>()}
      act={t("meetings.callOff.act")}
      acting={t("meetings.callOff.acting")}
      danger
      back={{ to: base, label: title }}
    />
  );
}
