import "#app/i18n/english/meetings.ts";
import type { TFunction } from "i18next";
import type { Hindrance } from "#app/domain/meetings/common-hours.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatInstant, time, zoneName } from "#app/i18n/dates.ts";

type Span = { startsAt: string; endsAt: string; timeZone: string };

/** "Thursday 3 December 2026, 14:30–16:00 Almaty (09:30–11:00 UTC)"; over midnight, both instants in full. */
export function meetingWhen(t: TFunction, { startsAt, endsAt, timeZone }: Span, language: string): string {
  const [start, end] = [new Date(startsAt), new Date(endsAt)];
  const day = formatInstant(start, { language, zone: timeZone, form: "day" });
  const words = { day, from: time(start, timeZone), to: time(end, timeZone), zone: zoneName(timeZone) };
  if (day !== formatInstant(end, { language, zone: timeZone, form: "day" })) {
    const both = [start, end].map((at) => formatInstant(at, { language, zone: timeZone }));
    return both.join(" – ");
  }
  if (words.zone === "UTC") return t("meetings.span", words);
  return t("meetings.spanUtc", { ...words, fromUtc: time(start, "UTC"), toUtc: time(end, "UTC") });
}

export function hindranceInWords(t: TFunction, hindrance: Hindrance, language: string): string {
  const state = stateName(hindrance.state, language);
  switch (hindrance.kind) {
    case "holiday":
      return t("meetings.times.holiday", { state, name: hindrance.name });
    case "weekend":
      return t("meetings.times.weekendIn", { state });
    case "hours":
      return t("meetings.times.hoursIn", { state });
  }
}

/** "Friday, Saturday" for [5, 6]. */
export function weekdays(days: readonly number[], language: string): string {
  const format = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  // 1 January 2024 was a Monday.
  return days.map((day) => format.format(new Date(Date.UTC(2024, 0, day, 12)))).join(", ");
}
