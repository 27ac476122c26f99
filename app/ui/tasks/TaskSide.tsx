import "#app/i18n/english/tasks.ts";
import { Link } from "@remix-run/react";
import { Ban } from "lucide-react";
import { decisionReference } from "#app/domain/decisions/decision.ts";
import { stateName } from "#app/domain/names/names.ts";
import type { BoardColumn, Card, Holder, Link as TaskLink } from "#app/domain/tasks/task.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "../Button.tsx";
import { ButtonRow } from "../ButtonRow.tsx";
import { FactList } from "../FactList.tsx";
import { Form } from "../Form.tsx";
import type { Refusal } from "../form-context.ts";
import { LinkButton } from "../LinkButton.tsx";
import { Plate } from "../Plate.tsx";
import { Select } from "../Select.tsx";
import { Status } from "../Status.tsx";
import { TextField } from "../TextField.tsx";
import { columnInWords, dueInFull, visibleInWords } from "./words.ts";

type Props = {
  card: Card;
  columns: BoardColumn[];
  members: Holder[];
  links: TaskLink[];
  /** decisions that name the card; null for who may not read them */
  decided: { number: number; topic: string }[] | null;
  jit: { reference: string; memberId: string };
  ownState: string | null;
  may: { change: boolean; move: boolean };
  /** column to which the card is about to go */
  to: string | null;
  refusal?: Refusal;
  base: string;
};

/** What the card is, beside what is to be done; and the acts on it. */
export function TaskSide({ card, columns, members, links, decided, jit, ownState, may, to, refusal, base }: Props) {
  const { t, i18n } = useTranslation();
  const column = columns.find(({ id }) => id === card.columnId);
  const holder = members.find(({ id }) => id === card.memberId);
  const when = (typed: string) => (typed ? dueInFull(t, typed, card.timeZone, i18n.language) : null);
  const facts = [
    { label: t("tasks.page.status"), value: <ColumnStatus column={column} /> },
    {
      label: t("tasks.page.responsible"),
      value: holder ? (
        <>
          {holder.state && (
            <Plate code={holder.state} name={stateName(holder.state, i18n.language)} own={holder.state === ownState} />
          )}{" "}
          <bdi>{holder.here ? holder.latinName : t("tasks.left", { name: holder.latinName })}</bdi>
          {holder.id === jit.memberId && ` (${t("tasks.you")})`}
        </>
      ) : (
        t("tasks.nobody")
      ),
    },
    { label: t("tasks.page.for"), value: card.state ? stateName(card.state, i18n.language) : t("tasks.forAllLong") },
    ...(card.start ? [{ label: t("tasks.page.start"), value: when(card.start) }] : []),
    { label: t("tasks.page.due"), value: when(card.due) ?? t("tasks.page.noDue") },
    ...(links.length > 0
      ? [
          {
            label: t("tasks.page.belongsTo"),
            value: <Links links={links} jit={jit.reference} mayReadDecisions={decided !== null} />,
          },
        ]
      : []),
    ...(decided && decided.length > 0
      ? [{ label: t("tasks.page.decidedIn"), value: <Decided decisions={decided} jit={jit.reference} /> }]
      : []),
    {
      label: t("tasks.page.authorisation"),
      value: card.coercive ? card.authorisation || t("tasks.noOrder") : t("tasks.page.noneNeeded"),
    },
    { label: t("tasks.page.visible"), value: visibleInWords(t, card, i18n.language), hint: card.handling },
  ];
  return (
    <>
      <FactList facts={facts} />
      {may.change && (
        <div className="btn-row">
          <LinkButton to={`${base}/${taskReference(card.number)}/change`} tone="primary" wide>
            {t("tasks.page.change")}
          </LinkButton>
        </div>
      )}
      {may.move && (
        <Form
          id="move"
          refusal={refusal?.problems.words ? null : refusal}
          labels={{ reason: t("tasks.page.reason") }}
          apart
        >
          <input type="hidden" name="act" value="move" />
          <Select
            name="column"
            label={t("tasks.moveTo")}
            defaultValue={to ?? card.columnId}
            options={columns.map((one) => ({ value: one.id, label: columnInWords(t, one) }))}
          />
          <TextField name="reason" label={t("tasks.page.reason")} hint={t("tasks.page.reasonHint")} />
          <ButtonRow>
            <Button type="submit" working={t("tasks.page.moving")}>
              {t("tasks.page.move")}
            </Button>
          </ButtonRow>
        </Form>
      )}
    </>
  );
}

function ColumnStatus({ column }: { column: BoardColumn | undefined }) {
  const { t } = useTranslation();
  const tones = { todo: "plain", doing: "note", blocked: "stop", done: "good" } as const;
  return (
    <Status tone={column?.kind ? tones[column.kind] : "plain"} icon={column?.kind === "blocked" ? Ban : undefined}>
      <bdi>{columnInWords(t, column)}</bdi>
    </Status>
  );
}

/**
 * What the card belongs to. Decisions and meetings are opened by who may read them; to others, as exhibits to all, they
 * are named by their numbers.
 */
function Links({ links, jit, mayReadDecisions }: { links: TaskLink[]; jit: string; mayReadDecisions: boolean }) {
  const { t } = useTranslation();
  return (
    <ul>
      {links.map(({ kind, reference }) => (
        <li key={`${kind} ${reference}`}>
          {kind === "clause" ? (
            <Link to={`/jits/${jit}/agreement#${reference}`}>
              {t("tasks.page.clause", { number: Number(reference.slice(1)) })}
            </Link>
          ) : kind === "plan" ? (
            <Link to={`/jits/${jit}/plan/action/${reference}`}>{t("tasks.page.plan", { number: reference })}</Link>
          ) : mayReadDecisions && (kind === "decision" || kind === "meeting") ? (
            <Link to={`/jits/${jit}/${kind}s/${reference}`}>{t(`tasks.page.${kind}`, { number: reference })}</Link>
          ) : (
            t(`tasks.page.${kind}`, { number: reference })
          )}
        </li>
      ))}
    </ul>
  );
}

function Decided({ decisions, jit }: { decisions: { number: number; topic: string }[]; jit: string }) {
  return (
    <ul>
      {decisions.map(({ number, topic }) => (
        <li key={number}>
          <Link to={`/jits/${jit}/decisions/${decisionReference(number)}`}>
            {decisionReference(number)} <bdi>{topic}</bdi>
          </Link>
        </li>
      ))}
    </ul>
  );
}
