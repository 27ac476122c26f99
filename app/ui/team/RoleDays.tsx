import type { RoleLine } from "#app/domain/jits/members.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = { roles: readonly RoleLine[]; day: (date: string) => string };

/** From when to when: once when all roles have the same days, else a line for each. A day does not break. */
export function RoleDays({ roles, day: spaced }: Props) {
  const { t } = useTranslation();
  const day = (date: string) => spaced(date).replaceAll(" ", "\u00a0");
  const lines = new Map<string, string[]>();
  for (const one of roles) {
    const days = one.until
      ? t("jits.people.days", { from: day(one.from), until: day(one.until) })
      : t(one.standing === "later" ? "jits.people.later" : "jits.people.openDays", { from: day(one.from) });
    lines.set(days, [...(lines.get(days) ?? []), t(`roles.${one.role}`)]);
  }
  if (lines.size <= 1) return <>{[...lines.keys()][0]}</>;
  return (
    <>
      {[...lines].map(([days, names]) => (
        <span key={days} className="block">
          {names.join(", ")}: {days}
        </span>
      ))}
    </>
  );
}
