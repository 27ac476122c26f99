import "#app/i18n/english/accounts.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { z } from "zod";
import { choosePasswordByLink, findLinkOwner } from "#app/domain/accounts/password-links.server.ts";
import { anyone, form } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import type { loader as rootLoader } from "#app/root.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LanguageTerms } from "#app/ui/LanguageTerms.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SplitPage } from "#app/ui/SplitPage.tsx";

export const loader = anyone(async ({ params }) => ({
  email: (await findLinkOwner(params.token ?? ""))?.email ?? null,
}));

export const action = anyone(async ({ request, params }) => {
  const { password } = await form(request, z.object({ password: z.string("required").max(1000, "password-too-long") }));
  await choosePasswordByLink({ token: params.token ?? "", password });
  return redirect("/");
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.password.title")]);

export default function ChoosePasswordPage() {
  const { t, i18n } = useTranslation();
  const { email } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const root = useRouteLoaderData<typeof rootLoader>("root");
  return (
    <SplitPage
      installation={root?.installation ?? t("shell.productName")}
      aside={<LanguageTerms current={i18n.language} />}
    >
      <h1>{t(email ? "accounts.password.title" : "accounts.password.dead")}</h1>
      <p className="signin-help">{email ? t("accounts.password.lead", { email }) : t("accounts.password.deadWhy")}</p>
      {email ? (
        <Form refusal={refusal}>
          <PasswordField
            name="password"
            label={t("accounts.password.label")}
            hint={t("accounts.password.hint")}
            autoComplete="new-password"
          />
          <ButtonRow>
            <Button tone="primary" type="submit" wide working={t("accounts.password.acting")}>
              {t("accounts.password.act")}
            </Button>
          </ButtonRow>
        </Form>
      ) : (
        <LinkButton to="/">{t("accounts.password.toSignIn")}</LinkButton>
      )}
    </SplitPage>
  );
}
