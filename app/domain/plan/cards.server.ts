import { queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { columnsOf, readerOf } from "../tasks/reading.server.ts";
import { AddTask } from "../tasks/task-forms.ts";
import { checked, insertTasks, standingOf } from "../tasks/tasks.server.ts";
import { planFor, readRow } from "./reading.server.ts";

/**
 * Puts a card for an action on the task board, with what the action says, and linked to it by its code. The card lives
 * its own life then: it is moved, handed over and discussed there. Throws NotFound for an action that is kept from the
 * actor, Forbidden as `addTask` does, Conflict("plan-row-gone" | "plan-row-changed" | "team-closed").
 */
export async function makeCard(
  actor: Actor,
  { jit, code }: { jit: string; code: string },
): Promise<{ number: number }> {
  const asked = await readRow(actor, { jit, kind: "action", code });
  const party = asked.row.values.party || null;
  return change(actor, "task.add", { jit, party: party ?? undefined }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const { rows } = await planFor(query, jit, await readerOf(query, actor, jit, access));
    const row = rows.find((one) => one.id === asked.row.id);
    if (!row) throw new Conflict("plan-row-gone");
    const { title, member, start, due, timeZone, priority, coercive, authorisation, handling, handlingParty } =
      row.values;
    // The right was asked for the party that stood there before.
    if ((row.values.party || null) !== party) throw new Conflict("plan-row-changed");
    const plain = { title, party: party ?? "", member, start, due, timeZone, priority, coercive, authorisation };
    const card = AddTask.parse({ ...plain, handling, handlingParty, plan: code });
    const cards = [checked(await standingOf(query, jit), card)];
    const [added] = await insertTasks(tx, actor, access, { jit, columns: await columnsOf(query, jit), rows: cards });
    if (!added) throw new Conflict("plan-row-changed");
    const facts = { task: added.id, number: added.number, party, plan: code, to: added.column };
    return { result: { number: added.number }, facts, details: { title: title ?? "" } };
  });
}
