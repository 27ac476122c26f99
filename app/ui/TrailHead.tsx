import { useTranslation } from "#app/i18n/translation.ts";

/** Heads of the columns of the trail. */
export function TrailHead() {
  const { t } = useTranslation();
  return (
    <div className="ev-head" aria-hidden="true">
      <span>{t("shell.head.number")}</span>
      <span>{t("shell.head.when")}</span>
      <span>{t("shell.head.who")}</span>
      <span>{t("shell.head.what")}</span>
      <span />
    </div>
  );
}
