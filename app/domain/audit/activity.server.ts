import { parseDate } from "@internationalized/date";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import type { Access } from "../access.ts";
import { type Action, actionNames } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { namesOfTasks, readerOf } from "../tasks/reading.server.ts";
import { view } from "../view.server.ts";
import { type ActivityEntry, type ActivityPage, actionsOf, type Kind, type NamedPerson } from "./activity.ts";
import { readBody, type StoredBody } from "./body.ts";
import type { Details } from "./entry.server.ts";
import type { ActivityFilters } from "./filters.ts";
import { newestKept } from "./kept.server.ts";
import { namesFor, tellEntry } from "./naming.server.ts";
import { readersTarget, type Scope, scopeOf } from "./scope.server.ts";

const pageSize = 50;
/** A download holds at most the newest this many; its first and last number are in the entry that records it. */
const longestDownload = 50_000;

/**
 * One page of what happened in a team, newest first, as far as the reader's rights reach. `zone` is the reader's: the
 * days of the filters begin and end there. Throws NotFound and Forbidden as `view` does.
 */
export async function listActivity(
  actor: Actor,
  jit: string,
  filters: ActivityFilters,
  zone: string,
): Promise<ActivityPage> {
  return view(actor, "trail.read", await readersTarget(actor, jit), async (db, access) => {
    const query = queryOf(db);
    const scope = scopeOf(access);
    const entries = await entriesOf(query, jit, { filters, zone, scope, limit: pageSize + 1 });
    const page = entries.slice(0, pageSize);
    const [told, [extent], choices] = await Promise.all([
      named(query, { actor, jit, access }, page),
      query<{ size: bigint | null; since: Date | null }>(
        `SELECT h.size, (SELECT at FROM audit.entry WHERE log = $1::uuid AND seq = 1) AS since
           FROM audit.head h WHERE h.log = $1::uuid`,
        [jit],
      ),
      choicesOf(query, jit),
    ]);
    return {
      entries: told,
      next: entries.length > pageSize ? page.at(-1)!.body.seq : null,
      size: Number(extent?.size ?? 0),
      since: extent?.since?.toISOString() ?? null,
      whole: scope.all,
      sealed: await findSeal(jit),
      ...choices,
    };
  });
}

/** The newest entries about the work itself, for the overview: who looked at what is left to the page of the trail. */
export async function latestActivity(actor: Actor, jit: string, limit: number): Promise<ActivityEntry[]> {
  return view(actor, "trail.read", await readersTarget(actor, jit), async (db, access) => {
    const query = queryOf(db);
    const scope = scopeOf(access);
    const found = await entriesOf(query, jit, { filters: {}, zone: "UTC", scope, limit, kinds: workKinds });
    return named(query, { actor, jit, access }, found);
  });
}

const workKinds: readonly Kind[] = ["team", "text", "tasks", "signature"];

async function findSeal(jit: string): Promise<ActivityPage["sealed"]> {
  const newest = await newestKept(jit);
  return newest && { size: newest.checkpoint.size, at: newest.checkpoint.at };
}

/** The same entries for a file, oldest first, all of them up to a limit. That they were taken away is an entry. */
export async function downloadActivity(actor: Actor, jit: string, filters: ActivityFilters, zone: string) {
  const target = await readersTarget(actor, jit);
  return view(
    actor,
    "trail.download",
    target,
    async (db, access) => {
      const query = queryOf(db);
      const found = await entriesOf(query, jit, { filters, zone, scope: scopeOf(access), limit: longestDownload });
      const digests = found.map(({ leaf }) => leaf);
      const told = await named(query, { actor, jit, access }, found);
      return told.map((entry, index) => ({ ...entry, leaf: digests[index]! })).reverse();
    },
    (entries) => ({ entries: entries.length, from: entries[0]?.seq ?? null, to: entries.at(-1)?.seq ?? null }),
  );
}

type Found = { body: StoredBody & { action: Action }; details: Details | null; leaf: string };
type Wanted = { filters: ActivityFilters; zone: string; scope: Scope; limit: number; kinds?: readonly Kind[] };

/**
 * The entries that fit, newest first. The reader's party is that of the actor or that which the act is about; edits
 * name no party, so that of the author's membership counts. What the product itself did concerns all parties.
 * OFFSET 0 makes PostgreSQL walk back and stop when it has enough, instead of taking every body apart first.
 */
async function entriesOf(query: Query, jit: string, { filters, zone, scope, limit, kinds }: Wanted): Promise<Found[]> {
  const { person, state, kind, from, until, before } = filters;
  const rows = await query<{ body: string; details: Details | null; leaf: string }>(
    `SELECT e.body, d.details, encode(e.leaf, 'hex') AS leaf
       FROM (SELECT log, seq, body, leaf FROM audit.entry WHERE log = $1::uuid
                AND ($2::bigint IS NULL OR seq < $2::bigint) AND ($3::timestamptz IS NULL OR at >= $3::timestamptz)
                AND ($4::timestamptz IS NULL OR at < $4::timestamptz) ORDER BY seq DESC OFFSET 0) e
       LEFT JOIN audit.detail d ON d.log = e.log AND d.seq = e.seq, LATERAL (SELECT e.body::jsonb) AS b (b)
      WHERE ($5::text IS NULL OR b #>> '{actor,person}' = $5::text OR b #>> '{facts,person}' = $5::text)
        AND ($6::text IS NULL OR b #>> '{actor,state}' = $6::text)
        AND ($7::text[] IS NULL OR b ->> 'action' = ANY ($7::text[]))
        AND ($8::boolean OR b #> '{actor,system}' IS NOT NULL OR b #>> '{actor,party}' = $9::text
             OR b #>> '{facts,party}' = $9::text OR b #>> '{facts,document}' = ANY ($10::text[])
             OR (b #>> '{actor,party}' IS NULL AND b #>> '{actor,person}' IN
                  (SELECT m.person_id::text FROM member m WHERE m.jit_id = $1::uuid AND m.party_id::text = $9::text)))
      ORDER BY e.seq DESC LIMIT ${limit}`,
    [
      jit,
      before ?? null,
      from ? parseDate(from).toDate(zone) : null,
      until ? parseDate(until).add({ days: 1 }).toDate(zone) : null,
      person ?? null,
      state ?? null,
      kind ? actionsOf(kind) : (kinds?.flatMap(actionsOf) ?? null),
      scope.all,
      scope.all ? null : scope.party,
      scope.all ? [] : scope.documents,
    ],
  );
  return rows.flatMap(({ body, details, leaf }) => {
    const read = readBody(body);
    return read && isAction(read.action) ? [{ body: { ...read, action: read.action }, details, leaf }] : [];
  });
}

function isAction(name: string): name is Action {
  return (actionNames as string[]).includes(name);
}

type Asking = { actor: Actor; jit: string; access: Access };

async function named(query: Query, { actor, jit, access }: Asking, found: Found[]): Promise<ActivityEntry[]> {
  const spoken = found.flatMap(({ body }) => (typeof body.facts.task === "string" ? [body.facts.task] : []));
  const [names, tasks] = await Promise.all([
    namesFor(
      query,
      found.map(({ body }) => body),
    ),
    spoken.length > 0 ? namesOfTasks(query, jit, await readerOf(query, actor, jit, access), spoken) : new Map(),
  ]);
  return found.map(({ body, details }) => tellEntry(body, details, names, tasks));
}

/** What the filters offer: everyone who is or was in the team, and the States of its people. */
async function choicesOf(query: Query, jit: string): Promise<{ people: NamedPerson[]; states: string[] }> {
  const rows = await query<NamedPerson & { state: string | null }>(
    `SELECT p.id, p.name, p.latin_name AS "latinName", a.state FROM member m
       JOIN person p ON p.id = m.person_id JOIN authority a ON a.id = p.authority_id
      WHERE m.jit_id = $1::uuid ORDER BY p.latin_name`,
    [jit],
  );
  const people = rows.map(({ id, name, latinName }) => ({ id, name, latinName }));
  return { people, states: [...new Set(rows.flatMap(({ state }) => state ?? []))].sort() };
}
