import { now } from "#app/platform/clock.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import { appendEntry } from "../audit/entry.server.ts";
import { lastDayBefore } from "../documents/period.ts";
import { type StoredState, standingColumns, stateAt } from "../documents/states.ts";

type Row = StoredState & { id: string; jit: string; timeZone: string | null };

/**
 * Writes down that an arrangement has run out or come to its early end (T17, T18): its state follows from the clock at
 * once, the entry with the exact instant when it is first observed (handbook 4.4, rule c). Safe to repeat and to run on
 * several machines. Returns how many entries it made.
 */
export async function recordEnds(): Promise<number> {
  const at = now();
  const over = await database().document.findMany({
    where: { kind: "agreement", state: "in_force", expiresAt: { lte: at } },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  let entries = 0;
  for (const { id } of over) if (await recordEnd(id, at)) entries++;
  return entries;
}

function recordEnd(id: string, at: Date): Promise<boolean> {
  return database().$transaction(async (tx) => {
    const query = queryOf(tx);
    const [row] = await query<Row>(
      `SELECT d.id, d.jit_id AS jit, d.reference_time_zone AS "timeZone", ${standingColumns}
         FROM document d WHERE d.id = $1::uuid FOR UPDATE`,
      [id],
    );
    const state = row && stateAt(row, at);
    if (!row?.expiresAt || row.state !== "in_force" || (state !== "expired" && state !== "terminated")) return false;
    await tx.document.update({ where: { id }, data: { state, stateSince: row.expiresAt } });
    const timeZone = row.timeZone ?? "UTC";
    await appendEntry(query, row.jit, {
      actor: "system",
      action: state === "expired" ? "arrangement.expire" : "arrangement.terminate",
      facts: {
        document: id,
        instant: row.expiresAt.toISOString(),
        lastDay: lastDayBefore(row.expiresAt, timeZone),
        timeZone,
      },
    });
    return true;
  });
}

const pause = 15_000;

/** Looks for ends while the web process runs; returns the function that stops it. */
export function startWatchingEnds(): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const look = () => {
    running = recordEnds().catch((error: unknown) => log().error({ err: error }, "ends of teams were not recorded"));
  };
  look();
  const timer = setInterval(look, pause);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
