import { watch } from "node:fs";
import { createServer } from "node:net";
import type { Config } from "../config.ts";
import { freePort } from "../embedded.server.ts";
import { type Child, runServer } from "./child.ts";
import { StartError } from "./refusal.ts";

/** Refuses a port that another program has, before anything is started. */
export function checkPort({ PORT, HOST }: Pick<Config, "PORT" | "HOST">): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) => {
      const sentence =
        code === "EADDRINUSE"
          ? `Port ${PORT} is already in use. Stop the other program, or choose another port: PORT=${PORT + 1} npm start.`
          : `This program may not listen on ${HOST}, port ${PORT} (${code}). Correct HOST or PORT.`;
      reject(new StartError(sentence));
    });
    probe.listen(PORT, HOST, () => probe.close(() => resolve()));
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
