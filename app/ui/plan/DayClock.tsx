import { dayAt } from "#app/domain/plan/action-day.ts";
import { formatInstant, time } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Sub } from "../Sub.tsx";

/** What the clock of a zone shows at an instant (ISO 8601), with the date where it is not `day` there. */
export function DayClock({ at, zone, day }: { at: string; zone: string; day: string }) {
  const { i18n } = useTranslation();
  const instant = new Date(at);
  return (
    <>
      {time(instant, zone)}
      {dayAt(at, zone) !== day && <Sub>{formatInstant(instant, { language: i18n.language, zone, form: "list" })}</Sub>}
    </>
  );
}
