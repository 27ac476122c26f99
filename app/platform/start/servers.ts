import { watch } from "node:fs";
import { createServer } from "node:net";
import type { Config } from "../config.ts";
import { freePort } from "../embedded.server.ts";
import { type Child, runServer } from "./child.ts";
import { StartError } from "./refusal.ts";

/**
 * Refuses a port that another program has, before anything is started. `patience` in ms: after a kill -9 the web process
 * of before may need a moment to notice and to let go of it.
 */
export async function checkPort({ PORT, HOST }: Pick<Config, "PORT" | "HOST">, patience: number): Promise<void> {
  const until = Date.now() + patience;
  let code = await listenOnce(PORT, HOST);
  while (code === "EADDRINUSE" && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    code = await listenOnce(PORT, HOST);
  }
  if (code === "EADDRINUSE") {
    throw new StartError(
      `Port ${PORT} is already in use. Stop the other program, or choose another port: PORT=${PORT + 1} npm start.`,
    );
  }
  if (code)
    throw new StartError(`This program may not listen on ${HOST}, port ${PORT} (${code}). Correct HOST or PORT.`);
}

/** The code of what stands in the way, or null. */
function listenOnce(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

type Places = Pick<Config, "PORT" | "HOST" | "COLLAB_PORT">;

/**
 * The collaboration server and the web process, in this order, with `more` in their environment. The caller waits for
 * `ready` of each.
 */
export async function startServers(
  settings: Places,
  app: string,
  more: Record<string, string> = {},
): Promise<[collab: Child, web: Child]> {
  const collabPort = settings.COLLAB_PORT || (await freePort());
  // The owner's address is taken from them: the servers cannot do what only the owner of the database may.
  const environment = { DATABASE_APP_URL: app, DATABASE_URL: "", COLLAB_PORT: String(collabPort), ...more };
  const collab = runServer({
    program: "collab-server/main.ts",
    health: `http://127.0.0.1:${collabPort}/readyz`,
    environment,
  });
  const web = runServer({
    program: "app/web.ts",
    health: `http://${loopback(settings.HOST)}:${settings.PORT}/readyz`,
    environment,
  });
  return [collab, web];
}

function loopback(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}

/** Development: starts the collaboration server again when what it is made of changes. */
export function restartOnChange(collab: Child): void {
  let waiting: NodeJS.Timeout | undefined;
  const changed = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      console.log("The collaboration server is started again: its sources changed.");
      void collab.restart();
    }, 300);
  };
  for (const folder of ["collab-server", "app/domain", "app/platform"]) watch(folder, { recursive: true }, changed);
}
