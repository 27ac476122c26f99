import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { Actor } from "#app/domain/actor.ts";
import { getAgreement } from "#app/domain/documents/document.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { stateName } from "#app/domain/names/names.ts";
import { DelegateSlot, delegateSlot, listDelegates } from "#app/domain/signing/delegating.server.ts";
import { form, inJit } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { StepPage } from "#app/ui/StepPage.tsx";
import { TextField } from "#app/ui/TextField.tsx";

async function ownSlot(actor: Actor, jit: string) {
  const agreement = await getAgreement(actor, jit);
  const slots = agreement.frozen?.slots ?? [];
  const slot = slots.find((one) => one.personId === actor.personId && one.state === "waiting");
  if (!slot) throw new NotFound();
  return { agreement, slot, taken: slots.map(({ memberId }) => memberId) };
}

export const loader = inJit("slot.delegate", async ({ actor, jit }) => {
  const { slot, taken } = await ownSlot(actor, jit.id);
  const people = await listDelegates(actor, jit.id, { partyId: slot.partyId, taken });
  return { partyState: slot.partyState, reference: jit.reference, people };
});

export const action = inJit("slot.delegate", async ({ actor, jit, request, params }) => {
  const input = await form(request, DelegateSlot.pick({ member: true, mandate: true }));
  const { agreement, slot } = await ownSlot(actor, jit.id);
  await delegateSlot(actor, { jit: jit.id, document: agreement.id, slot: slot.id, ...input });
  return redirect(`/jits/${params.reference}/agreement/sign`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("signing.delegate.act")]);

export default function DelegatePage() {
  const { t, i18n } = useTranslation();
  const { partyState, reference, people } = useLoaderData<typeof loader>();
  return (
    <StepPage
      title={t("signing.delegate.title", { state: stateName(partyState, i18n.language) })}
      lead={t("signing.delegate.lead")}
      refusal={useActionData<typeof action>()}
      act={t("signing.delegate.act")}
      notPossible={people.length === 0 ? t("signing.delegate.nobody") : null}
      acting={t("signing.delegate.acting")}
      back={{ to: `/jits/${reference}/agreement/sign`, label: t("signing.handIn.back") }}
    >
      <Select
        name="member"
        label={t("signing.delegate.person")}
        emptyLabel={t("signing.delegate.choose")}
        options={people.map(({ id, name, latinName, capacity }) => ({
          value: id,
          label: [latinName || name, capacity].filter(Boolean).join(", "),
        }))}
      />
      <TextField name="mandate" label={t("signing.delegate.mandate")} hint={t("signing.delegate.mandateHint")} />
    </StepPage>
  );
}
