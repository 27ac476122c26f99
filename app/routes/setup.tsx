import "#app/i18n/english/accounts.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { CompleteSetup, completeSetup, needsSetup } from "#app/domain/accounts/setup.server.ts";
import { NotFound } from "#app/domain/errors.ts";
import { anyone, form, originOf, type Refusal } from "#app/http.server.ts";
import { languageChoices, stateChoices } from "#app/i18n/choices.ts";
import { acceptedLanguage } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import type { loader as rootLoader } from "#app/root.tsx";
import { AuthorityFields, useAuthorityLabels } from "#app/ui/AuthorityFields.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LanguageTerms } from "#app/ui/LanguageTerms.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { SplitPage } from "#app/ui/SplitPage.tsx";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = anyone(async ({ request }) => {
  if (!(await needsSetup())) throw new NotFound();
  const language = acceptedLanguage(request.headers.get("Accept-Language"));
  return { states: stateChoices(language), languages: languageChoices(language) };
});

export const action = anyone(async ({ request, context }) => {
  await completeSetup(await form(request, CompleteSetup), originOf(request, context).address);
  return redirect("/");
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.setup.title")]);

export default function SetupPage() {
  const { t, i18n } = useTranslation();
  const root = useRouteLoaderData<typeof rootLoader>("root");
  const labels = {
    ...useAuthorityLabels(),
    code: t("accounts.setup.code"),
    person: t("accounts.person.name"),
    latinName: t("accounts.person.latinName"),
    email: t("accounts.person.email"),
    password: t("accounts.password.label"),
  };
  return (
    <SplitPage
      installation={root?.installation ?? t("shell.productName")}
      aside={<LanguageTerms current={i18n.language} />}
    >
      <h1>{t("accounts.setup.title")}</h1>
      <p className="signin-help">{t("accounts.setup.lead")}</p>
      <Form refusal={useActionData<Refusal>()} labels={labels}>
        <TextField name="code" label={labels.code} hint={t("accounts.setup.codeHint")} dir="ltr" autoComplete="off" />
        <Section title={t("accounts.setup.you")}>
          <TextField name="person" label={labels.person} autoComplete="name" />
          <TextField name="latinName" label={labels.latinName} dir="ltr" />
          <TextField name="email" type="email" label={labels.email} autoComplete="username" />
          <PasswordField
            name="password"
            label={labels.password}
            hint={t("accounts.password.hint")}
            autoComplete="new-password"
          />
        </Section>
        <Section title={t("accounts.setup.authority")}>
          <AuthorityFields {...useLoaderData<typeof loader>()} />
        </Section>
        <ButtonRow>
          <Button tone="primary" type="submit" wide working={t("accounts.setup.acting")}>
            {t("accounts.setup.act")}
          </Button>
        </ButtonRow>
      </Form>
    </SplitPage>
  );
}
