import type { TFunction } from "i18next";
import type { JitRole } from "#app/domain/roles.ts";
import { formatDay } from "#app/i18n/dates.ts";

/** "Leader, lead negotiator, space administrator": a list begins with a capital and goes on without. */
export function roleList(t: TFunction, language: string, roles: readonly JitRole[]): string {
  return roles
    .map((role, index) => (index === 0 ? t(`roles.${role}`) : t(`roles.${role}`).toLocaleLowerCase(language)))
    .join(", ");
}

/** The day of an instant in a zone, without the weekday: "16 October 2026". */
export function dayOf(at: Date, zone: string, language: string): string {
  const day = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  return formatDay(day.format(at), language);
}
