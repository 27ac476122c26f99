import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { ensureRuntimeLogin, migrate } from "#prisma/migrate.ts";
import type { Config } from "../config.ts";
import { type Embedded, keptSecret, startEmbedded } from "../embedded.server.ts";
import { StartError } from "./refusal.ts";

/** `owner`: for migrations and first data. `app`: what the servers use, a login that owns nothing. */
export type Addresses = { owner: string; app: string };
export type Step = <Result>(what: string, work: () => Promise<Result>) => Promise<Result>;
export type Seed = (owner: string) => Promise<void>;

const oldest = 15;

/** A database of the operator's own: checked, migrated and, when it is empty, given the exercise teams. */
export async function openDatabase(owner: string, settings: Config, step: Step, seed: Seed): Promise<Addresses> {
  await step("Checking the database", () => checkDatabase(owner));
  const app = await bringUpToDate(owner, settings, step);
  const marker = join(settings.DATA_DIR, "exercise-teams.unfinished");
  if (existsSync(marker)) {
    throw new StartError(
      `The exercise teams are in this database only in part: an earlier start was interrupted. Empty the database, delete ${marker}, and start again.`,
    );
  }
  if (settings.DEMO && (await isEmpty(owner))) {
    writeFileSync(marker, "");
    await step("Putting in the exercise teams", () => seed(owner));
    rmSync(marker);
  }
  return { owner, app };
}

/**
 * The database in the embedded PostgreSQL. It gets its name when it is complete, so that a start interrupted before
 * that begins again.
 */
export async function openEmbedded(embedded: Embedded, settings: Config, step: Step, seed: Seed): Promise<Addresses> {
  const owner = at(embedded.url, "jit");
  if (await exists(embedded.url, "jit")) return openDatabase(owner, settings, step, seed);
  const draft = at(embedded.url, "jit_new");
  await execute(embedded.url, "DROP DATABASE IF EXISTS jit_new WITH (FORCE)");
  await execute(embedded.url, "CREATE DATABASE jit_new");
  const app = await bringUpToDate(draft, settings, step);
  if (settings.DEMO) await step("Putting in the exercise teams (about half a minute, once)", () => seed(draft));
  await execute(embedded.url, "ALTER DATABASE jit_new RENAME TO jit");
  return { owner, app: at(app, "jit") };
}

/** Starts the embedded PostgreSQL on the data folder. */
export function startOwn(settings: Config, step: Step): Promise<Embedded> {
  return step("Starting the database", () => startEmbedded(join(settings.DATA_DIR, "database")));
}

async function bringUpToDate(owner: string, settings: Config, step: Step): Promise<string> {
  await step("Bringing the database up to date", () => migrate(owner));
  if (settings.DATABASE_APP_URL) return settings.DATABASE_APP_URL;
  const password = keptSecret(join(settings.DATA_DIR, "runtime.password"));
  try {
    return await ensureRuntimeLogin(owner, "jit_app", password);
  } catch (error) {
    if ((error as { code?: string }).code !== "42501") throw error;
    throw new StartError(
      "The user of DATABASE_URL may not make logins. Make one in the role jit_runtime yourself and name it in DATABASE_APP_URL.",
    );
  }
}

async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    if (version < oldest) {
      throw new StartError(
        `The database is PostgreSQL ${version}, and this needs ${oldest} or newer. Upgrade it, or unset DATABASE_URL to use the embedded one.`,
      );
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(sentenceFor(error as { code?: string; message: string }));
  } finally {
    await client.end().catch(() => {});
  }
}

function sentenceFor({ code, message }: { code?: string; message: string }): string {
  if (code === "28P01" || code === "28000")
    return "The database refused the user or the password in DATABASE_URL. Correct them.";
  if (code === "3D000") return "The database named in DATABASE_URL does not exist. Create it, or correct the name.";
  return `The database did not answer (${code ?? message}). Check the host and port in DATABASE_URL, and that PostgreSQL runs there.`;
}

async function isEmpty(owner: string): Promise<boolean> {
  const rows = await execute(owner, "SELECT 1 FROM person LIMIT 1");
  return rows.length === 0;
}

async function exists(url: string, name: string): Promise<boolean> {
  const rows = await execute(url, `SELECT 1 FROM pg_database WHERE datname = ${pg.escapeLiteral(name)}`);
  return rows.length > 0;
}

async function execute(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

function at(address: string, database: string): string {
  const url = new URL(address);
  url.pathname = database;
  return url.href;
}
