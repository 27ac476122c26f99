import "#app/i18n/english/meetings.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { WithReason } from "#app/domain/meetings/meeting-forms.ts";
import { correctMinutes, readWritten } from "#app/domain/meetings/minutes.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("minutes.correct", async ({ actor, jit, params }) => {
  const { version } = await readWritten(actor, { jit: jit.id, meeting: params.meeting ?? "" });
  return { version, base: `/jits/${jit.reference}/meetings/${params.meeting}/minutes` };
});

export const action = inJit("minutes.correct", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, WithReason);
  await correctMinutes(actor, { jit: jit.id, meeting: params.meeting ?? "", reason });
  return redirect(`/jits/${jit.reference}/meetings/${params.meeting}/minutes`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("meetings.minutes.correctTitle")]);

export default function CorrectMinutesPage() {
  const { t } = useTranslation();
  const { version, base } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("meetings.minutes.correctTitle")}
      lead={t("meetings.minutes.correctLead", { version: version + 1 })}
      reason={t("meetings.minutes.correctReason")}
      refusal={useActionData<Refusal>()}
      act={t("meetings.minutes.correct")}
      acting={t("meetings.minutes.correcting")}
      back={{ to: base, label: t("meetings.minutes.back") }}
    />
  );
}
