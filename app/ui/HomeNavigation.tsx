import { BookOpenText, BookUser, Inbox, Landmark, ListChecks, Scale, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { NavigationLink } from "./NavigationLink.tsx";

type Props = {
  counts?: { home?: ReactNode; teams?: ReactNode };
  admin?: { authorities?: boolean; people?: boolean; treatyStatus?: boolean };
};

/** The places before a team; below them, for those who keep it, the installation. */
export function HomeNavigation({ counts = {}, admin = {} }: Props) {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t("shell.main")}>
      <div className="nav-inner">
        <ul>
          <NavigationLink to="/home" icon={Inbox} count={counts.home}>
            {t("shell.nav.home")}
          </NavigationLink>
          <NavigationLink to="/jits" icon={Users} count={counts.teams}>
            {t("shell.nav.teams")}
          </NavigationLink>
          <NavigationLink to="/tasks" icon={ListChecks}>
            {t("shell.nav.myTasks")}
          </NavigationLink>
          <NavigationLink to="/library" icon={BookOpenText}>
            {t("shell.nav.library")}
          </NavigationLink>
        </ul>
        {(admin.authorities || admin.people || admin.treatyStatus) && (
          <div className="nav-group">
            <p>{t("shell.installation")}</p>
            <ul>
              {admin.authorities && (
                <NavigationLink to="/admin/authorities" icon={Landmark}>
                  {t("shell.nav.authorities")}
                </NavigationLink>
              )}
              {admin.people && (
                <NavigationLink to="/admin/people" icon={BookUser}>
                  {t("shell.nav.people")}
                </NavigationLink>
              )}
              {admin.treatyStatus && (
                <NavigationLink to="/admin/treaty-status" icon={Scale}>
                  {t("shell.nav.treatyStatus")}
                </NavigationLink>
              )}
            </ul>
          </div>
        )}
      </div>
    </nav>
  );
}
