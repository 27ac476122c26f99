import "#app/i18n/english/plan.ts";
import type { TFunction } from "i18next";
import type { PlanStanding } from "#app/domain/plan/versions.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { LinkButton } from "../LinkButton.tsx";

/** "Version 2", "changed since version 2", or that there is none. */
export function versionInWords(t: TFunction, { version, changed }: PlanStanding): string {
  if (!version) return t("plan.versions.symbolNone");
  return t(changed ? "plan.versions.symbolChanged" : "plan.versions.symbolIs", { number: version.number });
}

type Props = {
  standing: PlanStanding;
  parties: number;
  base: string;
  /** on the page of approvals itself, which nothing needs to lead to */
  there?: boolean;
};

/** What every reader has to know about the plan before reading on: changed since it was approved, or under approval. */
export function StandingBanner({ standing: { version, changed, round }, parties, base, there }: Props) {
  const { t } = useTranslation();
  const given = round?.approvals.length ?? 0;
  return (
    <>
      {version && changed && (
        <Banner
          tone="warn"
          title={t("plan.versions.changed", { number: version.number })}
          action={
            <LinkButton to={`${base}/versions/${version.number}/changes`} small>
              {t("plan.versions.seeChanges")}
            </LinkButton>
          }
        >
          {t("plan.versions.changedWhy")}
        </Banner>
      )}
      {round?.holds && (
        <Banner
          tone="note"
          title={t("plan.versions.openRound")}
          action={
            !there && (
              <LinkButton to={`${base}/versions`} small>
                {t("plan.versions.title")}
              </LinkButton>
            )
          }
        >
          {t("plan.versions.roundOf", { given, all: parties })}
        </Banner>
      )}
      {round && !round.holds && (
        <Banner tone="hold" title={t("plan.versions.voided")}>
          {t("plan.versions.voidedWhy", { count: given })}
        </Banner>
      )}
    </>
  );
}
