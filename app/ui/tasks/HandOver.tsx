import "#app/i18n/english/tasks.ts";
import type { BoardColumn, Card, Holder } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { LinkButton } from "../LinkButton.tsx";

type Props = { members: readonly Holder[]; cards: readonly Card[]; columns: readonly BoardColumn[]; base: string };

/** Asks whoever gives tasks to hand over those of people who have left. */
export function HandOver({ members, cards, columns, base }: Props) {
  const { t } = useTranslation();
  const done = columns.filter(({ kind }) => kind === "done").map(({ id }) => id);
  const left = members.flatMap((member) => {
    if (member.here) return [];
    const count = cards.filter((card) => card.memberId === member.id && !done.includes(card.columnId)).length;
    return count > 0 ? [{ ...member, count }] : [];
  });
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
