import "#app/i18n/english/checks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { isAgreedByAll } from "#app/domain/agreeing/assents.ts";
import { blocking } from "#app/domain/checks/check.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { standingOf } from "#app/domain/checks/overrides.ts";
import { listAnnexes } from "#app/domain/documents/annexes.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { isEditable } from "#app/domain/documents/states.ts";
import { findUnprintable } from "#app/domain/export/unprintable.server.ts";
import { inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { StandTable } from "#app/ui/agreement/StandTable.tsx";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { StandingFindings } from "#app/ui/checks/StandingFindings.tsx";
import { UnprintableCharacters } from "#app/ui/checks/UnprintableCharacters.tsx";
import type { Refusal } from "#app/ui/form-context.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

export const loader = inJit("document.finalise", async ({ actor, jit, access, me, params }) => {
  const { id, version, annex } = await getText(actor, jit.id, params.annex);
  const target = { jit: jit.id, document: id };
  const [{ findings, overrides, numbers }, { stands }, unprintable, annexes] = await Promise.all([
    checkDocument(actor, target),
    readWholeText(actor, target),
    findUnprintable(actor, target),
    annex === null ? listAnnexes(actor, jit.id) : [],
  ]);
  return {
    version,
    annex: annex !== null,
    openAnnexes: annexes.filter((one) => isEditable(one.state)).map((one) => one.annex),
    base: textPath(jit.reference, params.annex),
    findings: standingOf(findings, overrides).open,
    numbers,
    stands,
    unprintable,
    own: access.partyId,
    zone: me.timeZone,
  };
});

export const action = inJit("document.finalise", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  await finaliseDocument(actor, { jit: jit.id, document: id });
  return redirect(textPath(jit.reference, params.annex));
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("documents.finalise.title")]);

export default function FinalisePage() {
  const { t } = useTranslation();
  const { version, annex, openAnnexes, base, findings, numbers, stands, unprintable, own, zone } =
    useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal | { problems?: undefined }>();
  const words = { version, next: version + 1 };
  const count = blocking(findings, "finalising").length;
  return (
    <StepPage
      title={t(annex ? "documents.annexes.finalise.title" : "documents.finalise.title")}
      lead={t("documents.finalise.lead", words)}
      consequence={t(annex ? "documents.annexes.finalise.consequence" : "documents.finalise.consequence")}
      refusal={refusal}
      act={t("documents.finalise.act", words)}
      notPossible={
        count > 0
          ? t(count === 1 ? "checks.finalise.blockedOne" : "checks.finalise.blocked", { finalising: count })
          : openAnnexes.length > 0
            ? t("documents.annexes.openOnes", { annexes: openAnnexes.join(", ") })
            : unprintable.length > 0
              ? t("checks.unprintable.blocked")
              : isAgreedByAll(stands)
                ? null
                : t("documents.finalise.notAgreed")
      }
      acting={t("documents.finalise.acting")}
      back={{ to: base, label: t("documents.back") }}
    >
      <StandingFindings findings={refusedBy(refusal) ?? findings} numbers={numbers} base={base} />
      <UnprintableCharacters unprintable={unprintable} base={base} />
      <StandTable stands={stands} own={own} zone={zone} />
    </StepPage>
  );
}

/** What the server found when it was asked, which may be newer than the page. */
function refusedBy(refusal: Refusal | { problems?: undefined } | undefined) {
  return refusal && "values" in refusal ? refusal.values?.findings : undefined;
}
