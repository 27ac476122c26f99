import "#app/i18n/english/security.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { Forbidden, NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { RefusePaper, refusePaper } from "#app/domain/signing/paper-check.server.ts";
import { signingFactors } from "#app/domain/signing/proof.server.ts";
import { ConfirmPaperForm, confirmWithStepUp } from "#app/domain/signing/step-up.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { FactList } from "#app/ui/FactList.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasskeyPrompt } from "#app/ui/PasskeyPrompt.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { StepUpFields } from "#app/ui/StepUpFields.tsx";
import { FactorNeeded } from "#app/ui/signing/FactorNeeded.tsx";
import { TextArea } from "#app/ui/TextArea.tsx";
import { TextField } from "#app/ui/TextField.tsx";

const given = { jit: true, document: true, slot: true, party: true } as const;
const Checked = z.discriminatedUnion(
  "act",
  [ConfirmPaperForm, RefusePaper.omit(given).extend({ act: z.literal("refuse") })],
  "wrong-kind",
);

type Named = { annex?: string; slot?: string };

async function slotOf(actor: Actor, jit: string, { annex, slot: id }: Named) {
  const agreement = await getText(actor, jit, annex);
  const slot = agreement.frozen?.slots.find((one) => one.id === id && one.paper);
  if (!slot?.paper) throw new NotFound();
  return { document: agreement.id, slot, paper: slot.paper };
}

export const loader = inJit("paper.confirm", async ({ actor, jit, access, me, params }) => {
  const { slot, paper } = await slotOf(actor, jit.id, params);
  if (slot.state !== "checking" || slot.partyId === access.partyId) throw new NotFound();
  return {
    id: slot.id,
    partyState: slot.partyState,
    paper,
    factors: await signingFactors(actor),
    base: textPath(jit.reference, params.annex),
    zone: me.timeZone,
  };
});

export const action = inJit(
  "paper.confirm",
  async ({ actor, jit, access, request, params }): Promise<Response | PasskeyAsk> => {
    const input = await form(request, Checked);
    const { document, slot } = await slotOf(actor, jit.id, params);
    if (access.partyId === null) throw new Forbidden();
    const target = { jit: jit.id, document, slot: slot.id, party: access.partyId };
    if (input.act === "refuse") await refusePaper(actor, { ...input, ...target });
    else {
      const question = await confirmWithStepUp(actor, target, input);
      if (question) return question;
    }
    return redirect(`${textPath(jit.reference, params.annex)}/sign`);
  },
);

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.check.act")]);

export default function CheckPage() {
  const { t, i18n } = useTranslation();
  const { id, partyState, paper, factors, base: text, zone } = useLoaderData<typeof loader>();
  const answer = useActionData<Refusal | PasskeyAsk>();
  const refusal = answer && "problems" in answer ? answer : null;
  const base = `${text}/sign`;
  const refusing = refusal?.typed.act === "refuse";
  const labels = {
    shortDigest: t("signing.check.shortDigest"),
    pages: t("signing.check.pages"),
    reason: t("signing.check.reason"),
    password: t("signing.mandate.password"),
    code: t("security.sign.code"),
  };
  const file = { type: paper.type.split("/")[1]?.toUpperCase() ?? "", kilobytes: Math.ceil(paper.bytes / 1000) };
  return (
    <Page form>
      <Masthead
        title={t("signing.check.title", { state: stateName(partyState, i18n.language) })}
        sub={t("signing.check.lead")}
        crumbs={[{ label: t("signing.titleOthers"), to: base }, { label: t("signing.handIn.crumb") }]}
      />
      <Section title={t("signing.check.facts")} first>
        <FactList
          facts={[
            {
              label: t("signing.check.signatory"),
              value: (
                <>
                  <bdi>{paper.signatory}</bdi>, <bdi>{paper.capacity}</bdi>
                </>
              ),
            },
            {
              label: t("signing.check.place"),
              value: (
                <>
                  <bdi>{paper.place}</bdi>, {formatDay(paper.signedOn, i18n.language, "full")}
                </>
              ),
            },
            {
              label: t("signing.check.by"),
              value: (
                <>
                  <bdi>{paper.by.latinName || paper.by.name}</bdi>, <Instant at={paper.at} zone={zone} />
                </>
              ),
            },
            { label: t("signing.check.file"), value: t("signing.check.fileValue", file) },
            { label: t("signing.check.sha256"), value: <Digest value={paper.sha256} /> },
          ]}
        />
        <ButtonRow>
          <LinkButton to={`${base}/${id}/original`} download>
            {t("signing.check.scan")}
          </LinkButton>
        </ButtonRow>
      </Section>
      <Section title={t("signing.check.form")}>
        {answer && "ask" in answer && <PasskeyPrompt question={answer} />}
        {!factors.passkey && !factors.code ? (
          <FactorNeeded title={t("security.sign.neededToConfirm")} back={`${base}/${id}/check`} />
        ) : (
          <Form refusal={refusing ? null : refusal} labels={labels} apart>
            <input type="hidden" name="act" value="confirm" />
            <input type="hidden" name="sha256" value={paper.sha256} />
            <TextField
              name="shortDigest"
              label={labels.shortDigest}
              hint={t("signing.check.shortDigestHint")}
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
            />
            <TextField name="pages" label={labels.pages} inputMode="numeric" dir="ltr" />
            <StepUpFields {...factors} />
            <p className="hint">{t("signing.check.weight")}</p>
            <ButtonRow>
              <Button tone="primary" type="submit" working={t("signing.check.acting")}>
                {t("signing.check.act")}
              </Button>
              <LinkButton to={base} tone="quiet">
                {t("signing.handIn.back")}
              </LinkButton>
            </ButtonRow>
          </Form>
        )}
      </Section>
      <Section title={t("signing.check.refuse")}>
        <p className="hint">{t("signing.check.refuseWhy")}</p>
        <Form refusal={refusing ? refusal : null} labels={labels} apart>
          <input type="hidden" name="act" value="refuse" />
          <input type="hidden" name="sha256" value={paper.sha256} />
          <TextArea name="reason" label={labels.reason} rows={3} />
          <ButtonRow>
            <Button tone="danger" type="submit" working={t("signing.check.refuseActing")}>
              {t("signing.check.refuseAct")}
            </Button>
          </ButtonRow>
        </Form>
      </Section>
    </Page>
  );
}
