import "#app/i18n/english/security.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { askToConfirm, confirmByPasskey, confirmByPassword } from "#app/domain/accounts/confirmation.server.ts";
import {
  addApp,
  addPasskey,
  askForPasskey,
  beginApp,
  listFactors,
  makeCodes,
  removeApp,
  removePasskey,
} from "#app/domain/accounts/enrolment.server.ts";
import { localPath } from "#app/domain/accounts/next.ts";
import { NewPasskeyAnswer, PasskeyAnswer } from "#app/domain/accounts/passkey-answers.ts";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import { qrPicture } from "#app/domain/accounts/totp-picture.server.ts";
import { line } from "#app/domain/jits/wording.ts";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { FormProblems } from "#app/ui/FormProblems.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasskeyPrompt } from "#app/ui/PasskeyPrompt.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RecoveryCodes } from "#app/ui/RecoveryCodes.tsx";
import { AppSection } from "#app/ui/security/AppSection.tsx";
import { CodesSection } from "#app/ui/security/CodesSection.tsx";
import { ConfirmSection } from "#app/ui/security/ConfirmSection.tsx";
import { NoticesSection } from "#app/ui/security/NoticesSection.tsx";
import { PasskeysSection } from "#app/ui/security/PasskeysSection.tsx";

export const loader = signedIn("factor.list", async ({ actor, me }) => {
  const { pending, ...factors } = await listFactors(actor, me.email);
  return {
    ...factors,
    pending: pending && { secret: pending.secret, picture: qrPicture(pending.address) },
    zone: me.timeZone,
    reader: readerOf(me),
  };
});

const password = z.string("required").min(1, "required").max(1000, "wrong-current-password");
const code = z.string("required").trim().min(1, "required").max(40, "wrong-code");
const Act = z.discriminatedUnion("act", [
  z.object({ act: z.literal("confirm"), password }),
  z.object({ act: z.literal("confirmAsk") }),
  PasskeyAnswer.extend({ act: z.literal("confirmAnswer") }),
  z.object({ act: z.literal("passkey"), name: line(60) }),
  NewPasskeyAnswer.extend({ act: z.literal("addPasskey"), name: line(60) }),
  z.object({ act: z.literal("removePasskey"), passkey: z.string("required").max(1400) }),
  z.object({ act: z.literal("addApp"), code }),
  z.object({ act: z.enum(["beginApp", "removeApp", "makeCodes"]) }),
]);
type Answer = PasskeyAsk | { codes: string[] };

export const action = signedIn("factor.list", async ({ actor, me, request }): Promise<Response | Answer> => {
  const input = await form(request, Act);
  let codes: string[] | null = null;
  if (input.act === "confirm") await confirmByPassword(actor, input.password);
  else if (input.act === "confirmAsk") return askToConfirm(actor);
  else if (input.act === "confirmAnswer") await confirmByPasskey(actor, input);
  else if (input.act === "passkey") return askForPasskey(actor, { name: input.name, email: me.email });
  else if (input.act === "addPasskey") codes = await addPasskey(actor, input);
  else if (input.act === "removePasskey") await removePasskey(actor, input.passkey);
  else if (input.act === "beginApp") await beginApp(actor);
  else if (input.act === "addApp") codes = await addApp(actor, input.code);
  else if (input.act === "removeApp") await removeApp(actor);
  else codes = await makeCodes(actor);
  // Codes are shown this once: a page that can be asked for again would show them again.
  if (codes) return { codes };
  const query = new URL(request.url).searchParams;
  query.set("done", input.act === "confirmAnswer" ? "confirm" : input.act);
  return redirect(`/me/security?${query}`);
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("security.title")]);

const done = ["confirm", "addPasskey", "removePasskey", "addApp", "removeApp"] as const;

export default function SecurityPage() {
  const { t } = useTranslation();
  const { confirmed, passkeys, app, pending, codesLeft, notices, zone, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<Answer | Refusal>();
  const [search] = useSearchParams();
  const refusal = answer && "problems" in answer ? answer : undefined;
  const ofAct = (act: string) => (refusal?.typed.act === act ? refusal : undefined);
  const atItsForm = ["confirm", "passkey", "addApp"].some(ofAct);
  const said = answer ? undefined : done.find((one) => one === search.get("done"));
  const next = search.get("next");
  const has = { factor: passkeys.length > 0 || app !== null };
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead title={t("security.title")} sub={t("security.lead")} />
        {refusal && !atItsForm && <FormProblems problems={refusal.problems} />}
        {said && <Banner tone="good" title={t(`security.done.${said}`)} live />}
        {answer && "codes" in answer && <RecoveryCodes codes={answer.codes} />}
        {answer && "ask" in answer && <PasskeyPrompt question={answer} />}
        {next && has.factor && <LinkButton to={localPath(next)}>{t("security.back")}</LinkButton>}
        {!confirmed && <ConfirmSection passkey={passkeys.length > 0} refusal={ofAct("confirm")} />}
        <PasskeysSection passkeys={passkeys} zone={zone} open={confirmed} refusal={ofAct("passkey")} />
        <AppSection app={app} pending={pending} zone={zone} open={confirmed} refusal={ofAct("addApp")} />
        {(has.factor || codesLeft > 0) && <CodesSection left={codesLeft} open={confirmed} />}
        <NoticesSection notices={notices} zone={zone} />
      </Page>
    </HomeFrame>
  );
}
