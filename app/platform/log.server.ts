import { type Logger, pino } from "pino";
import { config } from "./config.ts";

let logger: Logger | undefined;

/** The log of this process: lines of JSON. Never case text, names, addresses of pages with queries, or secrets. */
export function log(): Logger {
  logger ??= pino({
    level: config().LOG_LEVEL,
    redact: ["req.headers.cookie", "req.headers.authorization", 'res.headers["set-cookie"]'],
  });
  return logger;
}
