import "#app/i18n/english/tasks.ts";
import type { MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { z } from "zod";
import { mayEver } from "#app/domain/actions.ts";
import { isDueSoon, isLate, isShown, readShown, type Shown, views } from "#app/domain/tasks/filters.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { readBoard } from "#app/domain/tasks/reading.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { LinkButton } from "#app/ui/LinkButton.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Board } from "#app/ui/tasks/Board.tsx";
import type { Looking } from "#app/ui/tasks/BoardCard.tsx";
import { HandOver } from "#app/ui/tasks/HandOver.tsx";
import { useLiveBoard } from "#app/ui/tasks/live.ts";
import { TaskCalendar } from "#app/ui/tasks/TaskCalendar.tsx";
import { TaskFilters } from "#app/ui/tasks/TaskFilters.tsx";
import { TaskTable } from "#app/ui/tasks/TaskTable.tsx";
import { columnInWords } from "#app/ui/tasks/words.ts";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { Views } from "#app/ui/Views.tsx";

export const loader = inJit("board.read", async ({ actor, jit, access, request }) => {
  const address = new URL(request.url).searchParams;
  return {
    jit,
    board: await readBoard(actor, jit.id),
    shown: readShown(address),
    search: address.toString(),
    open: address.get("move"),
    whole: address.get("whole"),
    now: now().toISOString(),
    ownState: actor.state,
    may: {
      move: mayEver(access, "task.move"),
      add: mayEver(access, "task.add"),
      assign: mayEver(access, "task.assign"),
      columns: mayEver(access, "board.change"),
      bringIn: mayEver(access, "task.import"),
    },
  };
});

const Move = z.object({
  task: z.uuid("wrong-kind"),
  here: z.uuid("wrong-kind"),
  to: z.string("required").max(64, "wrong-kind"),
});

export const action = inJit("task.move", async ({ actor, jit, request }) => {
  const { task, here, to } = await form(request, Move);
  const step = to === "up" || to === "down";
  const moved = await moveTask(actor, {
    jit: jit.id,
    task,
    column: step ? here : to,
    place: step ? to : "last",
    reason: "",
  });
  return { moved: { ...moved, task, step } };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("tasks.title"), data?.jit.names.en]);

export default function TasksPage() {
  const { t } = useTranslation();
  const { jit, board, shown, search, open, whole, now, ownState, may } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action | (() => Refusal)>();
  const base = `/jits/${jit.reference}/tasks`;
  const { columns, cards: all, lost } = useLiveBoard(board, base);
  const standing = { now, columns };
  const cards = all.filter((card) => isShown(card, shown, standing));
  const looking = { base, memberId: jit.memberId, ownState, standing, mayMove: may.move };
  const blocked = columns.filter(({ kind }) => kind === "blocked").map(({ id }) => id);
  const soon = {
    week: all.filter((card) => isDueSoon(card, standing)).length,
    late: all.filter((card) => isLate(card, standing)).length,
    blocked: all.filter(({ columnId }) => blocked.includes(columnId)).length,
  };
  const moved = answer && "moved" in answer ? answer.moved : null;
  const movedCard = all.find(({ id }) => id === moved?.task);
  const said = movedCard && {
    task: taskReference(movedCard.number),
    column: columnInWords(
      t,
      columns.find(({ id }) => id === movedCard.columnId),
    ),
  };
  return (
    <Page wide>
      <Masthead
        title={t("tasks.title")}
        symbol={[
          { label: t("tasks.symbol.number"), value: t("tasks.count", { count: all.length }) },
          { label: t("tasks.symbol.soon"), value: t("tasks.soon", soon) },
        ]}
      />
      <ViewBar
        end={
          <>
            {may.columns && (
              <LinkButton to={`${base}/columns`} small>
                {t("tasks.columnsLink")}
              </LinkButton>
            )}
            {may.bringIn && (
              <LinkButton to={`${base}/import`} small>
                {t("tasks.importLink")}
              </LinkButton>
            )}
            <LinkButton to={`${base}.csv?${search}`} small download>
              {t("tasks.download")}
            </LinkButton>
            {may.add && (
              <LinkButton to={`${base}/new`} tone="primary" small icon={Plus}>
                {t("tasks.add")}
              </LinkButton>
            )}
          </>
        }
      >
        <Views
          label={t("tasks.views.label")}
          views={views.map((view) => ({
            label: t(`tasks.views.${view}`),
            to: withView(search, view),
            current: view === shown.view,
          }))}
        />
      </ViewBar>
      <TaskFilters shown={shown} base={base} members={board.members} parties={board.parties} />
      {answer && "problems" in answer && (
        <Banner tone="stop" live>
          {problemSentence(t, answer.problems[""] ?? "unknown")}
        </Banner>
      )}
      {moved &&
        said &&
        (moved.gone ? (
          <Banner tone="warn" live>
            {t("tasks.movedOn", said)}
          </Banner>
        ) : (
          <p className="vh" role="status">
            {t("tasks.moved", said)}
          </p>
        ))}
      {lost && (
        <Banner tone="hold" live>
          {t("tasks.live.lost")}
        </Banner>
      )}
      {may.assign && <HandOver members={board.members} cards={all} columns={columns} base={base} />}
      <Cut {...{ shown, columns, cards, looking, search, open, whole, mayAdd: may.add, now, base }} />
    </Page>
  );
}

type CutProps = Omit<Parameters<typeof Board>[0], keyof Looking> & {
  shown: Shown;
  looking: Looking;
  now: string;
  base: string;
};

function Cut({ shown, columns, cards, looking, search, open, whole, mayAdd, now, base }: CutProps) {
  if (shown.view === "table")
    return <TaskTable {...looking} columns={columns} cards={cards} shown={shown} search={search} />;
  if (shown.view === "calendar")
    return <TaskCalendar cards={cards} month={shown.month ?? now.slice(0, 7)} base={base} search={search} />;
  return (
    <Board {...looking} columns={columns} cards={cards} mayAdd={mayAdd} open={open} whole={whole} search={search} />
  );
}

function withView(search: string, view: string): string {
  const address = new URLSearchParams(search);
  address.set("view", view);
  address.delete("move");
  return `?${address}`;
}
