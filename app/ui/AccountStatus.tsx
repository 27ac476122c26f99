import "#app/i18n/english/admin.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Status } from "./Status.tsx";

/** Whether the person can sign in. */
export function AccountStatus({ closed, chosen }: { closed: boolean; chosen: boolean }) {
  const { t } = useTranslation();
  if (closed) return <Status tone="stop">{t("admin.people.closed")}</Status>;
  if (!chosen) return <Status tone="hold">{t("admin.people.invited")}</Status>;
  return <Status tone="good">{t("admin.people.active")}</Status>;
}
