import "#app/i18n/english/decisions.ts";
import "#app/i18n/english/meetings.ts";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { can, mayEver } from "#app/domain/access.ts";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { readMeeting } from "#app/domain/meetings/reading.server.ts";
import { readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { form, inJit, type Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { now } from "#app/platform/clock.ts";
import { DecisionHere } from "#app/ui/meetings/DecisionHere.tsx";
import { MadeList } from "#app/ui/meetings/MadeList.tsx";
import { TaskHere } from "#app/ui/meetings/TaskHere.tsx";
import { Section } from "#app/ui/Section.tsx";

export const loader = inJit("meeting.read", async ({ actor, jit, access, params }) => {
  const [meeting, { members, parties }] = await Promise.all([
    readMeeting(actor, { jit: jit.id, meeting: params.meeting ?? "" }),
    readBoardFrame(actor, jit.id),
  ]);
  // A decision is taken in the meeting, so it cannot lie ahead: before it begins, none is recorded from it.
  const begun = new Date(meeting.startsAt) <= now();
  return {
    team: `/jits/${jit.reference}`,
    meeting: params.meeting ?? "",
    start: meeting.start,
    timeZone: meeting.timeZone,
    decisions: meeting.decisions,
    tasks: meeting.tasks,
    members,
    parties,
    // Some give tasks to their own party only.
    taskParties: parties.filter(({ id }) => can(access, "task.add", { partyId: id }) === "yes"),
    may: {
      decide: begun && can(access, "decision.record") === "yes",
      task: mayEver(access, "task.add"),
      taskForAll: can(access, "task.add") === "yes",
    },
  };
});

const Act = z.discriminatedUnion("act", [
  DecisionFields.omit({ meeting: true, clauses: true, tasks: true, corrects: true }).extend({
    act: z.literal("decide"),
  }),
  AddTask.pick({ title: true, party: true, member: true, due: true }).extend({ act: z.literal("task") }),
]);

/** The forms beside the minutes, so that what is decided is written down where it is decided. */
export const action = inJit("meeting.read", async ({ actor, jit, me, request, params }) => {
  const input = await form(request, Act);
  const of = { jit: jit.id, meeting: params.meeting ?? "" };
  const { timeZone } = await readMeeting(actor, of);
  if (input.act === "decide") {
    const { act: _act, ...fields } = input;
    await recordDecision(actor, { ...fields, ...of, clauses: [], tasks: [], corrects: "" });
  } else {
    const { title, due, party, member } = input;
    const card = AddTask.parse({
      ...{ title, due, party: party ?? "", member: member ?? "", timeZone: due ? timeZone : me.timeZone },
      ...{ priority: "medium", handling: "OPEN-JIT", meeting: of.meeting },
    });
    await addTask(actor, { ...card, jit: jit.id });
  }
  return redirect(`/jits/${jit.reference}/meetings/${of.meeting}/minutes`);
});

export default function MadeFromMinutes() {
  const { t } = useTranslation();
  const { team, decisions, tasks, taskParties, may, ...rest } = useLoaderData<typeof loader>();
  const refusal = useActionData<Refusal>();
  const refusedFor = (act: string) => (refusal?.typed?.act === act ? refusal : undefined);
  return (
    <Section title={t("meetings.minutes.made")}>
      <MadeList {...{ team, decisions, tasks }} />
      {/* Made anew when something was made: an empty form for the next one. */}
      {may.decide && <DecisionHere key={`d${decisions.length}`} {...rest} refusal={refusedFor("decide")} />}
      {may.task && (
        <TaskHere
          key={`t${tasks.length}`}
          members={rest.members}
          parties={taskParties}
          forAll={may.taskForAll}
          refusal={refusedFor("task")}
        />
      )}
    </Section>
  );
}
