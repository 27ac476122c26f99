import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { isEditable } from "#app/domain/documents/states.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { addParty, listPossibleParties } from "#app/domain/jits/parties.server.ts";
import { AddParty } from "#app/domain/jits/parties.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { EmptyState } from "#app/ui/EmptyState.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Select } from "#app/ui/Select.tsx";
import { TextField } from "#app/ui/TextField.tsx";
import { WhoSees } from "#app/ui/WhoSees.tsx";

export const loader = inJit("party.add", async ({ actor, jit }) => ({
  jit,
  possible: await listPossibleParties(actor, jit.id),
  late: jit.agreement !== null && !isEditable(jit.agreement.state),
}));

export const action = inJit("party.add", async ({ actor, jit, request }) => {
  await addParty(actor, { ...(await form(request, AddParty)), jit: jit.id });
  return redirect(`/jits/${jit.reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.party.add.title"), data?.jit.names.en]);

export default function AddPartyPage() {
  const { t } = useTranslation();
  const { jit, possible } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}`;
  return (
    <Page form>
      <Masthead
        title={t("jits.party.add.title")}
        sub={t("jits.party.add.sub")}
        crumbs={[{ label: t("shell.nav.overview"), to: base }, { label: t("jits.party.add.crumb") }]}
      />
      {possible.length === 0 ? (
        <EmptyState
          lead={t("jits.party.add.none.lead")}
          action={<LinkButton to={base}>{t("jits.party.add.none.act")}</LinkButton>}
        >
          {t("jits.party.add.none.why")}
        </EmptyState>
      ) : (
        <AddForm base={base} />
      )}
    </Page>
  );
}

function AddForm({ base }: { base: string }) {
  const { t } = useTranslation();
  const { late } = useLoaderData<typeof loader>();
  return (
    <Form refusal={useActionData<Refusal>()} labels={{ authority: t("jits.party.add.authority") }}>
      <Select
        name="authority"
        label={t("jits.party.add.authority")}
        emptyLabel={t("jits.party.add.choose")}
        options={useAuthorities()}
      />
      <TextField
        name="nationalCase"
        label={t("jits.party.add.nationalCase")}
        hint={t("jits.party.add.nationalCaseHint")}
        required={false}
      />
      <WhoSees>{t("jits.party.add.sees")}</WhoSees>
      <ButtonRow>
        <Button
          type="submit"
          tone="primary"
          working={t("jits.party.add.acting")}
          notPossible={late ? t("jits.party.add.late") : null}
        >
          {t("jits.party.add.act")}
        </Button>
        <LinkButton to={base} tone="quiet">
          {t("shell.cancel")}
        </LinkButton>
      </ButtonRow>
    </Form>
  );
}

/** The authorities that may still be a party, under their State. */
function useAuthorities() {
  const { i18n } = useTranslation();
  const { possible } = useLoaderData<typeof loader>();
  const language = i18n.language;
  const { compare } = new Intl.Collator(language);
  const states = [...new Set(possible.map(({ state }) => state))].map((code) => ({
    code,
    group: stateName(code, language),
  }));
  return states
    .sort((a, b) => compare(a.group, b.group))
    .map(({ code, group }) => ({
      group,
      options: possible
        .filter(({ state }) => state === code)
        .map(({ id, names }) => ({ value: id, label: nameIn(language, names) })),
    }));
}
