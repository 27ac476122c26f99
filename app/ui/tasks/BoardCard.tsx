import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import { Ban, Calendar, Hourglass, SquareCheck } from "lucide-react";
import type { ReactNode } from "react";
import { stateName } from "#app/domain/names/names.ts";
import { isLate, type Standing } from "#app/domain/tasks/filters.ts";
import { type BoardColumn, type Card, lacksAuthorisation, taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "../Icon.tsx";
import { Plate } from "../Plate.tsx";
import { Status } from "../Status.tsx";
import { dueInList } from "./words.ts";

export type Looking = { base: string; memberId: string; ownState: string | null; standing: Standing; mayMove: boolean };
type Props = Looking & { card: Card; column: BoardColumn; children?: ReactNode };

export function cardClass({ kind }: BoardColumn): string {
  return kind === "done" ? "board-card done" : "board-card";
}

/** What stands on a card: number and priority, title, what hinders, party and person, due and steps. */
export function BoardCard({ card, column, children, ...looking }: Props) {
  const { t, i18n } = useTranslation();
  const { base, standing } = looking;
  const task = taskReference(card.number);
  return (
    <>
      <div className="card-top">
        <span className="num">{task}</span>
        {card.priority !== "medium" && <span className="prio">{t(`tasks.priorities.${card.priority}`)}</span>}
        {children}
      </div>
      <h3>
        <Link to={`${base}/${task}`} dir="auto" draggable={false}>
          {card.title}
        </Link>
      </h3>
      <CardFlags card={card} column={column} />
      <CardHolder card={card} {...looking} />
      {(card.due || card.steps > 0) && (
        <p className="card-foot num">
          {card.due && (
            <span>
              <Icon of={Calendar} />
              {dueInList(card.due, card.timeZone, i18n.language)}
            </span>
          )}
          {isLate(card, standing) && <Status tone="stop">{t("tasks.late")}</Status>}
          {card.steps > 0 && (
            <span>
              <Icon of={SquareCheck} />
              <span aria-hidden="true">{t("tasks.steps", { done: card.stepsDone, all: card.steps })}</span>
              <span className="vh">{t("tasks.stepsRead", { done: card.stepsDone, all: card.steps })}</span>
            </span>
          )}
        </p>
      )}
    </>
  );
}

/** What stands against it: the reason it is blocked, an order that is not named (V56). */
export function CardFlags({ card, column }: { card: Card; column: BoardColumn | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {column?.kind === "blocked" && (
        <p className="card-flag">
          <Status tone="stop" icon={Ban}>
            <bdi>{card.blockedReason || t("tasks.blockedNoReason")}</bdi>
          </Status>
        </p>
      )}
      {lacksAuthorisation(card) && (
        <p className="card-flag">
          <Status tone="hold" icon={Hourglass}>
            {t("tasks.noOrder")}
          </Status>
        </p>
      )}
    </>
  );
}

type HolderProps = Pick<Looking, "memberId" | "ownState"> & { card: Card };
export function CardHolder({ card, memberId, ownState }: HolderProps) {
  const { t, i18n } = useTranslation();
  const name = card.memberId === memberId ? t("tasks.you") : (card.responsible ?? t("tasks.nobody"));
  return (
    <p className="card-who">
      <Plate
        code={card.state ?? t("tasks.forAll")}
        name={card.state ? stateName(card.state, i18n.language) : t("tasks.forAllLong")}
        own={card.state !== null && card.state === ownState}
      />
      <bdi>{name}</bdi>
    </p>
  );
}
