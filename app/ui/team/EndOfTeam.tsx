import { inReadersOrder, stateName } from "#app/domain/names/names.ts";
import { daysUntil, formatInstant, time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Countdown } from "../Countdown.tsx";
import type { TeamView } from "./team-view.ts";

/** How many days the team has left, when that is for each party, and where today stands in the period. */
export function EndOfTeam({ view: { overview, own, at } }: { view: TeamView }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  const { agreement, parties } = overview;
  if (!agreement?.expiresAt || !agreement.inForceAt) return null;
  // The last second of the team: the instant itself is already outside.
  const last = new Date(agreement.expiresAt.getTime() - 1000);
  const zone = agreement.timeZone ?? "UTC";
  const start = agreement.inForceAt;
  const day = (instant: Date, form: "day" | "list" | "short", where = zone) =>
    formatInstant(instant, { language, zone: where, form });
  const count = Math.max(0, daysUntil(last, at, zone));
  const places = inReadersOrder(
    parties.map((party) => ({ code: party.state, own: party.id === own, timeZone: party.timeZone })),
    language,
  );
  return (
    <Countdown
      figure={count}
      unit={t("shell.daysLeft", { count })}
      lead={t("jits.overview.countdown.lead", { day: day(last, "day", "UTC"), time: time(last, "UTC", true) })}
      places={places.map(({ code, own: isOwn, timeZone }) => ({
        code,
        name: stateName(code, language),
        own: isOwn,
        local: `${day(last, "list", timeZone)}, ${time(last, timeZone, true)}`,
      }))}
      period={{
        start: { date: day(start, "short"), label: t("jits.overview.countdown.inForce") },
        end: { date: day(last, "short"), label: t("jits.overview.countdown.lastDay") },
        now: {
          at: (at.getTime() - start.getTime()) / (last.getTime() - start.getTime()),
          label: day(at, "list"),
        },
      }}
    >
      {t("jits.overview.countdown.after")}
    </Countdown>
  );
}
