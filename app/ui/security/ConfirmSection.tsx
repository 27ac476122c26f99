import "#app/i18n/english/security.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { PasswordField } from "../PasswordField.tsx";
import { Section } from "../Section.tsx";

/** Asks the person again before anything can be changed. */
export function ConfirmSection({ passkey, refusal }: { passkey: boolean; refusal?: Refusal }) {
  const { t } = useTranslation();
  const label = t("security.confirm.password");
  return (
    <Section title={t("security.confirm.title")}>
      <p>{t("security.confirm.lead")}</p>
      <Form refusal={refusal} labels={{ password: label }}>
        <input type="hidden" name="act" value="confirm" />
        <PasswordField name="password" label={label} autoComplete="current-password" />
        <ButtonRow>
          <Button tone="primary" type="submit" working={t("security.confirm.acting")}>
            {t("security.confirm.act")}
          </Button>
        </ButtonRow>
      </Form>
      {passkey && (
        <Form apart>
          <ButtonRow>
            <Button type="submit" name="act" value="confirmAsk" working={t("security.confirm.acting")}>
              {t("security.confirm.passkey")}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  );
}
