import "#app/i18n/english/tasks.ts";
import { type BoardColumn, type Card, taskReference } from "#app/domain/tasks/task.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { LinkButton } from "../LinkButton.tsx";
import type { Outcome } from "./moves.ts";
import { columnInWords } from "./words.ts";

type Props = { outcome: Outcome | null; columns: readonly BoardColumn[]; cards: readonly Card[]; base: string };

/** What the last move came to: read out where it went well, shown where it did not, or where it asks for a reason. */
export function Said({ outcome, columns, cards, base }: Props) {
  const { t } = useTranslation();
  const card = cards.find(({ id }) => id === outcome?.task);
  const column = columns.find(({ id }) => id === card?.columnId);
  const task = card ? taskReference(card.number) : t("tasks.thisTask");
  const beside = cards.filter(({ columnId }) => columnId === column?.id);
  const said = { task, column: columnInWords(t, column), place: card ? beside.indexOf(card) + 1 : 0 };
  const asksWhy = column?.kind === "blocked" && card?.blockedReason === "" && outcome?.dropped;
  return (
    <>
      {/* There from the start: what appears together with its words is not read out everywhere. */}
      <p className="vh" role="status">
        {outcome && !outcome.problem && card ? t("tasks.moved", said) : ""}
      </p>
      {outcome?.problem && (
        <Banner tone="stop" live>
          {t("tasks.notMoved", { task })} {problemSentence(t, outcome.problem)}
        </Banner>
      )}
      {outcome && !outcome.problem && asksWhy && (
        <Banner
          tone="hold"
          live
          action={
            <LinkButton to={`${base}/${task}?column=${column.id}#move`} small>
              {t("tasks.sayWhy")}
            </LinkButton>
          }
        >
          {t("tasks.asksWhyNow", { task })}
        </Banner>
      )}
    </>
  );
}
