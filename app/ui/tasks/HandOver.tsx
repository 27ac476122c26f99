import "#app/i18n/english/tasks.ts";
import type { Left } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { LinkButton } from "../LinkButton.tsx";

/** Asks whoever gives tasks to hand over those of people who have left. */
export function HandOver({ left, base }: { left: readonly Left[]; base: string }) {
  const { t } = useTranslation();
  return left.map(({ id, latinName, count }) => (
    <Banner
      key={id}
      tone="warn"
      action={
        <LinkButton to={`${base}?view=table&person=${id}`} small>
          {t("tasks.handOverAct")}
        </LinkButton>
      }
    >
      {t("tasks.handOver", { name: latinName, count })}
    </Banner>
  ));
}
