import "#app/i18n/english/checks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { blocking } from "#app/domain/checks/check.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { listPossibleSignatories } from "#app/domain/signing/reading.server.ts";
import { OpenSigning, openSigning } from "#app/domain/signing/signing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { StandingFindings } from "#app/ui/checks/StandingFindings.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("signing.open", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const { findings, numbers } = await checkDocument(actor, { jit: jit.id, document: id });
  return {
    parties: await listPossibleSignatories(actor, { jit: jit.id, document: id }),
    findings: blocking(findings, "signature"),
    numbers,
    invite: `/jits/${jit.reference}/people/invite`,
    base: textPath(jit.reference, params.annex),
  };
});

export const action = inJit("signing.open", async ({ actor, jit, request, params }) => {
  const { signatories } = await form(request, z.object({ signatories: OpenSigning.shape.signatories }));
  const { id } = await getText(actor, jit.id, params.annex);
  await openSigning(actor, { jit: jit.id, document: id, signatories });
  return redirect(`${textPath(jit.reference, params.annex)}/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.open.title")]);

export default function OpenSigningPage() {
  const { t, i18n } = useTranslation();
  const { parties, findings, numbers, invite, base } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("signing.open.title")}
      lead={t("signing.open.lead")}
      refusal={useActionData<typeof action>()}
      act={t("signing.open.act")}
      notPossible={findings.length > 0 ? t("checks.openSigning.blocked") : null}
      acting={t("signing.open.acting")}
      back={{ to: base, label: t("documents.back") }}
    >
      <StandingFindings findings={findings} numbers={numbers} base={base} />
      {parties.map(({ id, state, signatories }) => {
        const party = stateName(state, i18n.language);
        if (signatories.length === 0) {
          return (
            <Banner
              key={id}
              tone="hold"
              title={t("signing.open.none", { state: party })}
              action={<LinkButton to={invite}>{t("signing.open.invite")}</LinkButton>}
            />
          );
        }
        return (
          <Select
            key={id}
            id={`signatory-${state}`}
            name="signatories"
            label={t("signing.open.signatory", { state: party })}
            defaultValue={signatories[0]?.id}
            options={signatories.map((one) => ({ value: one.id, label: `${one.latinName}, ${one.capacity}` }))}
          />
        );
      })}
    </StepPage>
  );
}
