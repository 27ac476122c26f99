import { useTranslation } from "#app/i18n/translation.ts";

/** On teams that practise: persons, cases and numbers are invented. It cannot be closed. */
export function ExerciseStrip() {
  const { t } = useTranslation();
  return (
    <aside className="exercise" aria-label={t("shell.exerciseName")}>
      {t("shell.exercise")}
    </aside>
  );
}
