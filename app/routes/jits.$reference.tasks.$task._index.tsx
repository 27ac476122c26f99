import "#app/i18n/english/tasks.ts";
import { type MetaFunction, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can, mayEver } from "#app/domain/access.ts";
import { decisionsAbout } from "#app/domain/decisions/decisions.server.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { readTask } from "#app/domain/tasks/reading.server.ts";
import { addComment, addStep, removeStep, tickStep } from "#app/domain/tasks/steps.server.ts";
import { lacksAuthorisation, taskReference } from "#app/domain/tasks/task.ts";
import { CommentFields, MoveTask, StepFields } from "#app/domain/tasks/task-forms.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { formatInstant } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "#app/ui/Banner.tsx";
import { Columns } from "#app/ui/Columns.tsx";
import { Masthead } from "#app/ui/Masthead.tsx";
import { Page } from "#app/ui/Page.tsx";
import { pageTitle } from "#app/ui/page-title.ts";
import { Section } from "#app/ui/Section.tsx";
import { useLiveCard } from "#app/ui/tasks/live.ts";
import { TaskHistory } from "#app/ui/tasks/TaskHistory.tsx";
import { TaskSide } from "#app/ui/tasks/TaskSide.tsx";
import { TaskSteps } from "#app/ui/tasks/TaskSteps.tsx";
import { TaskTalk } from "#app/ui/tasks/TaskTalk.tsx";
import { dueInFull } from "#app/ui/tasks/words.ts";

export const loader = inJit("board.read", async ({ actor, jit, me, access, params, request }) => {
  const read = await readTask(actor, { jit: jit.id, task: params.task ?? "" });
  const { card } = read;
  const mayReadDecisions = can(access, "decision.read") === "yes";
  const ownTask = card.memberId === jit.memberId || card.helpers.includes(jit.memberId);
  const subject = { partyId: card.partyId, ownTask };
  return {
    jit,
    ...read,
    decided: mayReadDecisions ? await decisionsAbout(actor, { jit: jit.id, task: card.number }) : null,
    to: new URL(request.url).searchParams.get("column"),
    zone: me.timeZone,
    ownState: actor.state,
    may: {
      change: can(access, "task.change", subject) === "yes",
      move: can(access, "task.move", subject) === "yes",
      comment: mayEver(access, "task.comment") && can(access, "task.comment", subject) === "yes",
    },
  };
});

const step = { step: z.uuid("wrong-kind") };
const Act = z.discriminatedUnion("act", [
  MoveTask.omit({ task: true }).extend({ act: z.literal("move") }),
  z.object({ act: z.literal("tick"), ...step }),
  z.object({ act: z.literal("untick"), ...step }),
  z.object({ act: z.literal("remove"), ...step }),
  StepFields.extend({ act: z.literal("step") }),
  CommentFields.extend({ act: z.literal("comment") }),
]);

export const action = inJit("task.comment", async ({ actor, jit, request, params }) => {
  const input = await form(request, Act);
  const { card, columns } = await readTask(actor, { jit: jit.id, task: params.task ?? "" });
  const of = { jit: jit.id, task: card.id };
  if (input.act === "move") {
    const blocks = columns.some(({ id, kind }) => id === input.column && kind === "blocked");
    if (blocks && !input.reason) return { problems: { reason: "task-reason-needed" }, typed: { ...input } } as Refusal;
    await moveTask(actor, { ...of, ...input });
  } else if (input.act === "tick" || input.act === "untick") {
    await tickStep(actor, { ...of, step: input.step, done: input.act === "tick" });
  } else if (input.act === "remove") await removeStep(actor, { ...of, step: input.step });
  else if (input.act === "step") await addStep(actor, { ...of, words: input.words, member: input.member });
  else await addComment(actor, { ...of, words: input.words });
  return redirect(`/jits/${jit.reference}/tasks/${taskReference(card.number)}`);
});

export const meta: MetaFunction<typeof loader> = ({ data, params, matches }) =>
  pageTitle(matches, () => [`${params.task} – ${data?.card.title ?? ""}`, data?.jit.names.en]);

export default function TaskPage() {
  const { t, i18n } = useTranslation();
  const read = useLoaderData<typeof loader>();
  const { jit, columns, description, steps, comments, history, may, zone } = read;
  const refusal = useActionData<Refusal>();
  const base = `/jits/${jit.reference}/tasks`;
  const { card } = read;
  const column = columns.find(({ id }) => id === card.columnId);
  const task = taskReference(card.number);
  const day = { language: i18n.language, zone, form: "date" as const };
  return (
    <Page>
      <Masthead
        title={<bdi>{card.title}</bdi>}
        crumbs={[{ label: t("tasks.title"), to: base }, { label: task }]}
        symbol={[
          { label: t("tasks.table.number"), value: task },
          {
            label: t("tasks.page.due"),
            value: card.due
              ? t("tasks.page.dueLine", { day: dueInFull(t, card.due, card.timeZone, i18n.language) })
              : t("tasks.page.noDue"),
          },
          { label: t("tasks.form.priority"), value: t(`tasks.priorities.${card.priority}`) },
        ]}
      />
      <Columns side={<TaskSide {...read} refusal={refusal} base={base} />}>
        {column?.kind === "blocked" && (
          <Banner tone="stop" title={t("tasks.page.blockedSince", { day: formatInstant(card.movedAt, day) })}>
            <bdi>{card.blockedReason}</bdi>
          </Banner>
        )}
        {lacksAuthorisation(card) && <Banner tone="hold">{t("tasks.page.needsOrder")}</Banner>}
        <Section title={t("tasks.page.what")}>
          <p className="prose" dir="auto">
            {description || t("tasks.page.nothing")}
          </p>
        </Section>
        <TaskSteps
          steps={steps}
          members={read.members}
          ownState={read.ownState}
          zone={zone}
          may={may}
          refusal={refusal}
        />
        <TaskTalk comments={comments} zone={zone} ownState={read.ownState} may={may.comment} refusal={refusal} />
        <TaskHistory history={history} zone={zone} columns={columns} members={read.members} parties={read.parties} />
      </Columns>
      <Live key={card.id} made={read} base={base} />
    </Page>
  );
}

/** Listens for others' changes to the card; the page asks for itself again when there is one. */
function Live({ made, base }: { made: ReturnType<typeof useLoaderData<typeof loader>>; base: string }) {
  const { t } = useTranslation();
  const lost = useLiveCard(made, base);
  return lost ? (
    <Banner tone="hold" live>
      {t("tasks.live.lost")}
    </Banner>
  ) : null;
}
