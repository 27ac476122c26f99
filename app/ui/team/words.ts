import type { TFunction } from "i18next";
import type { JitRole } from "#app/domain/roles.ts";
import { formatInstant } from "#app/i18n/dates.ts";

/** "Leader, lead negotiator, space administrator": a list begins with a capital and goes on without. */
export function roleList(t: TFunction, language: string, roles: readonly JitRole[]): string {
  return roles
    .map((role, index) => (index === 0 ? t(`roles.${role}`) : t(`roles.${role}`).toLocaleLowerCase(language)))
    .join(", ");
}

/** The day of an instant in a zone, without the weekday: "16 October 2026". */
export function dayOf(at: Date, zone: string, language: string): string {
  return formatInstant(at, { language, zone, form: "date" });
}
