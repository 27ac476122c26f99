import "#app/i18n/english/accounts.ts";
import "#app/i18n/english/security.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useRouteLoaderData } from "@remix-run/react";
import { z } from "zod";
import { localPath } from "#app/domain/accounts/next.ts";
import { PasskeyAnswer } from "#app/domain/accounts/passkey-answers.ts";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import {
  askPasskeyToSignIn,
  blankHalfCookie,
  completeSignIn,
  findHalfSignIn,
} from "#app/domain/accounts/second-factor.server.ts";
import { anyone, form, originOf, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { keeperAfterSignIn, lookCookies } from "#app/reader.server.ts";
import type { loader as rootLoader } from "#app/root.tsx";
import { CodeField } from "#app/ui/AppSetUp.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Form } from "#app/ui/Form.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import { LanguageTerms } from "#app/ui/LanguageTerms.tsx";
import { PasskeyPrompt } from "#app/ui/PasskeyPrompt.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { SplitPage } from "#app/ui/SplitPage.tsx";

export const loader = anyone(async ({ request, me }) => {
  if (me) throw redirect("/home");
  const half = await findHalfSignIn(request.headers.get("Cookie"));
  if (!half) throw redirect("/");
  return { passkey: half.factors.passkeys.length > 0, app: half.factors.app };
});

const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("ask") }),
  PasskeyAnswer.extend({ act: z.literal("answer") }),
  z.object({ act: z.literal("code"), code: z.string("required").trim().min(1, "required").max(40, "wrong-code") }),
]);

export const action = anyone(async ({ request, context, me }): Promise<Response | PasskeyAsk> => {
  const input = await form(request, Act);
  const cookie = request.headers.get("Cookie");
  if (input.act === "ask") return askPasskeyToSignIn(cookie);
  const session = me?.actor.sessionId;
  const signed = await completeSignIn(cookie, input, { ...originOf(request, context), session });
  const headers = new Headers();
  const cookies = [
    signed.cookie,
    blankHalfCookie(),
    ...lookCookies(signed),
    ...keeperAfterSignIn(request, signed.person),
  ];
  for (const one of cookies) headers.append("Set-Cookie", one);
  return redirect(localPath(new URL(request.url).searchParams.get("next") ?? undefined), { headers });
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("security.signIn.title")]);

export default function SecondFactorPage() {
  const { t, i18n } = useTranslation();
  const { passkey, app } = useLoaderData<typeof loader>();
  const answer = useActionData<PasskeyAsk | Refusal>();
  const refusal = answer && "problems" in answer ? answer : undefined;
  const root = useRouteLoaderData<typeof rootLoader>("root");
  const label = t(app ? "security.signIn.code" : "security.signIn.recovery");
  const ofCode = refusal?.typed.act === "code";
  return (
    <SplitPage
      installation={root?.installation ?? t("shell.productName")}
      aside={<LanguageTerms current={i18n.language} />}
    >
      <h1>{t("security.signIn.title")}</h1>
      <p className="signin-help">{t("security.signIn.lead")}</p>
      {refusal && !ofCode && <FormProblems problems={refusal.problems} />}
      {answer && "ask" in answer && <PasskeyPrompt question={answer} />}
      {passkey && (
        <Form>
          <ButtonRow>
            <Button tone="primary" type="submit" wide name="act" value="ask" working={t("security.signIn.asking")}>
              {t("security.signIn.passkey")}
            </Button>
          </ButtonRow>
        </Form>
      )}
      <Form refusal={ofCode ? refusal : undefined} labels={{ code: label }} apart>
        <input type="hidden" name="act" value="code" />
        <CodeField
          label={label}
          hint={t(app ? "security.signIn.codeHint" : "security.signIn.recoveryHint")}
          focus={!passkey}
        />
        <ButtonRow>
          <Button tone={passkey ? "secondary" : "primary"} type="submit" wide working={t("security.signIn.acting")}>
            {t("security.signIn.act")}
          </Button>
        </ButtonRow>
      </Form>
      <p className="signin-help">
        {t("security.signIn.lost")} <Link to="/">{t("security.signIn.again")}</Link>
      </p>
    </SplitPage>
  );
}
