import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { isAgreedByAll } from "#app/domain/agreeing/assents.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { StandTable } from "#app/ui/agreement/StandTable.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("document.finalise", async ({ actor, jit, access, me }) => {
  const { id, version } = await getAgreement(actor, jit.id);
  const { stands } = await readWholeText(actor, { jit: jit.id, document: id });
  return { version, stands, own: access.partyId, zone: me.timeZone, reference: jit.reference };
});

export const action = inJit("document.finalise", async ({ actor, jit, params }) => {
  const { id } = await getAgreement(actor, jit.id);
  await finaliseDocument(actor, { jit: jit.id, document: id });
  return redirect(`/jits/${params.reference}/agreement`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.finalise.title")]);

export default function FinalisePage() {
  const { t } = useTranslation();
  const { version, stands, own, zone, reference } = useLoaderData<typeof loader>();
  const words = { version, next: version + 1 };
  return (
    <StepPage
      title={t("documents.finalise.title")}
      lead={t("documents.finalise.lead", words)}
      consequence={t("documents.finalise.consequence")}
      refusal={useActionData<typeof action>()}
      act={t("documents.finalise.act", words)}
      acting={t("documents.finalise.acting")}
      notPossible={isAgreedByAll(stands) ? null : t("documents.finalise.notAgreed")}
      back={{ to: `/jits/${reference}/agreement`, label: t("documents.back") }}
    >
      <StandTable stands={stands} own={own} zone={zone} />
    </StepPage>
  );
}
