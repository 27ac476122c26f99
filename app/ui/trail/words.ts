import "#app/i18n/english/audit.ts";
import type { TFunction } from "i18next";
import type { ActivityEntry, NamedPerson, Who } from "#app/domain/audit/activity.ts";
import { stateName } from "#app/domain/names/names.ts";
import { formatDay } from "#app/i18n/dates.ts";

/** What was done, without who and when: a sentence for every action (the type of the words sees to it). */
export function whatInWords(t: TFunction, { action }: ActivityEntry): string {
  return t(`actions.${action}`);
}

/** What the entry speaks of, in short parts: people, States, roles, numbers. Each may be in another script. */
export function aboutInWords(t: TFunction, language: string, { about }: ActivityEntry): string[] {
  const roles = (codes: typeof about.roles) => codes.map((role) => t(`roles.${role}`)).join(", ");
  const parts = [
    about.task && `${about.task.reference} ${about.task.title}`,
    ...about.people.map(nameInWords),
    about.email,
    ...about.states.map((state) => stateName(state, language)),
    about.roles.length > 0 && t("audit.about.roles", { roles: roles(about.roles) }),
    about.endedRoles.length > 0 && t("audit.about.ended", { roles: roles(about.endedRoles) }),
    about.reason && t("audit.about.reason", { reason: about.reason }),
    about.version && t("audit.about.version", { version: about.version }),
    about.updates && t("audit.about.changes", { count: about.updates }),
    about.brokenAt && t("audit.about.broken", { entry: about.brokenAt }),
    about.verifiedTo && t("audit.about.upTo", { size: about.verifiedTo }),
    about.taken !== undefined && t("audit.about.taken", { count: about.taken }),
    about.lastDay && t("audit.about.lastDay", { day: formatDay(about.lastDay, language) }),
    about.erased && t("audit.about.erased"),
  ];
  return parts.filter((part): part is string => typeof part === "string" && part !== "");
}

/** Latin letters first, then the own script where it differs. */
export function nameInWords({ name, latinName }: NamedPerson): string {
  return latinName && latinName !== name ? `${latinName} (${name})` : name;
}

/** Whoever stands in an entry without a name. */
export function namelessInWords(t: TFunction, { kind }: Who): string {
  return t(kind === "person" ? "audit.who.gone" : `audit.who.${kind}`);
}
