import "#app/i18n/english/outside.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import {
  checkOut,
  checkoutMinutes,
  findCheckout,
  HandInOutside,
  handInOutside,
  mostOutsideBytes,
} from "#app/domain/signing/outside.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { Instant } from "#app/ui/Instant.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { TextField } from "#app/ui/TextField.tsx";

const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("take") }),
  HandInOutside.extend({
    act: z.literal("handIn"),
    file: z
      .instanceof(File, { message: "required" })
      .refine(({ size }) => size > 0, "required")
      .refine(({ size }) => size <= mostOutsideBytes, "outside-too-large"),
  }),
]);

async function ownSlot(actor: Actor, jit: string, { annex, slot: id }: { annex?: string; slot?: string }) {
  const agreement = await getText(actor, jit, annex);
  const slot = agreement.frozen?.slots.find((one) => one.id === id && one.methods.includes("national_qualified"));
  if (!slot || slot.personId !== actor.personId || slot.state !== "waiting") throw new NotFound();
  return { slot, place: { jit, document: agreement.id, slot: slot.id } };
}

export const loader = inJit("outside.handIn", async ({ actor, jit, params, me }) => {
  const { slot, place } = await ownSlot(actor, jit.id, params);
  const standing = await findCheckout(actor, place);
  const { partyState, capacity, id } = slot;
  return {
    ...standing,
    ...{ partyState, capacity, slot: id },
    back: `${textPath(jit.reference, params.annex)}/sign`,
    authorities: `${textPath(jit.reference, null)}/sign/authorities`,
    zone: me.timeZone,
    minutes: checkoutMinutes,
  };
});

export const action = inJit("outside.handIn", async ({ actor, jit, request, params }) => {
  const input = await form(request, Act);
  const { place } = await ownSlot(actor, jit.id, params);
  const base = `${textPath(jit.reference, params.annex)}/sign`;
  if (input.act === "take") {
    await checkOut(actor, place);
    return redirect(`${base}/${params.slot}/outside`);
  }
  const { capacity, place: where, file } = input;
  await handInOutside(actor, { ...place, capacity, place: where }, new Uint8Array(await file.arrayBuffer()));
  return redirect(base);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("outside.crumb")]);

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function OutsidePage() {
  const { t, i18n } = useTranslation();
  const loaded = useLoaderData<typeof loader>();
  const { back, authorities } = loaded;
  return (
    <Page form>
      <Masthead
        title={t("outside.title", { state: stateName(loaded.partyState, i18n.language) })}
        sub={t("outside.lead")}
        crumbs={[{ label: t("signing.titleOthers"), to: back }, { label: t("outside.crumb") }]}
      />
      {loaded.trusted === 0 && (
        <Banner
          tone="hold"
          title={t("outside.take.untrusted")}
          action={<LinkButton to={authorities}>{t("outside.take.authorities")}</LinkButton>}
        />
      )}
      <TakeOut {...loaded} />
      {loaded.earlier && <HandIn {...loaded} />}
      <Section title={t("outside.checks.title")}>
        <p>{t("outside.checks.one")}</p>
        <p>{t("outside.checks.two")}</p>
        <p className="hint">{t("outside.checks.three")}</p>
        <p>
          <Link to={authorities}>{t("outside.take.authorities")}</Link>
        </p>
      </Section>
    </Page>
  );
}

function TakeOut({ own, taken, earlier, minutes, slot, zone, back }: Loaded) {
  const { t } = useTranslation();
  const refusal = useActionData<Refusal>();
  const [taking, till] = t("outside.take.until", { until: "\u0000" }).split("\u0000");
  const [others, rest] = t("outside.take.taken", { until: "\u0000" }).split("\u0000");
  return (
    <Section title={t("outside.take.title")}>
      {own && (
        <p>
          {taking}
          <Instant at={own.until} zone={zone} />
          {till}
        </p>
      )}
      {taken && (
        <p>
          {others}
          <Instant at={taken.until} zone={zone} />
          {rest}
        </p>
      )}
      {!own && !taken && earlier && <p>{t("outside.take.over")}</p>}
      <p className="hint">{t("outside.take.hint", { minutes })}</p>
      {own && (
        <ButtonRow>
          <LinkButton to={`${back}/${slot}/revision`} download>
            {t("outside.take.download")}
          </LinkButton>
        </ButtonRow>
      )}
      {!own && !taken && (
        <Form refusal={refusal?.typed.act === "take" ? refusal : undefined} labels={{}}>
          <input type="hidden" name="act" value="take" />
          <ButtonRow>
            <Button tone={earlier ? undefined : "primary"} type="submit" working={t("outside.take.acting")}>
              {t(earlier ? "outside.take.again" : "outside.take.act")}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  );
}

function HandIn({ capacity, back }: Loaded) {
  const { t } = useTranslation();
  const refusal = useActionData<Refusal>();
  const labels = {
    file: t("outside.handIn.file"),
    capacity: t("outside.handIn.capacity"),
    place: t("outside.handIn.place"),
  };
  return (
    <Section title={t("outside.handIn.title")}>
      <p className="hint">{t("outside.handIn.hint")}</p>
      <Form refusal={refusal?.typed.act === "take" ? undefined : refusal} labels={labels} encType="multipart/form-data">
        <input type="hidden" name="act" value="handIn" />
        <FileField name="file" label={labels.file} hint={t("outside.handIn.fileHint")} accept=".pdf,application/pdf" />
        <FieldPair>
          <TextField name="capacity" label={labels.capacity} defaultValue={capacity} />
          <TextField name="place" label={labels.place} />
        </FieldPair>
        <ButtonRow>
          <Button tone="primary" type="submit" working={t("outside.handIn.acting")}>
            {t("outside.handIn.act")}
          </Button>
          <LinkButton to={back} tone="quiet">
            {t("outside.handIn.back")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Section>
  );
}
