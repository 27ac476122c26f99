import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { isId, newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { type HandlingCode, namesParty, type Reader, visibleTo } from "../tasks/handling.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { type Seen, standingOf } from "../tasks/tasks.server.ts";
import { timesOf } from "../tasks/times.ts";
import { circleWith, type Wait } from "./dependencies.ts";
import { fieldsOf, isFixed, nextCode, type PlanKind } from "./kinds.ts";
import { planFor } from "./reading.server.ts";
import { voidRoundIfChanged } from "./rounds.server.ts";
import { listOf } from "./row.ts";

/** A row as `rowForm` gives it: one string a field. */
export type RowFields = Record<string, string>;
type OfRow = { jit: string; row: string };

/**
 * Adds a row to a table of the plan and gives it its code. The team's row is held: codes follow each other, and two
 * people cannot close a circle between them. Throws Invalid at the field for times, people, parties and actions that
 * cannot be, Conflict("plan-circle") naming the circle, Conflict("team-closed").
 */
export function addRow(actor: Actor, input: { jit: string; kind: PlanKind; fields: RowFields }) {
  const { jit, kind, fields } = input;
  return change(actor, "plan.add", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const reader = await readerOf(query, actor, jit, access);
    if (!reader.memberId) throw new Forbidden();
    const line = kind === "action" ? await lineFor(query, jit, reader, fields.line ?? "") : null;
    const taken = await query<{ code: string }>(
      `SELECT code FROM plan_row WHERE jit_id = $1::uuid AND kind = $2 AND ($3::uuid IS NULL OR line_id = $3::uuid)`,
      [jit, kind, line?.id ?? null],
    );
    const code = nextCode(
      kind,
      taken.map((one) => one.code),
      line?.code,
    );
    const id = newId();
    const checked = await rowOf(query, jit, kind, fields);
    await tx.planRow.create({
      data: { id, jitId: jit, kind, code, lineId: line?.id, ...checked, addedAt: now(), addedById: reader.memberId },
    });
    await writeWaits(tx, { jit, id, code, after: fields.after ?? "", reader });
    const follows = await voidRoundIfChanged(tx, jit);
    return { result: { id, code }, facts: { row: id, kind, code }, details: { title: fields.title ?? "" }, follows };
  });
}

/**
 * Changes the fields of a row that the person changed in the form, and no other: `seen` is what they had before them.
 * Throws Invalid("task-changed-meanwhile") at each field that someone else changed meanwhile to something else: nothing
 * is stored then, and the form keeps what was typed. Otherwise as `addRow`; Conflict("plan-row-gone") for a row removed
 * meanwhile.
 */
export function changeRow(actor: Actor, input: OfRow & { kind: PlanKind; fields: RowFields; seen: Seen }) {
  const { jit, row: id, kind, fields, seen } = input;
  return change(actor, "plan.change", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const reader = await readerOf(query, actor, jit, access);
    const { code } = await holdRow(query, { jit, row: id }, reader);
    const plan = await planFor(query, jit, reader);
    const stands = plan.rows.find((one) => one.id === id)?.values ?? {};
    const typed = asTyped(kind, fields);
    const touched = Object.keys(typed).filter((name) => typed[name] !== (seen[name] ?? typed[name]));
    const clashes = touched.filter((name) => (stands[name] ?? "") !== seen[name] && stands[name] !== typed[name]);
    if (clashes.length > 0)
      throw new Invalid(Object.fromEntries(clashes.map((one) => [one, "task-changed-meanwhile"])));
    const merged = {
      ...asTyped(kind, stands),
      ...Object.fromEntries(touched.map((name) => [name, typed[name] ?? ""])),
    };
    // A person who left holds the row until somebody else is named: that is no reason to refuse other changes.
    const kept = touched.includes("member") ? {} : { memberKept: true };
    await tx.planRow.update({ where: { id }, data: await rowOf(query, jit, kind, merged, kept) });
    if (touched.includes("after")) await writeWaits(tx, { jit, id, code, after: merged.after ?? "", reader });
    const follows = await voidRoundIfChanged(tx, jit);
    return { result: undefined, facts: { row: id, kind, code, fields: touched }, follows };
  });
}

/**
 * Takes a row out of the plan; it stays readable under what was removed. Throws Conflict("plan-line-has-actions") for a
 * line of inquiry with actions in it, Conflict("plan-row-gone") when somebody removed it already.
 */
export function removeRow(actor: Actor, { jit, row, reason }: OfRow & { reason: string }): Promise<void> {
  return change(actor, "plan.remove", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const reader = await readerOf(query, actor, jit, access);
    const { kind, code } = await holdRow(query, { jit, row }, reader);
    if (kind === "line" && (await tx.planRow.count({ where: { lineId: row, removedAt: null } })) > 0)
      throw new Conflict("plan-line-has-actions");
    await tx.planRow.update({
      where: { id: row },
      data: { removedAt: now(), removedById: reader.memberId, removedReason: reason },
    });
    const follows = await voidRoundIfChanged(tx, jit);
    return { result: undefined, facts: { row, kind, code }, details: { reason }, follows };
  });
}

/** The fields of a row as a form holds them, for telling what was changed. */
export function asTyped(kind: PlanKind, values: RowFields): Seen {
  const names = fieldsOf(kind).flatMap(({ name }) => (isFixed(kind, name) ? [] : [name]));
  const handlingParty = namesParty(values.handling ?? "") ? (values.handlingParty ?? "") : "";
  return {
    ...Object.fromEntries(names.map((name) => [name, values[name] ?? ""])),
    handling: values.handling ?? "",
    handlingParty,
  };
}

/** Holds the row. Throws NotFound for one kept from the reader, as for one that is not there. */
async function holdRow(query: Query, { jit, row }: OfRow, reader: Reader) {
  if (!isId(row)) throw new NotFound();
  const visible = visibleTo(reader, 3);
  const [found] = await query<{ kind: PlanKind; code: string; removed: boolean }>(
    `SELECT t.kind, t.code, t.removed_at IS NOT NULL AS removed FROM plan_row t
      WHERE t.id = $1::uuid AND t.jit_id = $2::uuid AND ${visible.sql} FOR UPDATE OF t`,
    [row, jit, ...visible.values],
  );
  if (!found) throw new NotFound();
  if (found.removed) throw new Conflict("plan-row-gone");
  return found;
}

async function lineFor(query: Query, jit: string, reader: Reader, code: string) {
  const visible = visibleTo(reader, 3);
  const [line] = await query<{ id: string; code: string }>(
    `SELECT t.id, t.code FROM plan_row t
      WHERE t.jit_id = $1::uuid AND t.kind = 'line' AND t.code = $2 AND t.removed_at IS NULL AND ${visible.sql}`,
    [jit, code, ...visible.values],
  );
  if (!line) throw new Invalid({ line: "plan-line-unknown" });
  return line;
}

/** What is stored of the fields. Throws Invalid, naming the field. */
async function rowOf(query: Query, jit: string, kind: PlanKind, fields: RowFields, { memberKept = false } = {}) {
  const { party = "", member = "", handlingParty = "", line: _line, after: _after, ...rest } = fields;
  const handling = fields.handling as HandlingCode;
  const handlingPartyId = namesParty(handling) ? handlingParty || null : null;
  if (namesParty(handling) && !handlingPartyId) throw new Invalid({ handlingParty: "task-handling-party" });
  const { parties, here } = await standingOf(query, jit);
  const named = { party: [party], handlingParty: [handlingPartyId ?? ""], supports: listOf(fields.supports ?? "") };
  for (const [field, ids] of Object.entries(named)) {
    if (ids.some((id) => id !== "" && !parties.has(id))) throw new Invalid({ [field]: "wrong-kind" });
  }
  if (member && !memberKept && !here.has(member)) throw new Invalid({ member: "task-holder-gone" });
  const { startsAt, lateFrom } = timesIn(kind, fields);
  const { handling: _handling, ...values } = rest;
  return { values, partyId: party || null, memberId: member || null, handling, handlingPartyId, startsAt, lateFrom };
}

function timesIn(kind: PlanKind, fields: RowFields) {
  const timeZone = fields.timeZone || "UTC";
  if (kind === "action") {
    if (fields.milestone === "on" && !fields.due) throw new Invalid({ due: "plan-milestone-due" });
    return timesOf({ start: fields.start, due: fields.due, timeZone });
  }
  if (kind === "dayStep")
    return { ...renamed({ start: "at" }, () => timesOf({ start: fields.at, timeZone })), lateFrom: null };
  if (kind === "contact") return timesOf({ timeZone });
  if (kind === "review") return renamed({ due: "day" }, () => timesOf({ due: fields.day, timeZone }));
  return renamed({ start: "from", due: "to" }, () => timesOf({ start: fields.from, due: fields.to, timeZone }));
}

/** The same refusals at the names the fields have here. */
function renamed<Result>(names: Record<string, string>, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    const reason = (one: string) => (one === "start-after-due" ? "plan-from-after-to" : one);
    throw new Invalid(
      Object.fromEntries(Object.entries(error.problems).map(([field, why]) => [names[field] ?? field, reason(why)])),
    );
  }
}

type Waiting = { jit: string; id: string; code: string; after: string; reader: Reader };

/**
 * Replaces what the action waits for, as far as the reader sees it: what is kept from the reader stays. The circle is
 * named by codes; an action that is kept from the reader is only counted in it.
 */
async function writeWaits(tx: Transaction, { jit, id, code, after, reader }: Waiting): Promise<void> {
  const query = queryOf(tx);
  const wanted = listOf(after);
  if (wanted.includes(code)) throw new Invalid({ after: "plan-after-itself" });
  const visible = visibleTo(reader, 2);
  const actions = await query<{ id: string; code: string; seen: boolean }>(
    `SELECT t.id, t.code, ${visible.sql} AS seen FROM plan_row t
      WHERE t.jit_id = $1::uuid AND t.kind = 'action' AND t.removed_at IS NULL`,
    [jit, ...visible.values],
  );
  const seen = actions.filter((one) => one.seen);
  const ids = wanted.map((one) => seen.find((action) => action.code === one)?.id);
  if (ids.some((one) => one === undefined)) throw new Invalid({ after: "plan-after-unknown" });
  const standing = await query<Wait>(
    `SELECT action_id AS "from", after_id AS "to" FROM plan_wait WHERE jit_id = $1::uuid`,
    [jit],
  );
  const there = new Set(actions.map((action) => action.id));
  const waits = standing.filter(({ from, to }) => there.has(from) && there.has(to));
  const hidden = waits.filter(({ from, to }) => from === id && !seen.some((one) => one.id === to)).map(({ to }) => to);
  const all = [...new Set([...(ids as string[]), ...hidden])];
  const circle = circleWith(waits, id, all);
  if (circle) {
    const said = circle.map((one) => seen.find((action) => action.id === one)?.code ?? (one === id ? code : "…"));
    throw new Conflict("plan-circle", { circle: said.join(" → ") });
  }
  await tx.planWait.deleteMany({ where: { actionId: id } });
  await tx.planWait.createMany({ data: all.map((afterId) => ({ jitId: jit, actionId: id, afterId })) });
}
