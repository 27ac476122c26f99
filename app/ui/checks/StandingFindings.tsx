import "#app/i18n/english/checks.ts";
import type { Finding } from "#app/domain/checks/finding.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { FindingList } from "./FindingList.tsx";

type Props = {
  findings: readonly Finding[];
  numbers: Readonly<Record<string, number>>;
  /** the address of the text */
  base: string;
};

/** The findings on the page of a step that they stand against: the same list as beside the text, each with its way there. */
export function StandingFindings({ findings, numbers, base }: Props) {
  const { t } = useTranslation();
  if (findings.length === 0) return null;
  return (
    <section className="f-standing" aria-label={t("checks.finalise.list")}>
      <FindingList findings={findings} numbers={new Map(Object.entries(numbers))} base={base} level={2} />
    </section>
  );
}
