import "#app/i18n/english/accounts.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useSearchParams } from "@remix-run/react";
import { z } from "zod";
import { changePassword } from "#app/domain/accounts/password.server.ts";
import { changePreferences, Preferences } from "#app/domain/accounts/preferences.server.ts";
import { UnsentHere } from "#app/editor/UnsentHere.tsx";
import { form, type Refusal, signedIn } from "#app/http.server.ts";
import { zoneChoices } from "#app/i18n/choices.ts";
import { interfaceLanguages } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { keeperCookie, keeperIn, lookCookies, readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
import { ButtonRow } from "#app/ui/ButtonRow.tsx";
import { Checkbox } from "#app/ui/Checkbox.tsx";
import { Form } from "#app/ui/Form.tsx";
import { HomeFrame } from "#app/ui/HomeFrame.tsx";
import { themes } from "#app/ui/look.ts";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { PasswordField } from "#app/ui/PasswordField.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { RadioGroup } from "#app/ui/RadioGroup.tsx";
import { Section } from "#app/ui/Section.tsx";
import { Select } from "#app/ui/Select.tsx";

export const loader = signedIn("session.list", async ({ me, request }) => ({
  person: me.actor.personId,
  keepsTexts: keeperIn(request) === me.actor.personId,
  language: me.language,
  theme: me.theme,
  zone: me.timeZone,
  reader: readerOf(me),
}));

const Act = z.discriminatedUnion("act", [
  Preferences.extend({
    act: z.literal("prefer"),
    language: z.enum(
      interfaceLanguages.map(({ code }) => code),
      "language-unknown",
    ),
  }),
  z.object({ act: z.literal("device"), keepTexts: z.literal("on").optional() }),
  z.object({
    act: z.literal("password"),
    currentPassword: z.string("required").max(1000, "wrong-current-password"),
    password: z.string("required").max(1000, "password-too-long"),
  }),
]);

export const action = signedIn("account.prefer", async ({ actor, request }) => {
  const { act, ...input } = await form(request, Act);
  const headers = new Headers();
  if ("theme" in input) {
    await changePreferences(actor, input);
    for (const cookie of lookCookies(input)) headers.append("Set-Cookie", cookie);
  } else if (act === "device") {
    const keeps = "keepTexts" in input && input.keepTexts === "on";
    headers.append("Set-Cookie", keeperCookie(keeps ? actor.personId : null));
  } else if ("password" in input) await changePassword(actor, input);
  return redirect(`/me/settings?done=${act}`, { headers });
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.settings.title")]);

export default function SettingsPage() {
  const { t } = useTranslation();
  const { reader } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const [search] = useSearchParams();
  const done = refusal ? null : search.get("done");
  const ofPassword = refusal?.typed.act === "password";
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead title={t("accounts.settings.title")} />
        {done === "prefer" && <Banner tone="good" title={t("accounts.settings.saved")} live />}
        {done === "device" && <Banner tone="good" title={t("accounts.settings.deviceSaved")} live />}
        {done === "password" && <Banner tone="good" title={t("accounts.settings.changed")} live />}
        <PreferencesForm refusal={ofPassword ? undefined : refusal} />
        <Section title={t("accounts.settings.device")}>
          <DeviceForm />
        </Section>
        <Section title={t("accounts.settings.password")}>
          <PasswordForm refusal={ofPassword ? refusal : undefined} />
        </Section>
      </Page>
    </HomeFrame>
  );
}

function PreferencesForm({ refusal }: { refusal?: Refusal }) {
  const { t } = useTranslation();
  const { language, theme, zone } = useLoaderData<typeof loader>();
  return (
    <Form refusal={refusal}>
      <input type="hidden" name="act" value="prefer" />
      <Select
        name="language"
        label={t("accounts.settings.language")}
        hint={t("accounts.settings.languageHint")}
        options={interfaceLanguages.map(({ code, name }) => ({ value: code, label: name, lang: code }))}
        defaultValue={language}
      />
      <Select
        name="timeZone"
        label={t("accounts.settings.zone")}
        hint={t("accounts.settings.zoneHint")}
        options={zoneChoices()}
        defaultValue={zone}
      />
      <RadioGroup
        name="theme"
        label={t("accounts.settings.look")}
        options={themes.map((value) => ({ value, label: t(`accounts.settings.themes.${value}`) }))}
        defaultValue={theme}
      />
      <ButtonRow>
        <Button tone="primary" type="submit" working={t("accounts.settings.saving")}>
          {t("accounts.settings.save")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

/** What this device does, whoever's account it is: nothing of it is kept with the account. */
function DeviceForm() {
  const { t } = useTranslation();
  const { person, keepsTexts } = useLoaderData<typeof loader>();
  return (
    <Form apart>
      <input type="hidden" name="act" value="device" />
      <UnsentHere person={person} />
      <Checkbox
        key={String(keepsTexts)}
        name="keepTexts"
        label={t("accounts.settings.keepTexts")}
        hint={t("accounts.settings.keepTextsHint")}
        defaultChecked={keepsTexts}
      />
      <ButtonRow>
        <Button type="submit" working={t("accounts.settings.saving")}>
          {t("accounts.settings.deviceSave")}
        </Button>
      </ButtonRow>
    </Form>
  );
}

function PasswordForm({ refusal }: { refusal?: Refusal }) {
  const { t } = useTranslation();
  const labels = { currentPassword: t("accounts.settings.currentPassword"), password: t("accounts.password.label") };
  return (
    <Form refusal={refusal} labels={labels} apart>
      <input type="hidden" name="act" value="password" />
      <PasswordField name="currentPassword" label={labels.currentPassword} autoComplete="current-password" />
      <PasswordField
        name="password"
        label={labels.password}
        hint={t("accounts.password.hint")}
        autoComplete="new-password"
      />
      <ButtonRow>
        <Button type="submit" working={t("accounts.settings.changing")}>
          {t("accounts.settings.change")}
        </Button>
      </ButtonRow>
    </Form>
  );
}
