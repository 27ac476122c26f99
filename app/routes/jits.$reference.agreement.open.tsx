import "#app/i18n/english/checks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { blocking } from "#app/domain/checks/check.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { newcomerOf, openSigning, plansOf, SlotForm } from "#app/domain/signing/opening.server.ts";
import { listPossibleSlots } from "#app/domain/signing/reading.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { StandingFindings } from "#app/ui/checks/StandingFindings.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { StepPage } from "#app/ui/StepPage.tsx";
import { NewcomerFields } from "#app/ui/signing/NewcomerFields.tsx";
import { SlotFields } from "#app/ui/signing/SlotFields.tsx";

export const loader = inJit("signing.open", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const { findings, numbers } = await checkDocument(actor, { jit: jit.id, document: id });
  const possible = await listPossibleSlots(actor, { jit: jit.id, document: id });
  return {
    ...possible,
    findings: blocking(findings, "signature"),
    numbers,
    invite: `/jits/${jit.reference}/people/invite`,
    base: textPath(jit.reference, params.annex),
  };
});

export const action = inJit("signing.open", async ({ actor, jit, request, params }) => {
  const input = await form(request, SlotForm);
  const [slots, newcomer] = [plansOf(input), newcomerOf(input)];
  const { id } = await getText(actor, jit.id, params.annex);
  await openSigning(actor, { jit: jit.id, document: id, slots, newcomer });
  return redirect(`${textPath(jit.reference, params.annex)}/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.open.title")]);

export default function OpenSigningPage() {
  const { t, i18n } = useTranslation();
  const { parties, joins, allowed, zone, findings, numbers, invite, base } = useLoaderData<typeof loader>();
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
      back={{ to: base, label: t("documents.back") }}
    >
      <StandingFindings findings={findings} numbers={numbers} base={base} />
      {allowed.length === 0 && <Banner tone="hold" title={t("signing.open.noWay")} />}
      <p className="hint">{t("signing.open.order")}</p>
      <p className="hint">{t("signing.open.dueHint", { zone: zoneName(zone) })}</p>
      {parties.map(({ id, state, signatories, others }) => {
        const party = stateName(state, i18n.language);
        const chosen = signatories.some(({ named }) => named) ? signatories.filter(({ named }) => named) : signatories;
        return (
          <Section key={id} title={t("signing.open.party", { state: party })}>
            {signatories.length === 0 && (
              <Banner
                tone="hold"
                title={t("signing.open.none", { state: party })}
                action={<LinkButton to={invite}>{t("signing.open.invite")}</LinkButton>}
              />
            )}
            {signatories.map((one) => (
              <SlotFields key={one.id} member={one} signs chosen={one.id === chosen[0]?.id} ways={allowed} />
            ))}
            {others.map((one) => (
              <SlotFields key={one.id} member={one} signs={false} chosen={false} ways={[]} />
            ))}
          </Section>
        );
      })}
      {joins && <NewcomerFields state={stateName(joins, i18n.language)} ways={allowed} />}
    </StepPage>
  );
}
