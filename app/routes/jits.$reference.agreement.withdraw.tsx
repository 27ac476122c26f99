import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { StepWithReason, withdrawDocument } from "#app/domain/documents/freezing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("document.withdraw", async ({ actor, jit }) => {
  const { version } = await getAgreement(actor, jit.id);
  return { version, reference: jit.reference };
});

export const action = inJit("document.withdraw", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: StepWithReason.shape.reason }));
  const { id } = await getAgreement(actor, jit.id);
  await withdrawDocument(actor, { jit: jit.id, document: id, reason });
  return redirect(`/jits/${params.reference}/agreement`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.withdraw.title")]);

export default function WithdrawPage() {
  const { t } = useTranslation();
  const { version, reference } = useLoaderData<typeof loader>();
  const words = { version, next: version + 1 };
  return (
    <StepPage
      title={t("documents.withdraw.title")}
      lead={t("documents.withdraw.lead", words)}
      consequence={t("documents.withdraw.consequence")}
      refusal={useActionData<typeof action>()}
      reason={t("documents.withdraw.reason")}
      danger
      act={t("documents.withdraw.act", words)}
      acting={t("documents.withdraw.acting")}
      back={{ to: `/jits/${reference}/agreement`, label: t("documents.back") }}
    />
  );
}
