import "#app/i18n/english/audit.ts";
import { Form } from "@remix-run/react";
import type { Verdict } from "#app/domain/audit/verdict.ts";
import { time, zoneName } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { Digest } from "../Digest.tsx";
import { LinkButton } from "../LinkButton.tsx";
import { VerdictLine } from "../VerdictLine.tsx";

type Props = { verdict: Verdict | null; zone: string; base: string };

/** Whether anything was changed: the question, or what the check just made has found. */
export function TrailVerdict({ verdict, zone, base }: Props) {
  const { t } = useTranslation();
  if (!verdict) {
    return (
      <VerdictLine tone="hold" title={t("audit.verify.open")} actions={<Act primary />}>
        {t("audit.verify.openWhy")}
      </VerdictLine>
    );
  }
  if (verdict.verdict === "intact") {
    const at = `${time(new Date(verdict.at), zone)} ${zoneName(zone)}`;
    return (
      <VerdictLine tone="good" title={t("audit.verify.whole")} actions={<Act />}>
        {t("audit.verify.wholeWhy", { count: verdict.size, time: at })}{" "}
        {verdict.erased > 0 && `${t("audit.verify.erased", { count: verdict.erased })} `}
        {t("audit.verify.root")} <Digest value={verdict.root} />
      </VerdictLine>
    );
  }
  const { entry, upTo = entry, reason } = verdict;
  return (
    <VerdictLine
      tone="stop"
      title={t("audit.verify.broken", { entry })}
      actions={
        <>
          <Act />
          <LinkButton to={`${base}?before=${upTo + 1}#entry-${entry}`}>{t("audit.verify.find", { entry })}</LinkButton>
        </>
      }
    >
      {t(`audit.fault.${reason}`, { entry, upTo })} {t("audit.verify.brokenNext")}
    </VerdictLine>
  );
}

function Act({ primary }: { primary?: boolean }) {
  const { t } = useTranslation();
  return (
    <Form method="post">
      <Button type="submit" tone={primary ? "primary" : "secondary"} working={t("audit.verify.working")}>
        {t(primary ? "audit.verify.act" : "audit.verify.again")}
      </Button>
    </Form>
  );
}
