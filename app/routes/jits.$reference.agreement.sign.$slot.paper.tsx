import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { mostPaperBytes } from "#app/domain/signing/paper.ts";
import { HandInPaper, handInPaper } from "#app/domain/signing/papers.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { DateField } from "#app/ui/DateField.tsx";
import { FieldPair } from "#app/ui/FieldPair.tsx";
import { FileField } from "#app/ui/FileField.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextField } from "#app/ui/TextField.tsx";

const Upload = HandInPaper.omit({ jit: true, document: true, slot: true }).extend({
  file: z
    .instanceof(File, { message: "required" })
    .refine(({ size }) => size > 0, "required")
    .refine(({ size }) => size <= mostPaperBytes, "paper-too-large"),
});

async function slotOf(actor: Actor, jit: string, id: string | undefined) {
  const agreement = await getAgreement(actor, jit);
  const slot = agreement.frozen?.slots.find((one) => one.id === id && one.methods.includes("ink"));
  if (!slot || !agreement.frozen) throw new NotFound();
  return { document: agreement.id, digest: agreement.frozen.digest, slot };
}

export const loader = inJit("paper.handIn", async ({ actor, jit, access, params }) => {
  const { slot, digest } = await slotOf(actor, jit.id, params.slot);
  if (slot.partyId !== access.partyId) throw new NotFound();
  const { partyState, latinName, name, capacity } = slot;
  return { partyState, signatory: latinName || name, capacity, digest, reference: jit.reference };
});

export const action = inJit("paper.handIn", async ({ actor, jit, request, params }) => {
  const { file, ...input } = await form(request, Upload);
  const { document, slot } = await slotOf(actor, jit.id, params.slot);
  const bytes = new Uint8Array(await file.arrayBuffer());
  await handInPaper(actor, { jit: jit.id, document, slot: slot.id, ...input }, bytes);
  return redirect(`/jits/${params.reference}/agreement/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.handIn.act")]);

export default function HandInPage() {
  const { t, i18n } = useTranslation();
  const { partyState, signatory, capacity, digest, reference } = useLoaderData<typeof loader>();
  const back = `/jits/${reference}/agreement/sign`;
  const labels = {
    file: t("signing.handIn.file"),
    signatory: t("signing.handIn.signatory"),
    capacity: t("signing.handIn.capacity"),
    place: t("signing.handIn.place"),
    signedOn: t("signing.handIn.signedOn"),
  };
  return (
    <Page form>
      <Masthead
        title={t("signing.handIn.title", { state: stateName(partyState, i18n.language) })}
        sub={t("signing.handIn.lead")}
        crumbs={[{ label: t("signing.titleOthers"), to: back }, { label: t("signing.handIn.crumb") }]}
      />
      <Form refusal={useActionData<Refusal>()} labels={labels} encType="multipart/form-data">
        <input type="hidden" name="digest" value={digest} />
        <FileField
          name="file"
          label={labels.file}
          hint={t("signing.handIn.fileHint")}
          accept=".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
        />
        <TextField name="signatory" label={labels.signatory} defaultValue={signatory} />
        <TextField name="capacity" label={labels.capacity} defaultValue={capacity} />
        <FieldPair>
          <TextField name="place" label={labels.place} />
          <DateField name="signedOn" label={labels.signedOn} />
        </FieldPair>
        <ButtonRow>
          <Button tone="primary" type="submit" working={t("signing.handIn.acting")}>
            {t("signing.handIn.act")}
          </Button>
          <LinkButton to={`/jits/${reference}/agreement/pdf`} download>
            {t("signing.downloadPdf")}
          </LinkButton>
          <LinkButton to={back} tone="quiet">
            {t("signing.handIn.back")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}
