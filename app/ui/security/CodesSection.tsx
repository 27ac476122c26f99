import "#app/i18n/english/security.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import { Section } from "../Section.tsx";

/** How many recovery codes are left, and new ones. */
export function CodesSection({ left, open }: { left: number; open: boolean }) {
  const { t } = useTranslation();
  return (
    <Section title={t("security.codes.title")}>
      <p>{t("security.codes.lead")}</p>
      <p>{t("security.codes.left", { count: left })}</p>
      {open && (
        <Form apart>
          <p className="hint">{t("security.codes.makeHint")}</p>
          <ButtonRow>
            <Button type="submit" name="act" value="makeCodes" working={t("security.codes.making")}>
              {t("security.codes.make")}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </Section>
  );
}
