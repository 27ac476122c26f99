import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import type { LibraryLine, LibraryQuestion, WriteLibraryClause } from "./library.ts";
import { searchable, wordsSought } from "./library-search.ts";

/** A list is read by people: who gets this many is told to ask more closely. */
const longestList = 200;

type Row = Omit<LibraryLine, "retired"> & {
  id: string;
  retired: boolean | null;
  retiredAt: Date | null;
  reason: string | null;
};

const current = `
  SELECT c.id, c.reference, v.number AS version, v.topic, v.title, v.wordings, v.source, v.when_to_use AS "whenToUse",
         v.at, s.retired, s.at AS "retiredAt", s.reason
    FROM library_clause c
    JOIN LATERAL (SELECT * FROM library_version WHERE clause_id = c.id ORDER BY number DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (SELECT * FROM library_standing WHERE clause_id = c.id ORDER BY id DESC LIMIT 1) s ON true`;

function lineOf({ id: _, retired, retiredAt, reason, ...rest }: Row): LibraryLine {
  return { ...rest, retired: retired && retiredAt ? { at: retiredAt, reason: reason ?? "" } : null };
}

/** The clauses that hold all words that were asked for, in title, source or any wording; in the order of the template. */
export function searchLibrary(
  actor: Actor,
  { q, topic, retired }: LibraryQuestion,
): Promise<{ clauses: LibraryLine[]; more: boolean }> {
  return view(actor, "library.read", platform, async (db) => {
    const rows = await queryOf(db)<Row>(
      `${current}
        WHERE ($1::boolean OR s.retired IS NOT TRUE) AND ($2::text IS NULL OR v.topic = $2::text)
          AND NOT EXISTS (SELECT 1 FROM unnest($3::text[]) AS word WHERE position(word IN v.searchable) = 0)
        ORDER BY v.topic = 'other', v.topic, v.title, c.reference LIMIT ${longestList + 1}`,
      [retired, topic, wordsSought(q)],
    );
    return { clauses: rows.slice(0, longestList).map(lineOf), more: rows.length > longestList };
  });
}

export type LibraryEvent = {
  kind: "version" | "retired" | "restored";
  /** of the version; null for the others */
  number: number | null;
  reason: string;
  at: Date;
  /** null: the product itself */
  person: { name: string; latinName: string; state: string | null } | null;
};

/** One clause as it stands, or as an earlier version said it, with all that was done to it, newest first. */
export function getLibraryClause(
  actor: Actor,
  reference: string,
  version?: number,
): Promise<{ clause: LibraryLine; latest: number; history: LibraryEvent[] }> {
  return view(actor, "library.read", platform, async (db) => {
    const row = await rowOf(queryOf(db), reference);
    const history = await queryOf(db)<Omit<LibraryEvent, "person"> & { name: string | null } & Named>(
      `SELECT e.kind, e.number, e.reason, e.at, p.name, p.latin_name AS "latinName", a.state
         FROM (SELECT 'version' AS kind, number, '' AS reason, at, person_id, number::bigint AS place
                 FROM library_version WHERE clause_id = $1::uuid
               UNION ALL
               SELECT CASE WHEN retired THEN 'retired' ELSE 'restored' END, NULL, reason, at, person_id, id
                 FROM library_standing WHERE clause_id = $1::uuid) e
         LEFT JOIN person p ON p.id = e.person_id LEFT JOIN authority a ON a.id = p.authority_id
        ORDER BY e.at DESC, e.place DESC`,
      [row.id],
    );
    return {
      clause: version === undefined || version === row.version ? lineOf(row) : await versionOf(db, row, version),
      latest: row.version,
      history: history.map(({ name, latinName, state, ...event }) => ({
        ...event,
        person: name === null ? null : { name, latinName: latinName ?? "", state },
      })),
    };
  });
}

type Named = { latinName: string | null; state: string | null };

async function rowOf(query: Query, reference: string): Promise<Row> {
  const [row] = /^CL-\d{3,9}$/.test(reference)
    ? await query<Row>(`${current} WHERE c.reference = $1::text`, [reference])
    : [];
  if (!row) throw new NotFound();
  return row;
}

async function versionOf(db: Transaction, row: Row, number: number): Promise<LibraryLine> {
  const found = await db.libraryVersion.findUnique({ where: { clauseId_number: { clauseId: row.id, number } } });
  if (!found) throw new NotFound();
  const { topic, title, wordings, source, whenToUse, at } = found;
  const said = { topic, title, wordings: wordings as Record<string, string>, source, whenToUse, at };
  return { ...lineOf(row), version: number, ...said };
}

export function addLibraryClause(actor: Actor, input: WriteLibraryClause): Promise<{ reference: string }> {
  return change(actor, "library.add", platform, async (tx) => {
    await holdLibrary(tx);
    const { id, reference } = await createClause(tx, input, actor.personId);
    return {
      result: { reference },
      facts: { clause: id, reference, version: 1, topic: input.topic },
      details: { title: input.title },
    };
  });
}

/**
 * Makes a new version; what was said before stays readable. `seen` is the version that the editor began from.
 * Throws Conflict("library-changed") when there is a newer one, "library-unchanged", "library-retired".
 */
export function changeLibraryClause(
  actor: Actor,
  { reference, seen, ...input }: WriteLibraryClause & { reference: string; seen: number },
): Promise<{ version: number }> {
  return change(actor, "library.change", platform, async (tx) => {
    await holdLibrary(tx);
    const before = await rowOf(queryOf(tx), reference);
    if (before.retired) throw new Conflict("library-retired");
    if (before.version !== seen) throw new Conflict("library-changed");
    if (saysTheSame(before, input)) throw new Conflict("library-unchanged");
    const version = before.version + 1;
    await createVersion(tx, { clauseId: before.id, number: version, personId: actor.personId, reference }, input);
    return {
      result: { version },
      facts: { clause: before.id, reference, version, topic: input.topic },
      details: { title: input.title, before: before.title },
    };
  });
}

function saysTheSame(before: Row, { topic, title, wordings, source, whenToUse }: WriteLibraryClause): boolean {
  const languages = Object.keys(wordings);
  return (
    before.topic === topic &&
    before.title === title &&
    before.source === source &&
    before.whenToUse === whenToUse &&
    languages.length === Object.keys(before.wordings).length &&
    languages.every((language) => before.wordings[language] === wordings[language])
  );
}

/** Nobody is offered it any more; it and its versions stay readable. Throws Conflict("library-retired"). */
export function retireLibraryClause(actor: Actor, input: { reference: string; reason: string }): Promise<void> {
  return change(actor, "library.retire", platform, (tx) => stand(tx, actor, { ...input, retired: true }));
}

/** Throws Conflict("library-current"). */
export function restoreLibraryClause(actor: Actor, reference: string): Promise<void> {
  return change(actor, "library.restore", platform, (tx) =>
    stand(tx, actor, { reference, reason: "", retired: false }),
  );
}

async function stand(
  tx: Transaction,
  actor: Actor,
  { reference, reason, retired }: { reference: string; reason: string; retired: boolean },
) {
  await holdLibrary(tx);
  const row = await rowOf(queryOf(tx), reference);
  if ((row.retired ?? false) === retired) throw new Conflict(retired ? "library-retired" : "library-current");
  await tx.libraryStanding.create({
    data: { clauseId: row.id, retired, reason, personId: actor.personId, at: now() },
  });
  const details = { title: row.title, ...(retired ? { reason } : {}) };
  return { result: undefined, facts: { clause: row.id, reference, version: row.version }, details };
}

/**
 * Acts on the library wait for each other until they commit: they are rare, and each looks first at what stands. A lock
 * of its own, because the runtime may not lock rows of tables that it only appends to.
 */
export async function holdLibrary(tx: Transaction): Promise<void> {
  await queryOf(tx)("SELECT 1 AS held FROM (SELECT pg_advisory_xact_lock(20261126, 4)) AS lock", []);
}

/** Version 1 of a new clause, under the next free reference. Call it holding the library. */
export async function createClause(
  tx: Transaction,
  input: WriteLibraryClause,
  personId: string | null,
): Promise<{ id: string; reference: string }> {
  const id = newId();
  const reference = `CL-${String((await tx.libraryClause.count()) + 1).padStart(3, "0")}`;
  await tx.libraryClause.create({ data: { id, reference, addedAt: now() } });
  await createVersion(tx, { clauseId: id, number: 1, personId, reference }, input);
  return { id, reference };
}

type Place = { clauseId: string; number: number; personId: string | null; reference: string };

async function createVersion(tx: Transaction, { reference, ...place }: Place, input: WriteLibraryClause) {
  const { topic, title, wordings, source, whenToUse } = input;
  // Each part on its own line, so that no word is found across the end of one and the beginning of the next.
  const sought = [reference, title, source, ...Object.values(wordings)].map(searchable).join("\n");
  const said = { topic, title, wordings, source, whenToUse, searchable: sought };
  await tx.libraryVersion.create({ data: { ...place, ...said, at: now() } });
}
