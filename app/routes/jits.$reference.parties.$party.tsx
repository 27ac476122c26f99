import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changeNationalCase, getParty } from "#app/domain/jits/parties.server.ts";
import { ChangeNationalCase } from "#app/domain/jits/parties.ts";
import { stateName } from "#app/domain/names/names.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = inJit("party.changeNationalCase", async ({ actor, jit, params }) => ({
  jit,
  party: await getParty(actor, { jit: jit.id, party: params.party ?? "" }),
}));

export const action = inJit("party.changeNationalCase", async ({ actor, jit, request, params }) => {
  const { nationalCase } = await form(request, ChangeNationalCase);
  await changeNationalCase(actor, { nationalCase, jit: jit.id, party: params.party ?? "" });
  return redirect(`/jits/${jit.reference}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("jits.party.nationalCase.crumb"), data?.jit.names.en]);

export default function NationalCasePage() {
  const { t, i18n } = useTranslation();
  const { jit, party } = useLoaderData<typeof loader>();
  const base = `/jits/${jit.reference}`;
  return (
    <Page form>
      <Masthead
        title={t("jits.party.nationalCase.title", { state: stateName(party.state, i18n.language) })}
        sub={t("jits.party.nationalCase.sub")}
        crumbs={[{ label: t("shell.nav.overview"), to: base }, { label: t("jits.party.nationalCase.crumb") }]}
      />
      <Form refusal={useActionData<Refusal>()}>
        <TextField
          name="nationalCase"
          label={t("jits.party.nationalCase.field")}
          defaultValue={party.nationalCase}
          required={false}
        />
        <ButtonRow>
          <Button type="submit" tone="primary" working={t("jits.party.nationalCase.acting")}>
            {t("jits.party.nationalCase.act")}
          </Button>
          <LinkButton to={base} tone="quiet">
            {t("shell.cancel")}
          </LinkButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}
