import { freePort } from "#app/platform/embedded.server.ts";
import { startServers as startProcesses } from "#app/platform/start/servers.ts";

export type Servers = {
  origin: string;
  /** Ends a server at once, as a power cut would; it is started again like in the product. */
  kill(which: "collab" | "web"): void;
  stop(): Promise<void>;
};

/** What the servers need of a database: the address of the runtime login, and the data folder with the keys. */
type Place = { url: string; dataDir: string };

/**
 * The real web process and collaboration server on free ports, over the database of the test, as npm start runs them.
 * Needs the pages built (npm test builds them).
 */
export async function startServers({ url, dataDir }: Place): Promise<Servers> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const environment = { NODE_ENV: "production", DATA_DIR: dataDir, PUBLIC_ORIGIN: origin, LOG_LEVEL: "error" };
  const places = { PORT: port, HOST: "127.0.0.1", COLLAB_PORT: 0 };
  const children = await startProcesses(places, url, { ...environment, PORT: String(port), HOST: places.HOST });
  const stop = async () => void (await Promise.all(children.map((child) => child.stop())));
  try {
    await Promise.all(children.map((child) => child.ready));
  } catch (error) {
    await stop();
    throw error;
  }
  const [collab, web] = children;
  return { origin, stop, kill: (which) => (which === "collab" ? collab : web).kill() };
}
