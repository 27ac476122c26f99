import type pg from "pg";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import { sealTrail } from "./checkpoint.server.ts";

const pause = 1000;
const retryAfter = 2000;

/**
 * Seals every trail as it grows, at most once a second each, and at the start whatever grew while nobody listened.
 * Runs in the web process. A trail that does not continue what was sealed is reported in the log and left unsealed.
 * Returns the function that stops it after the sealing under way.
 */
export function startCheckpointing(): () => Promise<void> {
  const waiting = new Set<string>();
  let client: pg.PoolClient | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const soon = (work: () => Promise<void>, after: number) => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = work();
    }, after);
    timer.unref();
  };
  const sealWaiting = async () => {
    const logs = [...waiting];
    waiting.clear();
    for (const one of logs) {
      await sealTrail(queryOfClient(pool()), one).catch((error: unknown) =>
        log().error({ error, trail: one }, "not sealed"),
      );
    }
    if (waiting.size > 0) soon(sealWaiting, pause);
  };
  const listen = async () => {
    try {
      client = await pool().connect();
      client.on("error", lost);
      client.on("notification", ({ payload }) => {
        waiting.add((JSON.parse(payload ?? "{}") as { log: string }).log);
        soon(sealWaiting, pause);
      });
      await client.query("LISTEN jit");
      const { rows } = await client.query<{ log: string }>("SELECT log FROM audit.head");
      for (const row of rows) waiting.add(row.log);
      await sealWaiting();
    } catch (error) {
      lost(error as Error);
    }
  };
  const lost = (error: Error) => {
    if (stopped) return;
    log().error({ error }, "the listener for new entries lost its connection");
    client?.release(true);
    client = undefined;
    // What waits is sealed by the catching up after connecting again.
    clearTimeout(timer);
    timer = undefined;
    soon(listen, retryAfter);
  };

  running = listen();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running.catch(() => {});
    client?.release(true);
    client = undefined;
  };
}
