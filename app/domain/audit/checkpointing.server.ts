import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { Listener } from "#app/platform/listener.server.ts";
import { log } from "#app/platform/log.server.ts";
import { sealTrail } from "./checkpoint.server.ts";

const pause = 1000;

/**
 * Seals every trail as it grows, at most once a second each, and after every connection to the database whatever grew
 * while nobody listened. Runs in the web process. A trail that does not continue what was sealed is reported in the log
 * and left unsealed. Returns the function that stops it, after the sealing under way.
 */
export function startCheckpointing(): () => Promise<void> {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const soon = () => {
    if (stopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = running.then(sealWaiting);
    }, pause);
    timer.unref();
  };
  const sealWaiting = async () => {
    const trails = [...waiting];
    waiting.clear();
    for (const trail of trails) {
      await sealTrail(queryOfClient(pool()), trail).catch((error: unknown) =>
        log().error({ error, trail }, "not sealed"),
      );
    }
  };
  const catchUp = async () => {
    const { rows } = await pool().query<{ log: string }>("SELECT log FROM audit.head");
    for (const row of rows) waiting.add(row.log);
    await sealWaiting();
  };
  const listener = new Listener(["jit"], {
    heard: (_, payload) => {
      waiting.add((JSON.parse(payload) as { log: string }).log);
      soon();
    },
    back: () => {
      running = running
        .then(catchUp)
        .catch((error: unknown) => log().error({ error }, "the trails were not caught up with"));
    },
  });

  void listener.start();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await listener.stop();
    await running;
  };
}
