import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { pinoHttp } from "pino-http";
import { type Cost, countCost } from "../cost.server.ts";
import { log } from "../log.server.ts";

/** Parts of an address that let their holder in: links to accept an invitation and to choose a password. */
const opening = /^\/(invitations|password)\/[^/?.]+/;

/** The address for the log: no query string, which may hold what people typed, and nothing that opens something. */
export function loggedPath(url: string): string {
  return (url.split("?")[0] ?? "").replace(opening, "/$1/…");
}

/** One line in the log for each request; no bodies, no headers. */
export function logRequests() {
  return pinoHttp({
    logger: log(),
    genReqId: () => randomUUID(),
    serializers: {
      req: ({ id, method, url }) => ({ id, method, path: loggedPath(url) }),
      res: ({ statusCode }) => ({ statusCode }),
    },
  });
}

/**
 * Counts what an answer costs, and says so in Server-Timing: time until the head is written, and database statements.
 * Only for pages that are read: a refused sign-in must not tell how far it came.
 */
export function timed(request: Request, response: Response, next: NextFunction): void {
  const cost: Cost = { queries: 0 };
  const started = performance.now();
  const writeHead = response.writeHead;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const total = (performance.now() - started).toFixed(1);
    if (request.method === "GET") {
      response.setHeader("Server-Timing", `total;dur=${total}, db;desc="${cost.queries} statements"`);
    }
    return writeHead.apply(response, args);
  }) as typeof writeHead;
  countCost(cost, next);
}
