import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useTranslation } from "react-i18next";
import { z } from "zod";
import { changePassword } from "#app/domain/accounts/people.server.ts";
import { changePreferences, Preferences } from "#app/domain/accounts/preferences.server.ts";
import { form, signedIn } from "#app/http.server.ts";
import { zoneChoices } from "#app/i18n/choices.ts";
import { readerOf } from "#app/reader.server.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Button } from "#app/ui/Button.tsx";
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

export const loader = signedIn("session.list", async ({ me }) => ({
  theme: me.theme,
  zone: me.timeZone,
  reader: readerOf(me),
}));

const Act = z.discriminatedUnion("act", [
  Preferences.extend({ act: z.literal("prefer") }),
  z.object({ act: z.literal("password"), current: z.string("required"), password: z.string("required") }),
]);

export const action = signedIn("account.prefer", async ({ actor, request }) => {
  const { act, ...input } = await form(request, Act);
  if ("theme" in input) await changePreferences(actor, input);
  else await changePassword(actor, input);
  return { done: act };
});

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => [t("accounts.settings.title")]);

export default function SettingsPage() {
  const { t } = useTranslation();
  const { theme, zone, reader } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const done = answer && "done" in answer ? answer.done : null;
  const refusal = answer && !("done" in answer) ? answer : null;
  return (
    <HomeFrame reader={reader}>
      <Page form>
        <Masthead title={t("accounts.settings.title")} />
        {done && (
          <Banner tone="good" title={t(done === "prefer" ? "accounts.settings.saved" : "accounts.settings.changed")} />
        )}
        <Form refusal={refusal}>
          <input type="hidden" name="act" value="prefer" />
          <RadioGroup
            name="theme"
            label={t("accounts.settings.look")}
            options={themes.map((value) => ({ value, label: t(`accounts.settings.themes.${value}`) }))}
            defaultValue={theme}
          />
          <Select
            name="timeZone"
            label={t("accounts.settings.zone")}
            hint={t("accounts.settings.zoneHint")}
            options={zoneChoices()}
            defaultValue={zone}
          />
          <Button tone="primary" type="submit" working={t("accounts.settings.saving")}>
            {t("accounts.settings.save")}
          </Button>
        </Form>
        <Section title={t("accounts.settings.password")}>
          <Form refusal={refusal} apart key={done ?? "form"}>
            <input type="hidden" name="act" value="password" />
            <PasswordField name="current" label={t("accounts.settings.current")} autoComplete="current-password" />
            <PasswordField
              name="password"
              label={t("accounts.password.label")}
              hint={t("accounts.password.hint")}
              autoComplete="new-password"
            />
            <Button type="submit" working={t("accounts.settings.changing")}>
              {t("accounts.settings.change")}
            </Button>
          </Form>
        </Section>
      </Page>
    </HomeFrame>
  );
}
