import "#app/i18n/english/plan.ts";
import type { PlanTextLine } from "#app/domain/plan/narrative.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { textPath } from "../agreement/text-path.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { Form } from "../Form.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { Section } from "../Section.tsx";

type Props = { text: PlanTextLine; mayStart: boolean; reference: string };

/** The way to the text of the plan: annex A3, which is written as every annex is. */
export function PlanText({ text: { there, possible }, mayStart, reference }: Props) {
  const { t } = useTranslation();
  return (
    <Section title={t("plan.text.title")} id="text">
      <p className="hint">{t("plan.text.lead")}</p>
      {there ? (
        <ButtonRow>
          <LinkButton to={textPath(reference, "A3")}>{t("plan.text.open")}</LinkButton>
        </ButtonRow>
      ) : possible && mayStart ? (
        <Form apart action={`/jits/${reference}/annexes?index`}>
          <input type="hidden" name="annex" value="A3" />
          <ButtonRow>
            <Button type="submit" working={t("plan.text.starting")}>
              {t("plan.text.start")}
            </Button>
          </ButtonRow>
        </Form>
      ) : (
        <p>
          {t("plan.text.none")} {t(possible ? "plan.text.notYours" : "plan.text.notYet")}
        </p>
      )}
    </Section>
  );
}
