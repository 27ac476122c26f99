import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { type Access, can } from "../access.ts";
import type { Action } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Forbidden, Invalid, NotFound } from "../errors.ts";
import { heldAt } from "../held-roles.ts";
import { boundSql } from "../jits/bound.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { namesParty } from "./handling.ts";
import { keepChange } from "./history.server.ts";
import { factsOf, keptOf } from "./kept.server.ts";
import { holdColumn, holdTask, requireOpen, requireRoom } from "./moving.server.ts";
import { keysAtEnd } from "./order.ts";
import { columnsOf, readerOf } from "./reading.server.ts";
import { lastKeyIn } from "./standing.server.ts";
import { type BoardColumn, type LinkKind, linkKinds } from "./task.ts";
import type { AddTask, TaskFields } from "./task-forms.ts";
import { timesOf } from "./times.ts";

/**
 * Puts a card at the end of a column; the first one where none is named. Throws Invalid for times, people and parties
 * that cannot be, Forbidden for a party one may not give tasks to.
 */
export function addTask(actor: Actor, input: AddTask & { jit: string }): Promise<{ id: string; number: number }> {
  const { jit, party } = input;
  return change(actor, "task.add", { jit, party: party ?? undefined }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const rows = [checked(await standingOf(query, jit), input)];
    const [added] = await insertTasks(tx, actor, access, { jit, columns: await columnsOf(query, jit), rows });
    if (!added) throw new NotFound();
    const { id, number, column } = added;
    return { result: { id, number }, facts: { task: id, number, party, to: column }, details: { title: input.title } };
  });
}

/**
 * The insertion itself, for one card or for the rows of a file, in as many statements. `rows` are checked by `checked`.
 * The team's row is held: numbers follow each other. Throws Conflict("task-column-full").
 */
export async function insertTasks(
  tx: Transaction,
  actor: Actor,
  access: Access,
  { jit, columns, rows }: { jit: string; columns: readonly BoardColumn[]; rows: readonly Checked[] },
): Promise<{ id: string; number: number; column: string }[]> {
  const query = queryOf(tx);
  const { memberId } = await readerOf(query, actor, jit, access);
  if (!memberId) throw new Forbidden();
  const [last] = await query<{ number: number }>("SELECT max(number) AS number FROM task WHERE jit_id = $1::uuid", [
    jit,
  ]);
  const at = now();
  const added = rows.map((row, index) => ({ ...row, id: newId(), number: (last?.number ?? 0) + 1 + index }));
  const wanted = (row: Checked) => row.column ?? columns[0]?.id ?? "";
  const stands = new Map<string, string>();
  // In one order, so that two files do not wait for each other's columns in a circle.
  for (const name of [...new Set(rows.map(wanted))].sort()) {
    const into = added.filter((row) => wanted(row) === name);
    const column = await holdColumn(query, jit, name);
    await requireRoom(query, column, into.length);
    stands.set(name, column.id);
    const keys = keysAtEnd(await lastKeyIn(query, column.id), into.length);
    await tx.task.createMany({
      data: into.map(({ id, number, plain }, index) => ({
        ...plain,
        ...{ id, number, jitId: jit, columnId: column.id, orderKey: keys[index] as string },
        ...{ movedAt: at, addedAt: at, addedById: memberId },
      })),
    });
  }
  await tx.taskLink.createMany({ data: added.flatMap(({ id, links }) => linkRows({ id, jit }, links)) });
  return added.map((row) => ({ id: row.id, number: row.number, column: stands.get(wanted(row)) ?? "" }));
}

/** What stood in the form when it was opened, by field. */
export type Seen = Record<string, string>;

/**
 * Changes the fields of a card that the person changed in the form, and no other: `seen` is what they had before them.
 * Throws Invalid("task-changed-meanwhile") at each field that someone else changed meanwhile to something else: nothing
 * is stored then, and the form keeps what was typed.
 */
export function changeTask(actor: Actor, input: TaskFields & { jit: string; task: string; seen: Seen }): Promise<void> {
  const { jit, task, seen } = input;
  const typed = asTyped(input);
  const touched = Object.keys(typed).filter((field) => typed[field] !== (seen[field] ?? typed[field]));
  const gives = ["party", "member", "handling", "handlingParty"].some((field) => touched.includes(field));
  const action: Action = gives ? "task.assign" : "task.change";
  return change(actor, action, { jit, task }, async (tx, access) => {
    const query = queryOf(tx);
    await requireOpen(query, jit);
    const reader = await readerOf(query, actor, jit, access);
    await holdTask(query, { jit, task }, reader);
    const stands = await standsNow(tx, task);
    const clashes = touched.filter((field) => stands[field] !== seen[field] && stands[field] !== typed[field]);
    if (clashes.length > 0)
      throw new Invalid(Object.fromEntries(clashes.map((one) => [one, "task-changed-meanwhile"])));
    const pick = (field: string) => (touched.includes(field) ? typed[field] : stands[field]) ?? "";
    const merged = { ...input, ...fromTyped(pick) };
    if (gives && can(access, "task.assign", { partyId: merged.party }) !== "yes")
      throw new Invalid({ party: "task-not-yours-to-give" });
    const before = await keptOf(tx, task);
    // Whoever changes a card of someone who has left need not hand it over in the same act.
    const row = checked(await standingOf(query, jit), merged, before.memberId ?? undefined);
    await tx.task.update({ where: { id: task }, data: row.plain });
    await tx.taskLink.deleteMany({ where: { taskId: task } });
    await tx.taskLink.createMany({ data: linkRows({ id: task, jit }, merged) });
    const changed = touched.filter((field) => stands[field] !== typed[field]);
    if (changed.length === 0) return { result: undefined, facts: { task, fields: touched } };
    const fields = Object.fromEntries(
      changed.map((field) => [field, [stands[field] ?? "", typed[field] ?? ""] as [string, string]]),
    );
    const id = await keepChange(tx, { jit, task, fields, before, after: await keptOf(tx, task) });
    const facts = { task, fields: touched, change: id };
    return { result: undefined, facts: gives ? { ...facts, before: factsOf(before) } : facts };
  });
}

/** The fields of a card as a form holds them, for telling what was changed. */
export function asTyped(input: TaskFields): Seen {
  const { party, member, handlingParty, coercive, ...words } = input;
  const lists = Object.fromEntries(linkKinds.map((kind) => [kind, [...words[kind]].sort().join(", ")]));
  const { title, description, start, due, timeZone, priority, handling, authorisation } = words;
  const plain = { title, description, start, due, timeZone, priority, handling, authorisation };
  return {
    ...plain,
    ...lists,
    party: party ?? "",
    member: member ?? "",
    handlingParty: (namesParty(handling) ? handlingParty : null) ?? "",
    coercive: coercive ? "on" : "",
  };
}

function fromTyped(pick: (field: string) => string): TaskFields {
  const list = (kind: string) => pick(kind).split(", ").filter(Boolean);
  const links = Object.fromEntries(linkKinds.map((kind) => [kind, list(kind)])) as Links;
  return {
    title: pick("title"),
    description: pick("description"),
    party: pick("party") || null,
    member: pick("member") || null,
    start: pick("start"),
    due: pick("due"),
    timeZone: pick("timeZone"),
    priority: pick("priority") as TaskFields["priority"],
    handling: pick("handling") as TaskFields["handling"],
    handlingParty: pick("handlingParty") || null,
    coercive: pick("coercive") === "on",
    authorisation: pick("authorisation"),
    ...links,
  };
}

async function standsNow(tx: Transaction, id: string): Promise<Seen> {
  const row = await tx.task.findUniqueOrThrow({ where: { id }, include: { links: true } });
  const list = (kind: string) => row.links.filter((link) => link.kind === kind).map(({ reference }) => reference);
  const links = Object.fromEntries(linkKinds.map((kind) => [kind, list(kind)])) as Links;
  return asTyped({
    ...(row as unknown as TaskFields),
    ...links,
    party: row.partyId,
    member: row.memberId,
    handlingParty: row.handlingPartyId,
  });
}

/** Whom and what a card of the team may name today. */
export type Standing = { parties: ReadonlySet<string>; here: ReadonlySet<string> };

export async function standingOf(query: Query, jit: string): Promise<Standing> {
  const parties = await query<{ id: string }>(
    `SELECT y.id FROM party y WHERE y.jit_id = $1::uuid AND ${boundSql("$2")}`,
    [jit, now()],
  );
  const here = await query<{ id: string }>(
    `SELECT DISTINCT m.id FROM member m JOIN member_role r ON r.member_id = m.id JOIN person p ON p.id = m.person_id
      WHERE m.jit_id = $1::uuid AND p.disabled_at IS NULL AND ${heldAt("$2")}`,
    [jit, now()],
  );
  return { parties: new Set(parties.map(({ id }) => id)), here: new Set(here.map(({ id }) => id)) };
}

export type Checked = { column: string | null; plain: ReturnType<typeof plainOf>; links: Links };
type Links = Pick<TaskFields, LinkKind>;

/** What is stored of a card. Throws Invalid, naming the field; a member who has left stays where `stays` names them. */
export function checked({ parties, here }: Standing, input: TaskFields & { column?: string | null }, stays?: string) {
  const handlingPartyId = namesParty(input.handling) ? input.handlingParty : null;
  const plain = plainOf(input, handlingPartyId);
  if (namesParty(input.handling) && !handlingPartyId) throw new Invalid({ handlingParty: "task-handling-party" });
  if (input.party && !parties.has(input.party)) throw new Invalid({ party: "wrong-kind" });
  if (handlingPartyId && !parties.has(handlingPartyId)) throw new Invalid({ handlingParty: "wrong-kind" });
  if (input.member && input.member !== stays && !here.has(input.member))
    throw new Invalid({ member: "task-holder-gone" });
  return { column: input.column ?? null, plain, links: input } satisfies Checked;
}

function plainOf(input: TaskFields, handlingPartyId: string | null) {
  const { startsAt, lateFrom } = timesOf(input);
  const { title, description, start, due, timeZone, priority, handling, coercive, authorisation } = input;
  const plain = { title, description, start, due, timeZone, priority, handling, coercive, authorisation };
  return { ...plain, startsAt, lateFrom, handlingPartyId, partyId: input.party, memberId: input.member };
}

/** Throws Invalid("task-holder-gone") unless the member holds a role today: nobody is left to do it otherwise. */
export async function requireHere(query: Query, jit: string, member: string): Promise<void> {
  if ((await standingOf(query, jit)).here.has(member)) return;
  throw new Invalid({ member: "task-holder-gone" });
}

function linkRows({ id, jit }: { id: string; jit: string }, links: Links) {
  return linkKinds.flatMap((kind) => links[kind].map((reference) => ({ taskId: id, jitId: jit, kind, reference })));
}
