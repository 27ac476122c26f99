import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import { sealAnew } from "./domain/accounts/secrets.server.ts";
import { startCheckpointing } from "./domain/audit/checkpointing.server.ts";
import { startWatchingEnds } from "./domain/lifecycle/ends.server.ts";
import { startSealingWaiting } from "./domain/signing/waiting-seals.server.ts";
import { beginLibrary } from "./domain/templates/starter-library.server.ts";
import { config } from "./platform/config.ts";
import { closeDatabase, database, pool } from "./platform/database.server.ts";
import { log } from "./platform/log.server.ts";
import { giveNonce, noStore, securityHeaders } from "./platform/web/headers.server.ts";
import { passSockets } from "./platform/web/passage.server.ts";
import { logRequests, timed } from "./platform/web/requests.server.ts";

/*
 * The web process: pages, and the way to the collaboration server under the same origin. Everything about access is
 * decided in http.server.ts; here are only headers, files, health and the end of the process.
 */
const development = process.env.NODE_ENV === "development";
const { PORT, HOST, PUBLIC_ORIGIN, TRUSTED_PROXIES, COLLAB_PORT } = config();

const app = express();
// Slow clients must not hold connections for ever; without the interval Node looks at them only every 30 s.
const server = createServer(
  { headersTimeout: 5_000, requestTimeout: 30_000, keepAliveTimeout: 10_000, connectionsCheckingInterval: 1_000 },
  app,
);
const vite = development
  ? await (await import("vite")).createServer({ server: { middlewareMode: true, hmr: { server } }, appType: "custom" })
  : null;

app.disable("x-powered-by");
app.set("trust proxy", TRUSTED_PROXIES);
app.use(giveNonce, securityHeaders({ publicOrigin: PUBLIC_ORIGIN, development }));
app.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
app.get("/readyz", answerReady);
app.use(compression());
if (vite) app.use(vite.middlewares);
else app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }), answerNoFile);
// Each by its name: a folder would be asked for every page whether it holds a file of that name.
for (const name of readdirSync("public")) {
  app.use(`/${name}`, express.static(join("public", name), { maxAge: "1h", index: false }));
}
app.use(logRequests());
app.all("*", noStore, timed, await pages());

function answerNoFile(_request: Request, response: Response): void {
  response.status(404).type("text").send("no such file\n");
}

async function answerReady(_request: Request, response: Response): Promise<void> {
  try {
    await pool().query("SELECT 1");
    response.type("text").send("ready\n");
  } catch {
    response.status(503).set("Retry-After", "5").type("text").send("the database does not answer\n");
  }
}

async function pages() {
  const build = vite
    ? () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>
    : ((await import(pathToFileURL(resolve("build/server/index.js")).href)) as ServerBuild);
  const handle = createRequestHandler({
    build,
    mode: development ? "development" : "production",
    getLoadContext: (request, { locals }) => ({
      nonce: locals.nonce,
      clientAddress: request.ip ?? "unknown",
      requestId: String(request.id ?? ""),
    }),
  });
  return (request: Request, response: Response, next: NextFunction) => handle(request, response, next);
}

const cutSockets = passSockets(server, COLLAB_PORT, TRUSTED_PROXIES, development);

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(
    error.code === "EADDRINUSE"
      ? `Port ${PORT} is already in use. Stop the other program, or set PORT.`
      : error.message,
  );
  process.exit(1);
});
server.listen(PORT, HOST);
const stopCheckpointing = startCheckpointing();
const stopWatchingEnds = startWatchingEnds();
const stopSealingWaiting = startSealingWaiting();
let stopping = false;
void openLibrary();
// After a rotation: until it has run, both keys stay.
sealAnew().catch((error: unknown) => log().error({ err: error }, "secrets could not be sealed anew"));

/** The pages do not wait for it, and a start while the database is away tries again. */
async function openLibrary(): Promise<void> {
  try {
    await database().$transaction(beginLibrary, { timeout: 20_000, maxWait: 10_000 });
  } catch (error) {
    if (stopping) return;
    log().error({ err: error }, "the clause library could not be begun");
    setTimeout(openLibrary, 30_000).unref();
  }
}

/** Finishes what is being answered; the collaboration server closes its sockets itself, within the time given here. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  stopSealingWaiting();
  const drained = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
  setTimeout(cutSockets, 12_000).unref();
  await Promise.all([stopCheckpointing(), stopWatchingEnds(), vite?.close(), drained]);
  await closeDatabase();
  process.exit(0);
}
process.on("SIGTERM", () => void stop());
process.on("SIGINT", () => void stop());
// The process that started this one is gone: do not live on alone.
process.on("disconnect", () => void stop());
