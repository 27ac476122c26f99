import "#app/i18n/english/plan.ts";
import { languageName } from "#app/domain/names/names.ts";
import type { LeftToFill } from "#app/domain/plan/left-to-fill.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";

/** What nobody has filled in yet, place by place, for whoever is about to approve the plan. */
export function LeftBanner({ left }: { left: readonly LeftToFill[] }) {
  const { t, i18n } = useTranslation();
  return (
    <>
      <Banner tone="warn" title={t("plan.versions.left", { count: left.length })}>
        {t("plan.versions.leftWhy")}
      </Banner>
      <ul>
        {left.map((one, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same words may be left twice in one place
          <li key={place} dir="auto">
            {one.in === "row"
              ? t("plan.versions.leftRow", {
                  row: t(`plan.numbered.${one.kind}`, { number: one.code }),
                  words: one.words,
                })
              : t("plan.versions.leftText", {
                  ...{ clause: one.clause, words: one.words },
                  language: languageName(one.language, i18n.language),
                })}
          </li>
        ))}
      </ul>
    </>
  );
}
