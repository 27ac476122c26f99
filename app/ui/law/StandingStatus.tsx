import "#app/i18n/english/treaty-status.ts";
import type { TreatyStatus } from "#app/domain/law/treaty-status.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status, type StatusTone } from "../Status.tsx";

const tones = { yes: "good", no: "stop", unknown: "hold" } as const satisfies Record<TreatyStatus["party"], StatusTone>;

/** Whether the Convention binds a State, by the record; null: nothing is recorded. */
export function StandingStatus({ status }: { status: Pick<TreatyStatus, "party" | "inForceOn"> | null }) {
  const { t, i18n } = useTranslation();
  if (!status) return <Status tone="hold">{t("treatyStatus.standing.nothing")}</Status>;
  const { party, inForceOn } = status;
  return (
    <Status tone={tones[party]}>
      {inForceOn
        ? t("treatyStatus.standing.since", { day: formatDay(inForceOn, i18n.language) })
        : t(`treatyStatus.standing.${party}`)}
    </Status>
  );
}
