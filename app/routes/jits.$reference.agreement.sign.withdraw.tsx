import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { Actor } from "#app/domain/actor.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { WithdrawSignature, withdrawSignature } from "#app/domain/signing/taking-back.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "#app/ui/agreement/text-path.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { StepPage } from "#app/ui/StepPage.tsx";

/** A paper that was handed in for the person is taken back likewise. */
const given = ["signed", "checking"];

async function ownSlot(actor: Actor, jit: string, annex: string | undefined) {
  const agreement = await getText(actor, jit, annex);
  const slot = agreement.frozen?.slots.find((one) => one.personId === actor.personId && given.includes(one.state));
  if (!slot) throw new NotFound();
  return { agreement, slot };
}

export const loader = inJit("signature.withdraw", async ({ actor, jit, params }) => {
  const { slot } = await ownSlot(actor, jit.id, params.annex);
  return { partyState: slot.partyState, base: textPath(jit.reference, params.annex) };
});

export const action = inJit("signature.withdraw", async ({ actor, jit, request, params }) => {
  const { reason } = await form(request, z.object({ reason: WithdrawSignature.shape.reason }));
  const { agreement, slot } = await ownSlot(actor, jit.id, params.annex);
  await withdrawSignature(actor, { jit: jit.id, document: agreement.id, slot: slot.id, reason });
  return redirect(`${textPath(jit.reference, params.annex)}/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.withdraw.act")]);

export default function WithdrawPage() {
  const { t, i18n } = useTranslation();
  const { partyState, base } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("signing.withdraw.title", { state: stateName(partyState, i18n.language) })}
      lead={t("signing.withdraw.lead")}
      refusal={useActionData<typeof action>()}
      reason={t("signing.withdraw.reason")}
      act={t("signing.withdraw.act")}
      acting={t("signing.withdraw.acting")}
      danger
      back={{ to: `${base}/sign`, label: t("signing.handIn.back") }}
    />
  );
}
