import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { z } from "zod";

const port = z.coerce.number("must be a number from 1 to 65535").int().min(0).max(65535);
const yesNo = z.enum(["true", "false"], 'must be "true" or "false"').transform((text) => text === "true");
const postgres = z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://");
const origin = z.url("must be an address such as https://jit.example").transform((text) => new URL(text).origin);

/** One setting: how it is checked, what it does, and whether its value must never be shown. */
type Setting = { check: z.ZodType; standard: string | null; meaning: string; secret?: true };

/** Every setting of the product. `.env.example` and the README's table are made from this (`npm run settings`). */
export const settings = {
  PORT: {
    check: port,
    standard: "3000",
    meaning: "Port of the product; pages and the socket under /collab/ share it.",
  },
  HOST: { check: z.string().min(1), standard: "127.0.0.1", meaning: "Address to listen on; 0.0.0.0 for all." },
  PUBLIC_ORIGIN: {
    check: origin.optional(),
    standard: null,
    meaning:
      "Address people type, when a proxy stands in front. Requests from other origins are refused. Unset: http://localhost:PORT.",
  },
  DATABASE_URL: {
    check: postgres.optional(),
    standard: null,
    meaning:
      "PostgreSQL 15 or newer, as the owner of the database; used for migrations. Unset: the embedded PostgreSQL.",
    secret: true,
  },
  DATABASE_APP_URL: {
    check: postgres.optional(),
    standard: null,
    meaning: "The same database as a login in the role jit_runtime. Unset: made at start from DATABASE_URL.",
    secret: true,
  },
  DATABASE_POOL: {
    check: z.coerce.number().int().min(2).max(200),
    standard: "12",
    meaning: "Connections each process may hold.",
  },
  DATA_DIR: {
    check: z.string().min(1),
    standard: "data",
    meaning: "Folder for the embedded database, the keys of the installation and sealed heads of the trail.",
  },
  DEMO: {
    check: yesNo,
    standard: "true",
    meaning: "Put the exercise teams into an empty database. false: the first page is /setup.",
  },
  INSTALLATION_NAME: {
    check: z.string().min(1).max(80),
    standard: "Joint Investigation Teams",
    meaning: "Name beside the mark, on pages and in the record.",
  },
  TIMESTAMP_URL: {
    check: z
      .string()
      .regex(/^https?:\/\//, "must begin with https:// or http://")
      .optional(),
    standard: null,
    meaning:
      "Address of a timestamp authority (RFC 3161) for the seals of PDFs; TIMESTAMP_CA goes with it. While it gives none, the PDF and the record are given without the seal and say so, and the installation tries again by itself. Unset: the installation states the time itself and calls no one.",
  },
  TIMESTAMP_CA: {
    check: z.string().min(1).optional(),
    standard: null,
    meaning: "File with the certificate (PEM) that stands above that authority's own; its timestamps must lead to it.",
  },
  COLLAB_PORT: {
    check: port,
    standard: "0",
    meaning: "Port of the collaboration server on the loopback address; 0 picks a free one.",
  },
  METRICS_PORT: {
    check: port.optional(),
    standard: null,
    meaning: "Port for the collaboration server's /metrics. Unset: no metrics.",
  },
  REDIS_URL: {
    check: z
      .string()
      .regex(/^rediss?:\/\//, "must begin with redis://")
      .optional(),
    standard: null,
    meaning:
      "Redis through which several collaboration servers tell each other at once what was written and who is there. Unset: they find it in the database within a second.",
    secret: true,
  },
  TRUSTED_PROXIES: {
    check: z.coerce.number().int().min(0).max(5),
    standard: "0",
    meaning: "How many proxies in front may name the client's address (X-Forwarded-For).",
  },
  LOG_LEVEL: {
    check: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]),
    standard: "warn",
    meaning: "How much the processes write to their log.",
  },
} as const satisfies Record<string, Setting>;

type Checked = { -readonly [Name in keyof typeof settings]: z.infer<(typeof settings)[Name]["check"]> };
export type Config = Omit<Checked, "PUBLIC_ORIGIN"> & { PUBLIC_ORIGIN: string };

/** A setting that cannot be used; the message is a sentence for the operator. */
export class SettingError extends Error {
  override name = "SettingError";
}

/** Checks settings from an environment. Throws SettingError naming the first setting that is wrong. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const checked: Record<string, unknown> = {};
  for (const [name, { check, standard, ...setting }] of Object.entries(settings) as [string, Setting][]) {
    const given = environment[name]?.trim() || standard || undefined;
    const result = check.safeParse(given);
    if (!result.success) {
      const value = setting.secret ? "its value" : `"${given}"`;
      throw new SettingError(
        `The setting ${name} cannot be used: ${value} ${result.error.issues[0]?.message}. ${setting.meaning}`,
      );
    }
    checked[name] = result.data;
  }
  const read = checked as Checked;
  if (!!read.TIMESTAMP_URL !== !!read.TIMESTAMP_CA) {
    throw new SettingError("The settings TIMESTAMP_URL and TIMESTAMP_CA go together: set both, or neither.");
  }
  return {
    ...read,
    PUBLIC_ORIGIN: read.PUBLIC_ORIGIN ?? `http://localhost:${read.PORT}`,
    DATA_DIR: resolve(read.DATA_DIR),
  };
}

const names = Object.keys(settings);
let read: { key: string; config: Config } | undefined;

/** The settings of this process: its environment, then the file .env beside package.json. */
export function config(): Config {
  // Only ours, by name: this is asked many times a page, and copying the whole environment is slow.
  const environment = Object.fromEntries(names.map((name) => [name, process.env[name] ?? fileSettings()[name]]));
  const key = JSON.stringify(environment);
  if (read?.key !== key) read = { key, config: readConfig(environment) };
  return read.config;
}

let file: Record<string, string | undefined> | undefined;
function fileSettings(): Record<string, string | undefined> {
  file ??= existsSync(".env") ? (parseEnv(readFileSync(".env", "utf8")) as Record<string, string>) : {};
  return file;
}
