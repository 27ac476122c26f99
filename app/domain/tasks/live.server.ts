import { now } from "#app/platform/clock.ts";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { Listener } from "#app/platform/listener.server.ts";
import { findAccesses } from "../access.server.ts";
import type { Access } from "../access.ts";
import { findAllSignedIn } from "../accounts/session.server.ts";
import { type Handled, type HandlingCode, maySee, type Reader } from "./handling.ts";
import type { BoardNews } from "./news.ts";
import { cardsById } from "./reading.server.ts";
import type { Card } from "./task.ts";

export type Watcher = {
  jit: string;
  personId: string;
  memberId: string;
  cookie: string | null;
  /** number of the last entry this reader knows */
  seq: number;
  tell(news: BoardNews): void;
  /** access has ended, or could not be asked */
  end(): void;
};

const leaseMs = 30_000;
const mostAtOnce = 500;
type Entry = {
  seq: number;
  action: string;
  task: string | null;
  from: string | null;
  to: string | null;
  before: Partial<Handled> | null;
};
/** Acts that change more than a card or two: columns, many cards at once, who is there to hold them. */
const wide = /^(board\.change|task\.import|member\.|invitation\.accept|party\.)/;
type Hub = {
  watchers: Set<Watcher>;
  listener: Listener;
  running: Map<string, { again: boolean }>;
  lease: NodeJS.Timeout;
};
// On globalThis because the bundled pages and the process around them each carry a copy of this module.
const holder = globalThis as typeof globalThis & { jitBoards?: Hub };

/**
 * Tells the watcher of everything on the board after `watcher.seq`, from the trail: what was missed while the connection
 * was cut is told first. Before anything is told, session and access are asked again. Returns how to stop.
 */
export function watchBoard(watcher: Watcher): () => void {
  holder.jitBoards ??= openHub();
  const hub = holder.jitBoards;
  hub.watchers.add(watcher);
  void tellAll(hub, watcher.jit);
  return () => {
    hub.watchers.delete(watcher);
    if (hub.watchers.size > 0 || holder.jitBoards !== hub) return;
    holder.jitBoards = undefined;
    clearInterval(hub.lease);
    void hub.listener.stop();
  };
}

function openHub(): Hub {
  const everybody = () => {
    for (const jit of new Set([...hub.watchers].map((one) => one.jit))) void tellAll(hub, jit);
  };
  const listener = new Listener(["jit", "session"], {
    heard: (channel, payload) => {
      const log = channel === "jit" ? logOf(payload) : null;
      if (log) void tellAll(hub, log);
      else everybody();
    },
    back: everybody,
  });
  const hub: Hub = {
    watchers: new Set(),
    listener,
    running: new Map(),
    lease: setInterval(everybody, leaseMs).unref(),
  };
  void listener.start();
  return hub;
}

function logOf(payload: string): string | null {
  try {
    return (JSON.parse(payload) as { log?: string }).log ?? null;
  } catch {
    return null;
  }
}

/** Notices that come while it tells lead to one more round, not to many. */
async function tellAll(hub: Hub, jit: string): Promise<void> {
  const running = hub.running.get(jit);
  if (running) {
    running.again = true;
    return;
  }
  const watchers = () => [...hub.watchers].filter((one) => one.jit === jit);
  if (watchers().length === 0) return;
  const mine = { again: true };
  hub.running.set(jit, mine);
  try {
    while (mine.again) {
      mine.again = false;
      const asked = watchers();
      // If access cannot be asked, the answer is no.
      const more = await tellOnce(jit, asked).catch(() => {
        for (const watcher of asked) watcher.end();
        return false;
      });
      // Not in one step with the await: it would overwrite a notice that came meanwhile.
      if (more) mine.again = true;
    }
  } finally {
    hub.running.delete(jit);
  }
}

/** Returns true when there is more to tell than was told at once. */
async function tellOnce(jit: string, watchers: readonly Watcher[]): Promise<boolean> {
  if (watchers.length === 0) return false;
  const query = queryOfClient(pool());
  const from = Math.min(...watchers.map(({ seq }) => seq));
  const entries = await entriesAfter(query, jit, from);
  const touched = [...new Set(entries.flatMap(({ task }) => task ?? []))];
  const cards = touched.length > 0 ? await cardsById(query, jit, touched) : [];
  // Asked last, so that nothing is told on an answer older than what is told.
  const people = [...new Set(watchers.map(({ personId }) => personId))];
  const accesses = await findAccesses(query, people, jit);
  const sessions = await findAllSignedIn(watchers.map(({ cookie }) => cookie));
  for (const [index, watcher] of watchers.entries()) {
    const access = accesses.get(watcher.personId);
    if (!access || sessions[index]?.actor.personId !== watcher.personId) watcher.end();
    else if (entries.length > 0) tell(watcher, access, { entries, cards });
  }
  return entries.length === mostAtOnce;
}

type Found = { entries: Entry[]; cards: Card[] };

function tell(watcher: Watcher, access: Access, { entries, cards }: Found): void {
  const fresh = entries.filter(({ seq }) => seq > watcher.seq);
  const seq = fresh.at(-1)?.seq;
  if (seq === undefined) return;
  watcher.seq = seq;
  const reader: Reader = { roles: access.roles, partyId: access.partyId, memberId: watcher.memberId };
  const tasks = new Set(fresh.flatMap(({ task }) => task ?? []));
  const seen = cards.filter((card) => tasks.has(card.id) && maySee(reader, card));
  const seenIds = new Set(seen.map(({ id }) => id));
  // Only who could see it before is told that a card is gone: to the others it never was.
  const gone = fresh.flatMap(({ task, before }) =>
    task && !seenIds.has(task) && before && maySee(reader, wholeOf(before)) ? [task] : [],
  );
  const told = fresh.flatMap(({ seq: number, action, task, from, to }) =>
    task && seenIds.has(task) ? [{ seq: number, action, task, from, to }] : [],
  );
  const again = fresh.some(({ action }) => wide.test(action));
  const plan = fresh.some(({ action }) => /^(plan|actionDay)\./.test(action));
  watcher.tell({ seq, entries: told, cards: seen, gone: [...new Set(gone)], again, plan });
}

function wholeOf({ handling, handlingPartyId = null, memberId = null, helpers = [] }: Partial<Handled>): Handled {
  return { handling: handling ?? "LEADERS", handlingPartyId, memberId, helpers };
}

type Before = { handling: HandlingCode; party: string | null; member: string | null; helpers?: string[] };

async function entriesAfter(query: ReturnType<typeof queryOfClient>, jit: string, seq: number): Promise<Entry[]> {
  const rows = await query<Omit<Entry, "before"> & { before: Before | null }>(
    `SELECT e.seq::int AS seq, b ->> 'action' AS action, b #>> '{facts,task}' AS task, b #>> '{facts,from}' AS "from",
            b #>> '{facts,to}' AS "to", b #> '{facts,before}' AS before
       FROM audit.entry e, LATERAL (SELECT e.body::jsonb) AS x (b)
      WHERE e.log = $1::uuid AND e.seq > $2 ORDER BY e.seq LIMIT ${mostAtOnce}`,
    [jit, seq],
  );
  return rows.map(({ before, ...row }) => ({
    ...row,
    before: before && {
      handling: before.handling,
      handlingPartyId: before.party,
      memberId: before.member,
      helpers: before.helpers,
    },
  }));
}

/** For a stream that goes on after a break: the number the browser last heard, or the one the page was made with. */
export function startOf(lastEventId: string | null, after: string | null): number | null {
  const found = /^\d{1,15}$/.exec(lastEventId ?? after ?? "");
  return found ? Number(found[0]) : null;
}

/** "2026-11-27T18:00:00.000Z", sent now and then so that a connection that died is noticed. */
export function pulse(): string {
  return `: ${now().toISOString()}\n\n`;
}
