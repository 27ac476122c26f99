import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { readBoardFrame, readTask } from "#app/domain/tasks/reading.server.ts";
import { addComment, addStep, tickStep } from "#app/domain/tasks/steps.server.ts";
import { type ColumnKind, taskReference } from "#app/domain/tasks/task.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { now } from "#app/platform/clock.ts";
import people from "./people.json" with { type: "json" };
import type { Cast } from "./people.server.ts";
import { daysAgo } from "./story.server.ts";
import tasks from "./tasks.json" with { type: "json" };

type Told = {
  team: string;
  title: string;
  state: string | null;
  who: string | null;
  status: ColumnKind;
  priority: string;
  /** days from the day of the story */
  due: number;
  more?: Record<string, string>;
  reason?: string;
  steps?: { words: string; who: string | null; done?: boolean }[];
  comments?: { who: string; words: string }[];
};

/** So many minutes later: what happens at one instant has no order. */
const after = <Result>(minutes: number, work: () => Promise<Result>) => daysAgo(-minutes / 1440, work);

/** The tasks of a team, put on its board by its founder as they would be, so many days before today. */
export async function giveTasks(
  cast: Cast,
  team: string,
  { jit, founder }: { jit: string; founder: string },
  days: number,
) {
  const actor = cast.actor(founder);
  await daysAgo(days, async () => {
    const { columns, members, parties } = await readBoardFrame(actor, jit);
    const name = (login: string) => people.find((person) => person.login === login)?.latinName;
    const memberOf = (login: string | null) =>
      members.find(({ latinName }) => login && latinName === name(login))?.id ?? "";
    for (const told of (tasks as Told[]).filter((one) => one.team === team)) {
      const today = now().getTime() + days * 86_400_000;
      const fields = AddTask.parse({
        title: told.title,
        party: parties.find(({ state }) => state === told.state)?.id ?? "",
        member: memberOf(told.who),
        due: new Date(today + told.due * 86_400_000).toISOString().slice(0, 10),
        timeZone: team === "SAIGA" ? "Asia/Almaty" : "UTC",
        priority: told.priority,
        handling: "OPEN-JIT",
        ...told.more,
      });
      const { id: task, number } = await addTask(actor, { ...fields, jit });
      const of = { jit, task };
      for (const [index, { words, who }] of (told.steps ?? []).entries())
        await after(index + 1, () => addStep(actor, { ...of, words, member: memberOf(who) || null }));
      const { steps } = await readTask(actor, { jit, task: taskReference(number) });
      for (const [index, step] of steps.entries())
        if (told.steps?.[index]?.done) await tickStep(actor, { ...of, step: step.id, done: true });
      for (const [index, { who, words }] of (told.comments ?? []).entries())
        await after(60 * (index + 1), () => addComment(cast.actor(who), { ...of, words }));
      const column = columns.find(({ kind }) => kind === told.status)?.id ?? "";
      await moveTask(actor, { ...of, column, place: "last", reason: told.reason ?? "" });
    }
  });
}
