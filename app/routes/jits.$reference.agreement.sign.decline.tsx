import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { DeclineSignature, declineSignature } from "#app/domain/signing/signing.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

/** A paper that nobody has confirmed yet is no signature. */
const open = ["waiting", "checking"];

async function ownSlot(actor: Actor, jit: string) {
  const agreement = await getAgreement(actor, jit);
  const slot = agreement.frozen?.slots.find((one) => one.personId === actor.personId && open.includes(one.state));
  if (!slot) throw new NotFound();
  return { agreement, slot };
}

export const loader = inJit("signature.decline", async ({ actor, jit }) => {
  const { slot } = await ownSlot(actor, jit.id);
  return { partyState: slot.partyState, reference: jit.reference };
});

export const action = inJit("signature.decline", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: DeclineSignature.shape.reason }));
  const { agreement, slot } = await ownSlot(actor, jit.id);
  await declineSignature(actor, { jit: jit.id, document: agreement.id, slot: slot.id, reason });
  return redirect(`/jits/${params.reference}/agreement`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.decline.act")]);

export default function DeclinePage() {
  const { t, i18n } = useTranslation();
  const { partyState, reference } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("signing.decline.title", { state: stateName(partyState, i18n.language) })}
      lead={t("signing.decline.consequence")}
      refusal={useActionData<typeof action>()}
      reason={t("signing.decline.reason")}
      act={t("signing.decline.act")}
      acting={t("signing.decline.acting")}
      danger
      back={{ to: `/jits/${reference}/agreement/sign`, label: t("signing.decline.back") }}
    />
  );
}
