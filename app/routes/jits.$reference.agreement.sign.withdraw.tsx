import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { WithdrawSignature, withdrawSignature } from "#app/domain/signing/taking-back.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

/** A paper that was handed in for the person is taken back likewise. */
const given = ["signed", "checking"];

async function ownSlot(actor: Actor, jit: string) {
  const agreement = await getAgreement(actor, jit);
  const slot = agreement.frozen?.slots.find((one) => one.personId === actor.personId && given.includes(one.state));
  if (!slot) throw new NotFound();
  return { agreement, slot };
}

export const loader = inJit("signature.withdraw", async ({ actor, jit }) => {
  const { slot } = await ownSlot(actor, jit.id);
  return { partyState: slot.partyState, reference: jit.reference };
});

export const action = inJit("signature.withdraw", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: WithdrawSignature.shape.reason }));
  const { agreement, slot } = await ownSlot(actor, jit.id);
  await withdrawSignature(actor, { jit: jit.id, document: agreement.id, slot: slot.id, reason });
  return redirect(`/jits/${params.reference}/agreement/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.withdraw.act")]);

export default function WithdrawPage() {
  const { t, i18n } = useTranslation();
  const { partyState, reference } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("signing.withdraw.title", { state: stateName(partyState, i18n.language) })}
      lead={t("signing.withdraw.lead")}
      refusal={useActionData<typeof action>()}
      reason={t("signing.withdraw.reason")}
      act={t("signing.withdraw.act")}
      acting={t("signing.withdraw.acting")}
      danger
      back={{ to: `/jits/${reference}/agreement/sign`, label: t("signing.handIn.back") }}
    />
  );
}
