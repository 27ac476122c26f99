import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { getText } from "#app/domain/documents/document.server.ts";
import { reviseAnnex, StepWithReason } from "#app/domain/documents/freezing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("annex.revise", async ({ actor, jit, params }) => {
  const { version, annex } = await getText(actor, jit.id, params.annex);
  return { version, base: textPath(jit.reference, annex) };
});

export const action = inJit("annex.revise", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: StepWithReason.shape.reason }));
  const { id, annex } = await getText(actor, jit.id, params.annex);
  await reviseAnnex(actor, { jit: jit.id, document: id, reason });
  return redirect(textPath(jit.reference, annex));
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.annexes.revise.title")]);

export default function RevisePage() {
  const { t } = useTranslation();
  const { version, base } = useLoaderData<typeof loader>();
  const words = { version, next: version + 1 };
  return (
    <StepPage
      title={t("documents.annexes.revise.title")}
      lead={t("documents.annexes.revise.lead", words)}
      consequence={t("documents.annexes.revise.consequence")}
      refusal={useActionData<typeof action>()}
      reason={t("documents.annexes.revise.reason")}
      act={t("documents.annexes.revise.do", words)}
      acting={t("documents.annexes.revise.acting")}
      back={{ to: base, label: t("documents.back") }}
    />
  );
}
