import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { getText } from "#app/domain/documents/document.server.ts";
import { reopenDocument, StepWithReason } from "#app/domain/documents/freezing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("document.reopen", async ({ actor, jit, params }) => {
  const { version } = await getText(actor, jit.id, params.annex);
  return { version, base: textPath(jit.reference, params.annex) };
});

export const action = inJit("document.reopen", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: StepWithReason.shape.reason }));
  const { id } = await getText(actor, jit.id, params.annex);
  await reopenDocument(actor, { jit: jit.id, document: id, reason });
  return redirect(textPath(jit.reference, params.annex));
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.reopen.title")]);

export default function ReopenPage() {
  const { t } = useTranslation();
  const { version, base } = useLoaderData<typeof loader>();
  const words = { version, next: version + 1 };
  return (
    <StepPage
      title={t("documents.reopen.title")}
      lead={t("documents.reopen.lead", words)}
      consequence={t("documents.reopen.consequence")}
      refusal={useActionData<typeof action>()}
      reason={t("documents.reopen.reason")}
      act={t("documents.reopen.act", words)}
      acting={t("documents.reopen.acting")}
      back={{ to: base, label: t("documents.back") }}
    />
  );
}
