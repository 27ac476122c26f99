import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import type { StatusRow, TableProblem } from "./status-table.ts";
import { isListedState, isOld, saysTheSame, type TreatyStatus } from "./treaty-status.ts";

/** What stands for a State: the number of its record, 1 being the first. */
export type CurrentStatus = TreatyStatus & { state: string; number: number };

const said = `state, number, party, in_force_on::text AS "inForceOn", declarations, source,
              looked_up_on::text AS "lookedUpOn"`;

/** What stands for these States, or for all; States of which nothing is recorded are not in it. */
export function statusesOf(db: Transaction, states: readonly string[] | null): Promise<CurrentStatus[]> {
  return queryOf(db)<CurrentStatus>(
    `SELECT DISTINCT ON (state) ${said} FROM treaty_status
      WHERE $1::text[] IS NULL OR state = ANY ($1::text[]) ORDER BY state, number DESC`,
    [states],
  );
}

/** A State in the list of the record: with what stands for it, or with nothing yet. */
export type StatusLine = { state: string; status: (CurrentStatus & { old: boolean }) | null };

/** Every State of which something is recorded, and every State that has an authority here and may become a party. */
export function listTreatyStatus(actor: Actor): Promise<StatusLine[]> {
  return view(actor, "treatyStatus.read", platform, async (db) => {
    const statuses = new Map((await statusesOf(db, null)).map((status) => [status.state, status]));
    const offices = await queryOf(db)<{ state: string }>(
      "SELECT DISTINCT state FROM authority WHERE state IS NOT NULL",
      [],
    );
    const states = new Set([...statuses.keys(), ...offices.map(({ state }) => state)]);
    return [...states].map((state) => {
      const status = statuses.get(state);
      return { state, status: status ? { ...status, old: isOld(status.lookedUpOn, today()) } : null };
    });
  });
}

export type StatusEvent = TreatyStatus & {
  number: number;
  at: Date;
  person: { name: string; latinName: string };
};

/** All that was recorded of one State, newest first: the first is what stands. Throws NotFound for what is no State. */
export function getTreatyStatus(actor: Actor, state: string): Promise<StatusEvent[]> {
  return view(actor, "treatyStatus.read", platform, async (db) => {
    if (!isListedState(state)) throw new NotFound();
    const rows = await queryOf(db)<Omit<StatusEvent, "person"> & StatusEvent["person"]>(
      `SELECT ${said}, t.at, p.name, p.latin_name AS "latinName"
         FROM treaty_status t JOIN person p ON p.id = t.person_id WHERE t.state = $1::text ORDER BY t.number DESC`,
      [state],
    );
    return rows.map(({ name, latinName, ...event }) => ({ ...event, person: { name, latinName } }));
  });
}

/**
 * Records what was found out about one State; what stood before stays in the history. `seen` is the number of the record
 * that the administrator began from, 0 for none. Throws Conflict("status-changed") when there is a newer one,
 * Invalid for a day that has not come, NotFound for what is no State.
 */
export function recordTreatyStatus(
  actor: Actor,
  { state, seen, ...status }: TreatyStatus & { state: string; seen: number },
): Promise<void> {
  return change(actor, "treatyStatus.record", platform, async (tx) => {
    if (!isListedState(state)) throw new NotFound();
    if (isToCome(status.lookedUpOn)) throw new Invalid({ lookedUpOn: "looked-up-later" });
    await holdRecord(tx);
    const [before] = await statusesOf(tx, [state]);
    if ((before?.number ?? 0) !== seen) throw new Conflict("status-changed");
    const number = seen + 1;
    await append(tx, actor, { state, number, status });
    const { party, inForceOn, lookedUpOn, source, declarations } = status;
    return {
      result: undefined,
      facts: { state, number, party, inForceOn, lookedUpOn },
      details: { source, declarations },
    };
  });
}

/** What a line of a table would do to the record. */
export type StatusEffect = "new" | "changed" | "confirmed" | "known";
/** `number` is the one that its record would have. */
export type ComparedRow = StatusRow & { effect: StatusEffect; number: number };
/** `seen` is how much the record held when it was compared: what came in since stands against recording. */
export type Comparison = { rows: ComparedRow[]; problems: TableProblem[]; seen: number };

/** Holds the lines of a table against what stands, and records nothing. */
export function compareTreatyStatus(actor: Actor, rows: readonly StatusRow[]): Promise<Comparison> {
  return view(actor, "treatyStatus.read", platform, (db) => compare(db, rows));
}

async function compare(db: Transaction, rows: readonly StatusRow[]): Promise<Comparison> {
  const current = new Map((await statusesOf(db, null)).map((status) => [status.state, status]));
  const problems = rows.flatMap(({ line, state, status }): TableProblem[] => {
    const refused = (reason: string) => [{ line, column: "looked_up_on", reason }];
    if (isToCome(status.lookedUpOn)) return refused("looked-up-later");
    const before = current.get(state);
    return before && before.lookedUpOn > status.lookedUpOn ? refused("table-older") : [];
  });
  const compared = rows.map((row) => {
    const before = current.get(row.state);
    return { ...row, effect: effectOf(before, row.status), number: (before?.number ?? 0) + 1 };
  });
  return { rows: compared, problems, seen: [...current.values()].reduce((sum, { number }) => sum + number, 0) };
}

function effectOf(before: TreatyStatus | undefined, status: TreatyStatus): StatusEffect {
  if (!before) return "new";
  if (!saysTheSame(before, status)) return "changed";
  return before.lookedUpOn === status.lookedUpOn && before.source === status.source ? "known" : "confirmed";
}

/**
 * Records all lines of a table, or none. Lines that say nothing new are left out. Throws Conflict("status-changed") when
 * the record is no longer the one that was compared, "table-refused" when a line cannot be recorded, "table-known" when
 * nothing would be recorded.
 */
export function importTreatyStatus(
  actor: Actor,
  { rows, seen }: { rows: readonly StatusRow[]; seen: number },
): Promise<{ recorded: number }> {
  return change(actor, "treatyStatus.import", platform, async (tx) => {
    await holdRecord(tx);
    const compared = await compare(tx, rows);
    if (compared.seen !== seen) throw new Conflict("status-changed");
    if (compared.problems.length > 0) throw new Conflict("table-refused");
    const news = compared.rows.filter(({ effect }) => effect !== "known");
    if (news.length === 0) throw new Conflict("table-known");
    for (const { state, number, status } of news) await append(tx, actor, { state, number, status });
    const recorded = news.map(({ state, number, status: { party, inForceOn, lookedUpOn } }) => ({
      state,
      number,
      party,
      inForceOn,
      lookedUpOn,
    }));
    const told = news.map(({ state, status: { source, declarations } }) => [state, { source, declarations }] as const);
    return { result: { recorded: news.length }, facts: { recorded }, details: Object.fromEntries(told) };
  });
}

/**
 * Acts on the record wait for each other until they commit: each looks first at what stands. A lock of its own, because
 * the runtime may not lock rows of a table that it only appends to.
 */
async function holdRecord(tx: Transaction): Promise<void> {
  await queryOf(tx)("SELECT 1 AS held FROM (SELECT pg_advisory_xact_lock(20261126, 5)) AS lock", []);
}

type Appended = { state: string; number: number; status: TreatyStatus };

async function append(tx: Transaction, actor: Actor, { state, number, status }: Appended): Promise<void> {
  const { party, inForceOn, declarations, source, lookedUpOn } = status;
  const days = { inForceOn: inForceOn === null ? null : new Date(inForceOn), lookedUpOn: new Date(lookedUpOn) };
  await tx.treatyStatus.create({
    data: { state, number, party, declarations, source, ...days, personId: actor.personId, at: now() },
  });
}

function today(): string {
  return now().toISOString().slice(0, 10);
}

/** A day that has not begun anywhere: somebody east of here may already have tomorrow's date. */
function isToCome(day: string): boolean {
  return day > new Date(now().getTime() + 14 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
