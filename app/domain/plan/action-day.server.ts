import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { heldAt } from "../held-roles.ts";
import { boundSql } from "../jits/bound.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { iso } from "../tasks/instants.ts";
import { lastEntry, readerOf } from "../tasks/reading.server.ts";
import { words } from "../tasks/task-forms.ts";
import { view } from "../view.server.ts";
import {
  type ActionDay,
  type DayState,
  type DayWord,
  dayAt,
  dayWords,
  isDay,
  lastWords,
  type Said,
} from "./action-day.ts";
import { anyLeader } from "./frozen-plan.ts";
import { planFor } from "./reading.server.ts";
import type { PlanRow } from "./row.ts";

/** What is pressed on the page of a day. `key` is made where it was pressed: what is sent twice is said once. */
export const SayForDay = z.object({
  word: z.enum(dayWords, "wrong-kind"),
  reason: words(500, "too-long"),
  key: z.string("required").regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, "wrong-kind"),
  pressedAt: z
    .string()
    .regex(/^(20|21)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "wrong-kind")
    .optional(),
});
export type SayForDay = z.infer<typeof SayForDay>;

/**
 * The days of action that are in the plan, as far as the reader sees their steps, in their order; `timeZone`: by whose
 * calendar they are counted.
 */
export function listDays(
  actor: Actor,
  jit: string,
): Promise<{ timeZone: string; days: { day: string; steps: number }[] }> {
  return view(actor, "plan.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const timeZone = await calendarOf(query, jit);
    const { rows } = await planFor(query, jit, await readerOf(query, actor, jit, access));
    const counted = new Map<string, number>();
    for (const { startsAt } of stepsIn(rows)) {
      const day = dayAt(startsAt, timeZone);
      counted.set(day, (counted.get(day) ?? 0) + 1);
    }
    const days = [...counted].map(([day, steps]) => ({ day, steps })).sort((a, b) => (a.day < b.day ? -1 : 1));
    return { timeZone, days };
  });
}

/**
 * By whose calendar a day of action is a day: that of the reference zone of the arrangement in force, as every day that
 * the team agreed on (clause 5). One zone for all, so that what happens at one instant is on one day. UTC before.
 */
async function calendarOf(query: Query, jit: string): Promise<string> {
  const [found] = await query<{ zone: string }>(
    `SELECT reference_time_zone AS zone FROM document
      WHERE jit_id = $1::uuid AND kind = 'agreement' AND reference_time_zone IS NOT NULL LIMIT 1`,
    [jit],
  );
  return found?.zone ?? "UTC";
}

/** The day as the reader may see it, and who said what. Throws NotFound for what is no day. */
export function readDay(actor: Actor, { jit, day }: { jit: string; day: string }): Promise<ActionDay> {
  if (!isDay(day)) throw new NotFound();
  return view(actor, "plan.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const seq = await lastEntry(query, jit);
    const timeZone = await calendarOf(query, jit);
    const { rows } = await planFor(query, jit, await readerOf(query, actor, jit, access));
    const all = stepsIn(rows);
    const steps = onDay(all, day, timeZone).map(({ code, values, state, startsAt }) => ({
      ...{ code, state, at: startsAt, title: values.title ?? "", place: values.place ?? "" },
      ...{ unit: values.unit ?? "", danger: values.danger ?? "" },
    }));
    const others = all
      .filter(({ startsAt }) => startsAt.startsWith(day))
      .map(({ startsAt }) => dayAt(startsAt, timeZone));
    const elsewhere = [...new Set(others)].filter((one) => one !== day);
    return { seq, day, timeZone, steps, elsewhere, states: await statesOn(query, { jit, day, timeZone }) };
  });
}

/**
 * Records what one person says for the own State. Sent again with the same key it is not recorded again. Throws
 * Invalid at the reason of a no-go that has none, Conflict("day-has-begun") from the State's first step on,
 * Conflict("day-without-steps"), Conflict("day-nothing-to-take-back"), Conflict("team-closed").
 */
export async function sayForDay(
  actor: Actor,
  input: SayForDay & { jit: string; day: string; party: string },
): Promise<void> {
  const { jit, day, party, word, reason, key, pressedAt } = input;
  if (!isDay(day)) throw new NotFound();
  if (await isSaid(actor, input)) return;
  if (word === "noGo" && reason === "") throw new Invalid({ reason: "day-no-go-reason" });
  const action = word === "withdrawn" ? "actionDay.takeBack" : "actionDay.decide";
  const said = change(actor, action, { jit, party }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const { memberId } = await readerOf(query, actor, jit, access);
    if (!memberId) throw new Forbidden();
    const timeZone = await calendarOf(query, jit);
    const own = (await statesOn(query, { jit, day, timeZone })).find(({ partyId }) => partyId === party);
    if (!own?.startsAt) throw new Conflict("day-without-steps");
    if (own.startsAt <= now().toISOString()) throw new Conflict("day-has-begun");
    if (word === "withdrawn" && !lastWords(own.said).has(memberId)) throw new Conflict("day-nothing-to-take-back");
    const number = (await tx.planDayWord.count({ where: { jitId: jit } })) + 1;
    await tx.planDayWord.create({
      data: {
        ...{ id: newId(), jitId: jit, number, day, partyId: party, memberId, word, key },
        ...{ reason: word === "noGo" ? reason : "", pressedAt: pressedAt ?? null, saidAt: now() },
      },
    });
    const facts = { day, party, word, key };
    return { result: undefined, facts, ...(word === "noGo" ? { details: { reason } } : {}) };
  });
  await said.catch(async (error) => {
    // Two that came at once with one key: the other was recorded.
    const twice = error instanceof Conflict && error.reason === "already-there";
    if (!(twice && (await isSaid(actor, input)))) throw error;
  });
}

/** True when this very word was recorded before; a key of something else is nobody's to use again. */
function isSaid(actor: Actor, { jit, day, party, word, key }: SayForDay & { jit: string; day: string; party: string }) {
  return view(actor, "plan.read", { jit }, async (db) => {
    const found = await db.planDayWord.findUnique({
      where: { jitId_key: { jitId: jit, key } },
      include: { member: { select: { personId: true } } },
    });
    if (!found) return false;
    const same = found.member.personId === actor.personId && found.partyId === party;
    if (!same || found.word !== word || found.day !== day) throw new Invalid({ key: "wrong-kind" });
    return true;
  });
}

type Step = PlanRow & { startsAt: string };

function stepsIn(rows: readonly PlanRow[]): Step[] {
  return rows
    .filter((row): row is Step => row.kind === "dayStep" && row.startsAt !== null)
    .sort((a, b) => (a.startsAt < b.startsAt ? -1 : a.startsAt > b.startsAt ? 1 : Number(a.code) - Number(b.code)));
}

function onDay(steps: readonly Step[], day: string, timeZone: string): Step[] {
  return steps.filter(({ startsAt }) => dayAt(startsAt, timeZone) === day);
}

/**
 * The States on the day, in the order of the team. When each begins follows from the steps that all leaders see: what is
 * kept to one party must not show by the hour at which another may no longer take its go back.
 */
async function statesOn(
  query: Query,
  { jit, day, timeZone }: { jit: string; day: string; timeZone: string },
): Promise<DayState[]> {
  const steps = onDay(stepsIn((await planFor(query, jit, anyLeader)).rows), day, timeZone);
  const parties = await query<{ partyId: string; state: string; timeZone: string }>(
    `SELECT y.id AS "partyId", y.state, a.time_zone AS "timeZone" FROM party y JOIN authority a ON a.id = y.authority_id
      WHERE y.jit_id = $1::uuid AND ${boundSql("$2")} ORDER BY y.position`,
    [jit, now()],
  );
  const said = await query<Said & { partyId: string; word: DayWord }>(
    `SELECT w.party_id AS "partyId", w.member_id AS "memberId", p.latin_name AS "latinName", w.word, w.reason,
            ${iso("w.said_at")} AS at, ${iso("w.pressed_at")} AS "pressedAt",
            p.disabled_at IS NULL AND EXISTS (
              SELECT 1 FROM member_role r WHERE r.member_id = m.id AND ${heldAt("$3")}) AS here
       FROM plan_day_word w JOIN member m ON m.id = w.member_id JOIN person p ON p.id = m.person_id
      WHERE w.jit_id = $1::uuid AND w.day = $2 ORDER BY w.number`,
    [jit, day, now()],
  );
  return parties.map((party) => ({
    ...party,
    startsAt:
      (steps.find(({ values }) => !values.party || values.party === party.partyId) ?? steps[0])?.startsAt ?? null,
    said: said.flatMap(({ partyId, ...one }) => (partyId === party.partyId ? [one] : [])),
  }));
}
