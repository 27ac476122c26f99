import { type Query, queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { type Reader, visibleTo } from "../tasks/handling.ts";
import { peopleOf, readerOf } from "../tasks/reading.server.ts";
import type { Holder } from "../tasks/task.ts";
import { view } from "../view.server.ts";
import { byCode, type PlanKind, planKinds } from "./kinds.ts";
import type { PlanRow, RemovedRow } from "./row.ts";

const iso = (value: string) => `to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

type Stored = Omit<PlanRow, "after" | "cards"> & { partyId: string | null; line: string | null; handlingParty: string };

export type Plan = {
  rows: PlanRow[];
  removed: RemovedRow[];
  members: Holder[];
  parties: { id: string; state: string }[];
};

/** The plan as this member may see it. */
export function readPlan(actor: Actor, jit: string): Promise<Plan> {
  return view(actor, "plan.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    return planFor(query, jit, await readerOf(query, actor, jit, access));
  });
}

/** One row of the plan. Throws NotFound for one that is kept from the reader, as for one that is not there. */
export async function readRow(actor: Actor, { jit, kind, code }: { jit: string; kind: PlanKind; code: string }) {
  const plan = await readPlan(actor, jit);
  const row = plan.rows.find((one) => one.kind === kind && one.code === code);
  if (!row) throw new NotFound();
  return { ...plan, row };
}

/** The rows the reader may see, in the order of the tables and codes. */
export async function planFor(query: Query, jit: string, reader: Reader): Promise<Plan> {
  const [stored, removed, waits, cards, people] = await Promise.all([
    rowsFor(query, jit, reader),
    removedFor(query, jit, reader),
    waitsFor(query, jit, reader),
    cardsOf(query, jit, reader),
    peopleOf(query, jit),
  ]);
  const rows = stored.map(({ partyId, line, handlingParty, ...row }) => {
    const after = waits
      .filter(({ action }) => action === row.id)
      .map(({ code }) => code)
      .sort(byCode);
    const own: Record<string, string> = {
      party: partyId ?? "",
      member: row.memberId ?? "",
      handling: row.handling,
      handlingParty,
      ...(row.kind === "action" ? { line: line ?? "", after: [...after].sort().join(", ") } : {}),
    };
    return {
      ...row,
      values: { ...row.values, ...own },
      after,
      cards: row.kind === "action" ? cards.filter((one) => one.code === row.code).map(({ number }) => number) : [],
    };
  });
  return { rows: rows.sort(inPlanOrder), removed, ...people };
}

function inPlanOrder(a: PlanRow, b: PlanRow): number {
  return planKinds.indexOf(a.kind) - planKinds.indexOf(b.kind) || byCode(a.code, b.code);
}

function rowsFor(query: Query, jit: string, reader: Reader): Promise<Stored[]> {
  const visible = visibleTo(reader, 2);
  return query<Stored>(
    `SELECT t.id, t.kind, t.code, t.values, l.code AS line, t.party_id AS "partyId", y.state, t.member_id AS "memberId",
            p.latin_name AS responsible, t.handling, coalesce(t.handling_party_id::text, '') AS "handlingParty",
            hy.state AS "handlingState", ${iso("t.starts_at")} AS "startsAt", ${iso("t.late_from")} AS "lateFrom"
       FROM plan_row t LEFT JOIN plan_row l ON l.id = t.line_id LEFT JOIN party y ON y.id = t.party_id
       LEFT JOIN party hy ON hy.id = t.handling_party_id LEFT JOIN member m ON m.id = t.member_id
       LEFT JOIN person p ON p.id = m.person_id
      WHERE t.jit_id = $1::uuid AND t.removed_at IS NULL AND ${visible.sql}`,
    [jit, ...visible.values],
  );
}

function removedFor(query: Query, jit: string, reader: Reader): Promise<RemovedRow[]> {
  const visible = visibleTo(reader, 2);
  return query<RemovedRow>(
    `SELECT t.kind, t.code, coalesce(t.values ->> 'title', '') AS title, t.removed_reason AS reason,
            ${iso("t.removed_at")} AS at, p.latin_name AS by
       FROM plan_row t JOIN member m ON m.id = t.removed_by_id JOIN person p ON p.id = m.person_id
      WHERE t.jit_id = $1::uuid AND t.removed_at IS NOT NULL AND ${visible.sql} ORDER BY t.removed_at DESC, t.id`,
    [jit, ...visible.values],
  );
}

/** What waits for what, where the reader sees what is waited for. */
function waitsFor(query: Query, jit: string, reader: Reader): Promise<{ action: string; code: string }[]> {
  const visible = visibleTo(reader, 2);
  return query(
    `SELECT w.action_id AS action, t.code FROM plan_wait w JOIN plan_row t ON t.id = w.after_id
      WHERE w.jit_id = $1::uuid AND t.removed_at IS NULL AND ${visible.sql}`,
    [jit, ...visible.values],
  );
}

/** The link between an action and a card is the plan line named on the card: both pages read it there. */
function cardsOf(query: Query, jit: string, reader: Reader): Promise<{ code: string; number: number }[]> {
  const visible = visibleTo(reader, 2);
  return query(
    `SELECT k.reference AS code, t.number FROM task_link k JOIN task t ON t.id = k.task_id
      WHERE k.jit_id = $1::uuid AND k.kind = 'plan' AND ${visible.sql} ORDER BY t.number`,
    [jit, ...visible.values],
  );
}
