import { CalendarClock, ChartGantt, Files, Gavel, History, House, ListChecks, ScrollText, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { NavigationLink } from "./NavigationLink.tsx";

type Props = {
  /** "/jits/JIT-2026-001" */
  base: string;
  /** the word chosen in clause 0: for some States it decides who may sign */
  agreementWord?: string;
  counts?: { agreement?: ReactNode; people?: ReactNode; activity?: ReactNode };
  /** sections the reader's roles do not open are left out */
  without?: readonly ("overview" | "agreement" | "tasks" | "plan" | "decisions" | "people" | "activity")[];
  /** below the sections: the clauses, inside the arrangement */
  children?: ReactNode;
};

/** The sections of one team, one level. */
export function TeamNavigation({ base, agreementWord, counts = {}, without = [], children }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t("shell.sections")}>
      <div className="nav-inner">
        <ul>
          {!without.includes("overview") && (
            <NavigationLink to={base} icon={House} end>
              {t("shell.nav.overview")}
            </NavigationLink>
          )}
          {!without.includes("agreement") && (
            <NavigationLink to={`${base}/agreement`} icon={ScrollText} flip count={counts.agreement}>
              {agreementWord ?? t("shell.nav.agreement")}
            </NavigationLink>
          )}
          {!without.includes("agreement") && (
            <NavigationLink to={`${base}/annexes`} icon={Files} flip>
              {t("shell.nav.annexes")}
            </NavigationLink>
          )}
          {!without.includes("tasks") && (
            <NavigationLink to={`${base}/tasks`} icon={ListChecks}>
              {t("shell.nav.tasks")}
            </NavigationLink>
          )}
          {!without.includes("plan") && (
            <NavigationLink to={`${base}/plan`} icon={ChartGantt}>
              {t("shell.nav.plan")}
            </NavigationLink>
          )}
          {!without.includes("decisions") && (
            <NavigationLink to={`${base}/decisions`} icon={Gavel}>
              {t("shell.nav.decisions")}
            </NavigationLink>
          )}
          {!without.includes("decisions") && (
            <NavigationLink to={`${base}/meetings`} icon={CalendarClock}>
              {t("shell.nav.meetings")}
            </NavigationLink>
          )}
          {!without.includes("people") && (
            <NavigationLink to={`${base}/people`} icon={Users} count={counts.people}>
              {t("shell.nav.members")}
            </NavigationLink>
          )}
          {!without.includes("activity") && (
            <NavigationLink to={`${base}/activity`} icon={History} count={counts.activity}>
              {t("shell.nav.activity")}
            </NavigationLink>
          )}
        </ul>
        {children}
      </div>
    </nav>
  );
}
