import "#app/i18n/english/agreeing.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can } from "#app/domain/access.ts";
import { AgreeToText, agreeToText, readWholeText, takeBack } from "#app/domain/agreeing/agreeing.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { EarlierAssents } from "#app/ui/agreement/EarlierAssents.tsx";
import { StandTable } from "#app/ui/agreement/StandTable.tsx";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Digest } from "#app/ui/Digest.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";

export const loader = inJit("document.read", async ({ actor, jit, access, me, params }) => {
  const { id, state } = await getText(actor, jit.id, params.annex);
  const subject = { documentId: id, documentState: state, partyId: access.partyId };
  return {
    ...(await readWholeText(actor, { jit: jit.id, document: id })),
    own: access.partyId,
    mayAgree: can(access, "text.agree", subject) === "yes",
    zone: me.timeZone,
    base: textPath(jit.reference, params.annex),
  };
});

const Act = z.discriminatedUnion("act", [
  AgreeToText.extend({ act: z.literal("agree") }),
  z.object({ act: z.literal("takeBack") }),
]);

export const action = inJit("text.agree", async ({ actor, jit, access, request, params }) => {
  const input = await form(request, Act);
  const { id } = await getText(actor, jit.id, params.annex);
  const step = { jit: jit.id, document: id, party: access.partyId ?? "" };
  if (input.act === "agree") await agreeToText(actor, { ...step, digest: input.digest });
  else await takeBack(actor, { ...step, clause: null });
  return redirect(`${textPath(jit.reference, params.annex)}/agree`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("agreeing.page.title")]);

export default function AgreePage() {
  const { t } = useTranslation();
  const { version, digest, stands, earlier, own, zone, base: back } = useLoaderData<typeof loader>();
  return (
    <Page form>
      <Masthead
        title={t("agreeing.page.title")}
        sub={t("agreeing.page.lead", { version })}
        crumbs={[{ label: t("documents.back"), to: back }, { label: t("agreeing.page.title") }]}
      />
      <Section title={t("agreeing.page.digest")}>
        <p>
          <Digest value={digest} />
        </p>
        <p className="hint">{t("agreeing.page.digestHint")}</p>
      </Section>
      <Section title={t("agreeing.page.stands")}>
        <StandTable stands={stands} own={own} zone={zone} />
      </Section>
      <Say back={back} />
      {earlier.length > 0 && (
        <Section title={t("agreeing.page.history")}>
          <EarlierAssents assents={earlier} zone={zone} />
        </Section>
      )}
    </Page>
  );
}

/** The own party's say: to agree, to take it back, or why neither. */
function Say({ back }: { back: string }) {
  const { t, i18n } = useTranslation();
  const { digest, stands, own, mayAgree } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const mine = stands.find((stand) => stand.party.id === own);
  const toText = (
    <LinkButton to={back} tone="quiet">
      {t("documents.back")}
    </LinkButton>
  );
  if (!mine || !mayAgree) {
    return (
      <>
        <p className="hint">{t(mine ? "agreeing.page.notYours" : "agreeing.page.noParty")}</p>
        <ButtonRow>{toText}</ButtonRow>
      </>
    );
  }
  const state = stateName(mine.party.state, i18n.language);
  return (
    <Form refusal={refusal}>
      <input type="hidden" name="digest" value={digest} />
      {!mine.holds && <p className="consequence">{t("agreeing.page.consequence", { state })}</p>}
      <ButtonRow>
        {mine.holds ? (
          <Button type="submit" name="act" value="takeBack" working={t("agreeing.page.takingBack")}>
            {t("agreeing.page.takeBack", { state })}
          </Button>
        ) : (
          <Button type="submit" tone="primary" name="act" value="agree" working={t("agreeing.page.agreeing")}>
            {t("agreeing.page.agree", { state })}
          </Button>
        )}
        {toText}
      </ButtonRow>
    </Form>
  );
}
