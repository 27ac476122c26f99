import "#app/i18n/english/checks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { blocking } from "#app/domain/checks/check.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { openSigning, plansOf, SlotForm } from "#app/domain/signing/opening.server.ts";
import { listPossibleSlots } from "#app/domain/signing/reading.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { StandingFindings } from "#app/ui/checks/StandingFindings.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { StepPage } from "#app/ui/StepPage.tsx";
import { SlotFields } from "#app/ui/signing/SlotFields.tsx";

export const loader = inJit("signing.open", async ({ actor, jit }) => {
  const { id } = await getAgreement(actor, jit.id);
  const { findings, numbers } = await checkDocument(actor, { jit: jit.id, document: id });
  const possible = await listPossibleSlots(actor, { jit: jit.id, document: id });
  return { ...possible, findings: blocking(findings, "signature"), numbers, reference: jit.reference };
});

export const action = inJit("signing.open", async ({ actor, jit, request, params }) => {
  const slots = plansOf(await form(request, SlotForm));
  const { id } = await getAgreement(actor, jit.id);
  await openSigning(actor, { jit: jit.id, document: id, slots });
  return redirect(`/jits/${params.reference}/agreement/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.open.title")]);

export default function OpenSigningPage() {
  const { t, i18n } = useTranslation();
  const { parties, allowed, zone, findings, numbers, reference } = useLoaderData<typeof loader>();
  const base = `/jits/${reference}`;
  const stopped =
    findings.length > 0 ? t("checks.openSigning.blocked") : allowed.length === 0 ? t("signing.open.noWay") : null;
  return (
    <StepPage
      title={t("signing.open.title")}
      lead={t("signing.open.lead")}
      refusal={useActionData<typeof action>()}
      act={t("signing.open.act")}
      notPossible={stopped}
      acting={t("signing.open.acting")}
      back={{ to: `${base}/agreement`, label: t("documents.back") }}
    >
      <StandingFindings findings={findings} numbers={numbers} base={`${base}/agreement`} />
      {allowed.length === 0 && <Banner tone="hold" title={t("signing.open.noWay")} />}
      <p className="hint">{t("signing.open.order")}</p>
      {parties.map(({ id, state, signatories, others }) => {
        const party = stateName(state, i18n.language);
        const chosen = signatories.some(({ named }) => named) ? signatories.filter(({ named }) => named) : signatories;
        return (
          <Section key={id} title={t("signing.open.party", { state: party })}>
            {signatories.length === 0 && (
              <Banner
                tone="hold"
                title={t("signing.open.none", { state: party })}
                action={<LinkButton to={`${base}/people/invite`}>{t("signing.open.invite")}</LinkButton>}
              />
            )}
            {signatories.map((one) => (
              <SlotFields
                key={one.id}
                member={one}
                signs
                chosen={one.id === chosen[0]?.id}
                ways={allowed}
                zone={zoneName(zone)}
              />
            ))}
            {others.map((one) => (
              <SlotFields key={one.id} member={one} signs={false} chosen={false} ways={[]} zone={zoneName(zone)} />
            ))}
          </Section>
        );
      })}
    </StepPage>
  );
}
