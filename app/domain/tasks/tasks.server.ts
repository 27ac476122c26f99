import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { type Access, type Action, can } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Forbidden, Invalid } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { namesParty } from "./handling.ts";
import { holdColumn, holdTask, requireOpen } from "./moving.server.ts";
import { placeAfter } from "./order.ts";
import { columnsOf, readerOf } from "./reading.server.ts";
import { linkKinds } from "./task.ts";
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
    const added = await insertTask(tx, actor, access, input);
    return { result: added, facts: { task: added.id, number: added.number, party }, details: { title: input.title } };
  });
}

/** The insertion itself, for one card or for each row of a file. The team's row is held: numbers follow each other. */
export async function insertTask(tx: Transaction, actor: Actor, access: Access, input: AddTask & { jit: string }) {
  const query = queryOf(tx);
  const { jit } = input;
  const row = await checked(query, jit, input);
  const first = (await columnsOf(query, jit))[0]?.id ?? "";
  const column = await holdColumn(query, jit, input.column ?? first);
  const { memberId } = await readerOf(query, actor, jit, access);
  if (!memberId) throw new Forbidden();
  const [last] = await query<{ number: number }>("SELECT max(number) AS number FROM task WHERE jit_id = $1::uuid", [
    jit,
  ]);
  const standing = await tx.task.findMany({ where: { columnId: column.id }, select: { id: true, orderKey: true } });
  const [id, number, at] = [newId(), (last?.number ?? 0) + 1, now()];
  const orderKey = placeAfter(standing, id, "last").find((one) => one.id === id)?.orderKey ?? "a0";
  await tx.task.create({
    data: {
      id,
      jitId: jit,
      number,
      columnId: column.id,
      orderKey,
      ...row,
      movedAt: at,
      addedAt: at,
      addedById: memberId,
    },
  });
  await writeLinks(tx, { id, jit }, input);
  return { id, number };
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
    const before = await tx.task.findUniqueOrThrow({ where: { id: task } });
    await tx.task.update({ where: { id: task }, data: await checked(query, jit, merged) });
    await tx.taskLink.deleteMany({ where: { taskId: task } });
    await writeLinks(tx, { id: task, jit }, merged);
    const facts = { task, fields: touched };
    const kept = { handling: before.handling, party: before.handlingPartyId, member: before.memberId };
    return { result: undefined, facts: gives ? { ...facts, before: kept } : facts };
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
  const [clause, decision, exhibit, plan] = linkKinds.map(list) as [string[], string[], string[], string[]];
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
    ...{ clause, decision, exhibit, plan },
  };
}

async function standsNow(tx: Transaction, id: string): Promise<Seen> {
  const row = await tx.task.findUniqueOrThrow({ where: { id }, include: { links: true } });
  const list = (kind: string) => row.links.filter((link) => link.kind === kind).map(({ reference }) => reference);
  const [clause, decision, exhibit, plan] = linkKinds.map(list) as [string[], string[], string[], string[]];
  return asTyped({
    ...(row as unknown as TaskFields),
    ...{ clause, decision, exhibit, plan },
    party: row.partyId,
    member: row.memberId,
    handlingParty: row.handlingPartyId,
  });
}

/** The row of a card. Throws Invalid, naming the field. */
async function checked(query: Query, jit: string, input: TaskFields) {
  const { startsAt, lateFrom } = timesOf(input);
  const handlingPartyId = namesParty(input.handling) ? input.handlingParty : null;
  if (namesParty(input.handling) && !handlingPartyId) throw new Invalid({ handlingParty: "task-handling-party" });
  await requireInTeam(query, jit, { party: input.party, handlingParty: handlingPartyId });
  if (input.member) await requireHere(query, jit, input.member);
  const { title, description, start, due, timeZone, priority, handling, coercive, authorisation } = input;
  const plain = { title, description, start, due, timeZone, priority, handling, coercive, authorisation };
  return { ...plain, startsAt, lateFrom, handlingPartyId, partyId: input.party, memberId: input.member };
}

/** Throws Invalid at the field that names a party which is not of the team. */
export async function requireInTeam(query: Query, jit: string, parties: Record<string, string | null>): Promise<void> {
  for (const [field, id] of Object.entries(parties)) {
    if (id === null) continue;
    const found = await query("SELECT 1 FROM party WHERE id = $1::uuid AND jit_id = $2::uuid AND left_at IS NULL", [
      id,
      jit,
    ]);
    if (found.length === 0) throw new Invalid({ [field]: "wrong-kind" });
  }
}

/** Throws Invalid("task-holder-gone") unless the member holds a role today: nobody is left to do it otherwise. */
export async function requireHere(query: Query, jit: string, member: string): Promise<void> {
  const found = await query(
    `SELECT 1 FROM member m JOIN member_role r ON r.member_id = m.id JOIN person p ON p.id = m.person_id
      WHERE m.id = $1::uuid AND m.jit_id = $2::uuid AND p.disabled_at IS NULL AND r.revoked_at IS NULL
        AND r.valid_from <= $3::timestamptz AND (r.valid_to IS NULL OR r.valid_to > $3::timestamptz) LIMIT 1`,
    [member, jit, now()],
  );
  if (found.length === 0) throw new Invalid({ member: "task-holder-gone" });
}

async function writeLinks(tx: Transaction, { id, jit }: { id: string; jit: string }, input: TaskFields): Promise<void> {
  const data = linkKinds.flatMap((kind) =>
    input[kind].map((reference) => ({ taskId: id, jitId: jit, kind, reference })),
  );
  await tx.taskLink.createMany({ data });
}
