import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { standingsOf } from "#app/domain/documents/history.server.ts";
import { limits } from "./limits.ts";
import { Metrics } from "./metrics.ts";
import { Reauthorise } from "./reauthorise.ts";
import { Rooms } from "./rooms.ts";
import { Door } from "./upgrade.ts";

export type CollabServer = {
  port: number;
  metricsPort: number | null;
  /** Stops accepting, sends everybody away in slices, stores what is left. */
  close(): Promise<void>;
};

/** Starts the collaboration server. Port 0 picks a free one. */
export async function startCollabServer(options: {
  port: number;
  host: string;
  metricsPort?: number;
  redis?: string;
}): Promise<CollabServer> {
  const metrics = new Metrics();
  const rooms = new Rooms(metrics, options.redis);
  const reauthorise = new Reauthorise(rooms, metrics);
  const door = new Door(rooms, reauthorise, metrics);
  // Also a connection to the database, so that the first who come do not wait for one. Without a database the server
  // starts all the same, is not ready, and lets nobody in.
  await Promise.all([reauthorise.start(), rooms.trials.warm(), standingsOf([]).catch(() => {})]);

  const server = createServer({ headersTimeout: 5_000, requestTimeout: 30_000, connectionsCheckingInterval: 1_000 });
  server.on("request", (request, response) => {
    const ready = !door.closed && reauthorise.listening && rooms.storing;
    answerHealth(request, response, ready);
  });
  server.on("upgrade", (request, socket, head) => void door.upgrade(request, socket, head));
  const port = await listen(server, options.port, options.host);
  const metricsServer =
    options.metricsPort === undefined ? null : await serveMetrics(metrics, options.metricsPort, options.host);

  const beats = setInterval(() => {
    for (const connection of rooms.connections) connection.beat();
    rooms.sweep();
  }, limits.heartbeatMs);
  const asking = setInterval(() => void rooms.askStandings(), limits.standingsMs);

  const close = async () => {
    door.closed = true;
    clearInterval(beats);
    clearInterval(asking);
    server.close();
    await drain(rooms);
    await reauthorise.stop();
    rooms.stop();
    await rooms.trials.stop();
    server.closeAllConnections();
    metricsServer?.server.close();
    metrics.stop();
  };
  return { port, metricsPort: metricsServer?.port ?? null, close };
}

/**
 * In slices, because the clients' own waiting before they come back has no jitter: all at once would come back at
 * once. Then what arrived is stored and named in the trail. Bounded: what is not stored by then was never confirmed.
 */
async function drain(rooms: Rooms): Promise<void> {
  const connections = [...rooms.connections];
  const slice = Math.max(10, Math.ceil(connections.length / 20));
  for (let start = 0; start < connections.length; start += slice) {
    for (const connection of connections.slice(start, start + slice)) connection.close("restart");
    if (start + slice < connections.length) await new Promise((resolve) => setTimeout(resolve, 150));
  }
  const settled = Promise.all([...rooms.all()].map((room) => room.settleAll()));
  await Promise.race([settled, new Promise((resolve) => setTimeout(resolve, limits.drainMs - 4_000).unref())]);
  for (const room of rooms.all()) room.stop();
}

function answerHealth(request: IncomingMessage, response: ServerResponse, ready: boolean): void {
  if (request.url === "/healthz") response.writeHead(200).end("ok");
  else if (request.url === "/readyz") response.writeHead(ready ? 200 : 503).end(ready ? "ready" : "not ready");
  else response.writeHead(404).end();
}

async function serveMetrics(metrics: Metrics, port: number, host: string) {
  metrics.watchDelay();
  const server = createServer(async (request, response) => {
    if (request.url !== "/metrics") return response.writeHead(404).end();
    response.setHeader("Content-Type", metrics.registry.contentType);
    response.end(await metrics.text());
  });
  return { server, port: await listen(server, port, host) };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
