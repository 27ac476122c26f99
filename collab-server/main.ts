import { config } from "#app/platform/config.ts";
import { closeDatabase } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import { startCollabServer } from "./server.ts";

/*
 * The collaboration process. Reachable only through the web process, which passes sockets under /collab/ on; tells the
 * process that started it its port, and stops cleanly on SIGTERM and SIGINT.
 */
const { COLLAB_PORT, METRICS_PORT, REDIS_URL } = config();
const server = await startCollabServer({
  port: COLLAB_PORT,
  host: "127.0.0.1",
  metricsPort: METRICS_PORT,
  redis: REDIS_URL,
});
log().info({ port: server.port }, "collaboration server started");
process.send?.({ ready: true, port: server.port });

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server.close();
  await closeDatabase();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The process that started this one has died: do not live on alone.
process.on("disconnect", () => void stop());
