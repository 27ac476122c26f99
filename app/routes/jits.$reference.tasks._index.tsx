import "#app/i18n/english/tasks.ts";
import type { MetaFunction } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Plus } from "lucide-react";
import { z } from "zod";
import { mayEver } from "#app/domain/access.ts";
import { moreRows, readShown, type Shown, views } from "#app/domain/tasks/filters.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { readBoard } from "#app/domain/tasks/reading.server.ts";
import { nothing, sumOf } from "#app/domain/tasks/tally.ts";
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
import { asWanted, type Outcome, useFollow, useMoves } from "#app/ui/tasks/moves.ts";
import { Said } from "#app/ui/tasks/Said.tsx";
import { TaskCalendar } from "#app/ui/tasks/TaskCalendar.tsx";
import { TaskFilters } from "#app/ui/tasks/TaskFilters.tsx";
import { TaskTable } from "#app/ui/tasks/TaskTable.tsx";
import { ViewBar } from "#app/ui/ViewBar.tsx";
import { Views } from "#app/ui/Views.tsx";

export const loader = inJit("board.read", async ({ actor, jit, access, request }) => {
  const address = new URL(request.url).searchParams;
  const shown = readShown(address);
  return {
    jit,
    board: await readBoard(actor, jit.id, shown),
    shown,
    search: address.toString(),
    open: address.get("move"),
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
  await moveTask(actor, { jit: jit.id, task, column: step ? here : to, place: step ? to : "last", reason: "" });
  return { moved: task };
});

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => [t("tasks.title"), data?.jit.names.en]);

export default function TasksPage() {
  const { t } = useTranslation();
  const { jit, board, shown, search, open, now, ownState, may } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action | (() => Refusal)>();
  const base = `/jits/${jit.reference}/tasks`;
  const { cut, lost, put } = useLiveBoard(board, { shown, now, base });
  const moves = useMoves(base, put);
  const { columns } = cut;
  const looking = { base, memberId: jit.memberId, ownState, standing: { now, columns }, mayMove: may.move };
  const all = sumOf(Object.values(cut.tallies));
  const blocked = columns.filter(({ kind }) => kind === "blocked");
  const soon = {
    week: all.week,
    late: all.late,
    blocked: sumOf(blocked.map(({ id }) => cut.tallies[id] ?? nothing)).all,
  };
  const plainly = answer && "moved" in answer ? { task: answer.moved, problem: null, dropped: false } : null;
  return (
    <Page wide>
      <Masthead
        title={t("tasks.title")}
        symbol={[
          { label: t("tasks.symbol.number"), value: t("tasks.count", { count: all.all }) },
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
      {lost && (
        <Banner tone="hold" live>
          {t("tasks.live.lost")}
        </Banner>
      )}
      {may.assign && <HandOver left={board.left} base={base} />}
      <Shows {...{ shown, cut, looking, search, open, moves, plainly }} mayAdd={may.add} />
    </Page>
  );
}

type ShowsProps = Pick<Parameters<typeof Board>[0], "cut" | "search" | "open" | "mayAdd"> & {
  shown: Shown;
  looking: Looking;
  moves: ReturnType<typeof useMoves>;
  /** what the form did where there is no script */
  plainly: Outcome | null;
};

function Shows({ shown, cut, looking, search, open, mayAdd, moves, plainly }: ShowsProps) {
  const { t } = useTranslation();
  const { columns } = cut;
  useFollow(cut.cards, moves.wanted);
  const more = new URLSearchParams(search);
  more.set("rows", String(cut.cards.length + moreRows));
  const rest = cut.more && (
    <p className="more">
      <Link to={`?${more}`} preventScrollReset>
        {t("tasks.more")}
      </Link>
    </p>
  );
  if (shown.view === "table")
    return (
      <>
        <TaskTable {...looking} columns={columns} cards={cut.cards} shown={shown} search={search} />
        {rest}
      </>
    );
  if (shown.view === "calendar")
    return (
      <>
        <TaskCalendar
          cards={cut.cards}
          month={shown.month ?? looking.standing.now.slice(0, 7)}
          base={looking.base}
          search={search}
        />
        {rest}
      </>
    );
  // A column can be deleted while a card is on its way to it: until the answer it is seen where it was.
  const cards = asWanted(
    cut.cards,
    moves.wanted.filter(({ column }) => columns.some(({ id }) => id === column)),
  );
  return (
    <>
      <Said outcome={moves.outcome ?? plainly} columns={columns} cards={cards} base={looking.base} />
      <Board {...looking} {...{ cut, cards, mayAdd, open, search }} move={moves.move} />
    </>
  );
}

function withView(search: string, view: string): string {
  const address = new URLSearchParams(search);
  address.set("view", view);
  for (const name of ["move", "column", "rows"]) address.delete(name);
  return `?${address}`;
}
