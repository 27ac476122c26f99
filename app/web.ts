import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type NextFunction, type Request, type Response } from "express";
import helmet from "helmet";
import { pinoHttp } from "pino-http";
import { config } from "./platform/config.ts";
import { type Cost, countCost } from "./platform/cost.server.ts";
import { closeDatabase, pool } from "./platform/database.server.ts";
import { log } from "./platform/log.server.ts";

/*
 * The web process: pages, and the way to the collaboration server under the same origin. Everything about access is
 * decided in http.server.ts; here are only headers, files, health and the end of the process.
 */
const development = process.env.NODE_ENV === "development";
const { PORT, HOST, PUBLIC_ORIGIN, TRUSTED_PROXIES } = config();
const socketOrigin = PUBLIC_ORIGIN.replace(/^http/, "ws");

const vite = development
  ? await (await import("vite")).createServer({ server: { middlewareMode: true }, appType: "custom" })
  : null;

const app = express();
app.disable("x-powered-by");
app.set("trust proxy", TRUSTED_PROXIES);
app.use(giveNonce, securityHeaders);
app.get("/healthz", (_request, response) => void response.type("text").send("alive\n"));
app.get("/readyz", answerReady);
app.use(compression());
if (vite) app.use(vite.middlewares);
else app.use("/assets", express.static("build/client/assets", { immutable: true, maxAge: "1y" }));
app.use(express.static(vite ? "public" : "build/client", { maxAge: "1h" }));
// No query strings and no bodies: they may hold links that open something, and what people typed.
app.use(
  pinoHttp({
    logger: log(),
    serializers: { req: ({ id, method, url }) => ({ id, method, path: url.split("?")[0] }) },
    genReqId: () => randomUUID(),
  }),
);
app.all("*", noStore, timed, pages());

function giveNonce(_request: Request, response: Response, next: NextFunction): void {
  response.locals.nonce = randomBytes(18).toString("base64");
  next();
}

function securityHeaders(request: Request, response: Response, next: NextFunction): void {
  const nonce = `'nonce-${response.locals.nonce}'`;
  helmet({
    contentSecurityPolicy: development
      ? false
      : {
          useDefaults: false,
          directives: {
            defaultSrc: ["'none'"],
            scriptSrc: ["'self'", nonce],
            styleSrc: ["'self'", nonce],
            // React Aria places menus and TipTap places carets by style attributes; they cannot carry a nonce.
            styleSrcAttr: ["'unsafe-inline'"],
            imgSrc: ["'self'", "data:", "blob:"],
            fontSrc: ["'self'"],
            connectSrc: ["'self'", socketOrigin],
            manifestSrc: ["'self'"],
            frameAncestors: ["'none'"],
            baseUri: ["'none'"],
            formAction: ["'self'"],
          },
        },
    strictTransportSecurity: PUBLIC_ORIGIN.startsWith("https:")
      ? { maxAge: 31_536_000, includeSubDomains: true }
      : false,
    referrerPolicy: { policy: "no-referrer" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    crossOriginOpenerPolicy: { policy: "same-origin" },
    originAgentCluster: false,
    xFrameOptions: { action: "deny" },
  })(request, response, next);
}

async function answerReady(_request: Request, response: Response): Promise<void> {
  try {
    await pool().query("SELECT 1");
    response.type("text").send("ready\n");
  } catch {
    response.status(503).type("text").send("the database does not answer\n");
  }
}

function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader("Cache-Control", "no-store");
  next();
}

/** Says in Server-Timing what the answer has cost: time until the head is written, and database statements. */
function timed(_request: Request, response: Response, next: NextFunction): void {
  const cost: Cost = { queries: 0 };
  const started = performance.now();
  const writeHead = response.writeHead;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const total = (performance.now() - started).toFixed(1);
    response.setHeader("Server-Timing", `total;dur=${total}, db;desc="${cost.queries} statements"`);
    return writeHead.apply(response, args);
  }) as typeof writeHead;
  countCost(cost, next);
}

function pages() {
  const build = vite
    ? () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>
    : (import(pathToFileURL(resolve("build/server/index.js")).href) as Promise<ServerBuild>);
  return async (request: Request, response: Response, next: NextFunction) => {
    const handler = createRequestHandler({
      build: typeof build === "function" ? build : await build,
      mode: development ? "development" : "production",
      getLoadContext: (_request, { locals }) => ({
        nonce: locals.nonce,
        clientAddress: request.ip ?? "unknown",
        requestId: String(request.id ?? ""),
      }),
    });
    return handler(request, response, next);
  };
}

const server = createServer(app);
// Slow clients must not hold connections for ever (security page 7.3, row 11).
server.headersTimeout = 5_000;
server.requestTimeout = 30_000;
server.keepAliveTimeout = 10_000;

/** Sockets under /collab/ go to the collaboration server, byte for byte: it looks at cookie and origin itself. */
server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
  if (!request.url?.startsWith("/collab/")) return socket.destroy();
  const upstream = connect(config().COLLAB_PORT, "127.0.0.1", () => {
    const headers = request.rawHeaders.reduce<string[]>((lines, part, index) => {
      if (index % 2 === 0) lines.push(part);
      else lines[lines.length - 1] += `: ${part}`;
      return lines;
    }, []);
    const kept = headers.filter((line) => !/^x-client-address:/i.test(line));
    kept.push(`X-Client-Address: ${addressOf(request)}`);
    upstream.write(`${request.method} ${request.url} HTTP/1.1\r\n${kept.join("\r\n")}\r\n\r\n`);
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
  });
  upstream.setNoDelay(true);
  socket.setNoDelay(true);
  const end = () => {
    socket.destroy();
    upstream.destroy();
  };
  for (const side of [socket, upstream]) {
    side.on("error", end);
    side.on("close", end);
  }
});

/** The client's address: what the trusted proxies in front say, or the socket's own. */
function addressOf(request: IncomingMessage): string {
  const hops = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((hop) => hop.trim());
  const named = TRUSTED_PROXIES > 0 ? hops.at(-TRUSTED_PROXIES) : undefined;
  return named || request.socket.remoteAddress || "unknown";
}

server.on("error", (error: NodeJS.ErrnoException) => {
  const reason =
    error.code === "EADDRINUSE"
      ? `Port ${PORT} is already in use. Stop the other program, or set PORT.`
      : error.message;
  console.error(reason);
  process.exit(1);
});
server.listen(PORT, HOST, () => process.send?.("listening"));

function stop(): void {
  server.close(() => void closeDatabase().finally(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 5_000).unref();
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
