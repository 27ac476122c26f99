import { makeCard } from "#app/domain/plan/cards.server.ts";
import type { PlanKind } from "#app/domain/plan/kinds.ts";
import { readPlan } from "#app/domain/plan/reading.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { now } from "#app/platform/clock.ts";
import people from "./people.json" with { type: "json" };
import type { Cast } from "./people.server.ts";
import plan from "./plan.json" with { type: "json" };
import { daysAgo } from "./story.server.ts";

type Told = {
  kind: PlanKind;
  title?: string;
  line?: string;
  state?: string | null;
  who?: string | null;
  /** days from the day of the story */
  start?: number;
  due?: number;
  day?: number;
  at?: number;
  hour?: string;
  more: Record<string, string | string[]>;
};

/** The plan of a team, written by its founder as it would be, so many days before today; one action is on the board. */
export async function givePlan(cast: Cast, { jit, founder }: { jit: string; founder: string }, days: number) {
  const actor = cast.actor(founder);
  await daysAgo(days, async () => {
    const { members, parties } = await readPlan(actor, jit);
    const partyOf = (state: unknown) => parties.find((one) => one.state === state)?.id ?? "";
    const memberOf = (login?: string | null) => {
      const name = people.find((person) => person.login === login)?.latinName;
      return members.find(({ latinName }) => latinName === name)?.id ?? "";
    };
    const today = now().getTime() + days * 86_400_000;
    const dayOf = (shift?: number) =>
      shift === undefined ? "" : new Date(today + shift * 86_400_000).toISOString().slice(0, 10);
    for (const told of plan as Told[]) {
      const { kind, title = "", line, state, who, start, due, day, at, hour, more } = told;
      const supports = [more.supports ?? []].flat().map(partyOf);
      const fields = rowForm(kind).parse({
        ...{ title, line, timeZone: "Asia/Almaty", priority: "medium", status: "todo", handling: "OPEN-JIT" },
        ...{ party: partyOf(state), member: memberOf(who), start: dayOf(start), due: dayOf(due), day: dayOf(day) },
        at: at === undefined ? "" : `${dayOf(at)}T${hour}`,
        ...more,
        supports,
      });
      await addRow(actor, { jit, kind, fields });
    }
    await makeCard(actor, { jit, code: "D2" });
  });
}
