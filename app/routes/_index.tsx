import "#app/i18n/english/accounts.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useRouteLoaderData, useSearchParams } from "@remix-run/react";
import { localPath } from "#app/domain/accounts/next.ts";
import { needsSetup } from "#app/domain/accounts/setup.server.ts";
import { SignIn, signIn } from "#app/domain/accounts/sign-in.server.ts";
import { anyone, form, originOf } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { config } from "#app/platform/config.ts";
import { keeperAfterSignIn, lookCookies } from "#app/reader.server.ts";
import type { loader as rootLoader } from "#app/root.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { LanguageTerms } from "#app/ui/LanguageTerms.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SplitPage } from "#app/ui/SplitPage.tsx";
import { TextField } from "#app/ui/TextField.tsx";

export const loader = anyone(async ({ me }) => {
  if (me) throw redirect("/home");
  if (await needsSetup()) throw redirect("/setup");
  return { exercise: config().DEMO };
});

export const action = anyone(async ({ request, context, me }) => {
  const { next, ...input } = await form(request, SignIn);
  const session = me?.actor.sessionId;
  const { person, cookie, half, ...look } = await signIn(input, { ...originOf(request, context), session });
  const headers = new Headers();
  if (half) {
    headers.append("Set-Cookie", cookie);
    return redirect(`/second-factor?next=${encodeURIComponent(localPath(next))}`, { headers });
  }
  const cookies = [cookie, ...lookCookies(look), ...keeperAfterSignIn(request, person)];
  for (const one of cookies) headers.append("Set-Cookie", one);
  return redirect(localPath(next), { headers });
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.signIn.title")]);

export default function SignInPage() {
  const { t, i18n } = useTranslation();
  const { exercise } = useLoaderData<typeof loader>();
  const root = useRouteLoaderData<typeof rootLoader>("root");
  const [search] = useSearchParams();
  const labels = { email: t("accounts.signIn.email"), password: t("accounts.signIn.password") };
  return (
    <SplitPage
      installation={root?.installation ?? t("shell.productName")}
      aside={
        <>
          <LanguageTerms current={i18n.language} />
          {exercise && <p className="signin-note">{t("accounts.signIn.exercise")}</p>}
        </>
      }
      foot={<span>{t("accounts.signIn.sensitive")}</span>}
    >
      <h1>{t("accounts.signIn.title")}</h1>
      <Form refusal={useActionData<typeof action>()} labels={labels}>
        <input type="hidden" name="next" value={search.get("next") ?? ""} />
        <TextField name="email" type="email" label={labels.email} autoComplete="username" autoFocus />
        <PasswordField name="password" label={labels.password} autoComplete="current-password" />
        <ButtonRow>
          <Button tone="primary" type="submit" wide working={t("accounts.signIn.acting")}>
            {t("accounts.signIn.act")}
          </Button>
        </ButtonRow>
      </Form>
      <p className="signin-help">{t("accounts.signIn.coordinator")}</p>
    </SplitPage>
  );
}
