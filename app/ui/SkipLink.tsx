import { useTranslation } from "#app/i18n/translation.ts";

/** The first stop of the keyboard: past the frame, to the page. */
export function SkipLink() {
  const { t } = useTranslation();
  return (
    <a className="skip" href="#content">
      {t("shell.skip")}
    </a>
  );
}
