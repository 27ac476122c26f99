import "#app/i18n/english/checks.ts";
import { severityOf } from "#app/domain/checks/finding.ts";
import type { Standing } from "#app/domain/checks/overrides.ts";
import type { Severity } from "#app/domain/checks/rules.ts";
import { useTranslation } from "#app/i18n/translation.ts";

/** Read out when it changes: how many findings there are, in words. */
export function SaidCounts({ standing }: { standing: Standing | null }) {
  const { t } = useTranslation();
  const count = (severity: Severity) => standing?.open.filter((one) => severityOf(one) === severity).length ?? 0;
  const counts = {
    finalising: count("finalising"),
    signature: count("signature"),
    warning: count("warning"),
  };
  return (
    <p className="vh" role="status">
      {standing && (standing.open.length === 0 ? t("checks.none") : t("checks.announced", counts))}
    </p>
  );
}
