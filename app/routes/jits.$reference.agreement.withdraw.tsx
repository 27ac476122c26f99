import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { getText } from "#app/domain/documents/document.server.ts";
import { StepWithReason, withdrawDocument } from "#app/domain/documents/freezing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("document.withdraw", async ({ actor, jit, params }) => {
  const { version, annex } = await getText(actor, jit.id, params.annex);
  return { version, annex: annex !== null, base: textPath(jit.reference, params.annex) };
});

export const action = inJit("document.withdraw", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: StepWithReason.shape.reason }));
  const { id } = await getText(actor, jit.id, params.annex);
  await withdrawDocument(actor, { jit: jit.id, document: id, reason });
  return redirect(textPath(jit.reference, params.annex));
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.withdraw.title")]);

export default function WithdrawPage() {
  const { t } = useTranslation();
  const { version, annex, base } = useLoaderData<typeof loader>();
  const words = { version, next: version + 1 };
  return (
    <StepPage
      title={t(annex ? "documents.annexes.withdraw.title" : "documents.withdraw.title")}
      lead={t(annex ? "documents.annexes.withdraw.lead" : "documents.withdraw.lead", words)}
      consequence={t("documents.withdraw.consequence")}
      refusal={useActionData<typeof action>()}
      reason={t("documents.withdraw.reason")}
      danger
      act={t(annex ? "documents.annexes.withdraw.act" : "documents.withdraw.act", words)}
      acting={t("documents.withdraw.acting")}
      back={{ to: base, label: t("documents.back") }}
    />
  );
}
