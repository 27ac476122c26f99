import { parse } from "csv-parse/sync";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import { can } from "../access.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Invalid } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { columnsOf } from "./reading.server.ts";
import type { BoardColumn } from "./task.ts";
import { AddTask } from "./task-forms.ts";
import { type Checked, checked, insertTasks, standingOf } from "./tasks.server.ts";

/** Columns of the file, in English in every language: a file of one team is read by another. */
export const fileColumns = [
  "number",
  "title",
  "description",
  "column",
  "state",
  "responsible",
  "start",
  "due",
  "time_zone",
  "priority",
  "coercive",
  "authorisation",
  "handling",
] as const;

/** A row that cannot be used: the line of the file, the field and the reason. */
export type RowProblem = { line: number; field: string; reason: string };
export type Imported = { added: number; problems: RowProblem[] };
const mostRows = 500;

/**
 * Takes the cards of a CSV file in: all of them, or none and a reason for each line that cannot be used. Numbers in the
 * file are not kept, every card gets the next of the team. Throws Invalid for what is no such file.
 */
export async function importTasks(
  actor: Actor,
  input: { jit: string; party: string | null; text: string; zone: string },
) {
  const { jit, party, text, zone } = input;
  const rows = readRows(text);
  const problems: RowProblem[] = [];
  try {
    const added = await change(actor, "task.import", { jit, party: party ?? undefined }, async (tx, access) => {
      await holdOpenJit(tx, jit);
      problems.length = 0;
      const query = queryOf(tx);
      const columns = await columnsOf(query, jit);
      const known = await namesOf(query, jit, columns);
      const standing = await standingOf(query, jit);
      const good: Checked[] = [];
      for (const { line, row } of rows) {
        try {
          const fields = fieldsOf(row, known, zone);
          if (can(access, "task.add", { partyId: fields.party }) !== "yes")
            throw new Invalid({ state: "task-not-yours-to-give" });
          good.push(checked(standing, fields));
        } catch (error) {
          if (!(error instanceof Invalid)) throw error;
          for (const [field, reason] of Object.entries(error.problems)) problems.push({ line, field, reason });
        }
      }
      if (problems.length > 0) throw new BadRows();
      await insertTasks(tx, actor, access, { jit, columns, rows: good });
      return { result: rows.length, facts: { tasks: rows.length } };
    });
    return { added, problems: [] } satisfies Imported;
  } catch (error) {
    if (error instanceof BadRows) return { added: 0, problems } satisfies Imported;
    throw error;
  }
}

/** Ends the transaction, so that nothing of the file stays. */
class BadRows extends Error {}

type Row = Record<string, string | undefined>;

function readRows(text: string): { line: number; row: Row }[] {
  let records: { info: { lines: number }; record: Row }[];
  try {
    records = parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch {
    throw new Invalid({ file: "task-file-unreadable" });
  }
  if (records.length === 0 || !("title" in (records[0]?.record ?? {})))
    throw new Invalid({ file: "task-file-unreadable" });
  if (records.length > mostRows) throw new Invalid({ file: "task-file-too-long" });
  return records.map(({ info, record }) => ({ line: info.lines, row: record }));
}

type Known = { columns: { id: string; name: string }[]; parties: Map<string, string>; members: Map<string, string> };

async function namesOf(query: Query, jit: string, standing: readonly BoardColumn[]): Promise<Known> {
  const columns = standing.map(({ id, name, kind }) => ({
    id,
    name: columnKey(name || (kind ?? "")),
  }));
  const parties = await query<{ id: string; state: string }>("SELECT id, state FROM party WHERE jit_id = $1::uuid", [
    jit,
  ]);
  const members = await query<{ id: string; email: string; name: string }>(
    `SELECT m.id, p.email, p.latin_name AS name FROM member m JOIN person p ON p.id = m.person_id WHERE m.jit_id = $1::uuid`,
    [jit],
  );
  return {
    columns,
    parties: new Map(parties.map(({ id, state }) => [state, id])),
    members: new Map(
      members.flatMap(({ id, email, name }) => [[email, id] as const, [name.toLowerCase(), id] as const]),
    ),
  };
}

/** A column by its name whatever its case and spaces: a file of ours writes "To do" for the kind `todo`. */
const columnKey = (name: string) => name.toLowerCase().replace(/\s+/g, "");

/** A spreadsheet guards a cell that would begin like a formula with an apostrophe: it is no part of the words. */
const plain = (cell: string | undefined) => (cell ?? "").replace(/^'(?=[=+\-@\t\r])/, "");

function fieldsOf(row: Row, { columns, parties, members }: Known, zone: string): AddTask {
  const find = (map: Map<string, string>, field: string, name: string) => {
    const found = map.get(name);
    if (name && !found) throw new Invalid({ [field]: "wrong-kind" });
    return found ?? "";
  };
  const column = columnKey(plain(row.column));
  const read = AddTask.safeParse({
    title: plain(row.title),
    description: plain(row.description),
    column: find(new Map(columns.map(({ id, name }) => [name, id])), "column", column),
    party: find(parties, "state", plain(row.state).toUpperCase()),
    member: find(members, "responsible", plain(row.responsible).toLowerCase()),
    start: plain(row.start),
    due: plain(row.due),
    timeZone: plain(row.time_zone) || zone,
    priority: plain(row.priority).toLowerCase() || "medium",
    handling: plain(row.handling) || "OPEN-JIT",
    handlingParty: find(parties, "state", plain(row.state).toUpperCase()),
    coercive: /^(yes|on|true|1)$/i.test(plain(row.coercive)) ? "on" : undefined,
    authorisation: plain(row.authorisation),
  });
  if (read.success) return read.data;
  throw new Invalid(Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join("."), message])));
}
