import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { closeDatabase } from "#app/platform/database.server.ts";
import { copyKept, seed } from "./demonstration.ts";
import { runtimePassword, templateDatabase } from "./postgres.ts";

export type FreshDatabase = {
  /** as the runtime login: what the product uses */
  url: string;
  /** as the owner, who may do everything */
  ownerUrl: string;
  owner: pg.Pool;
  dataDir: string;
  drop(): Promise<void>;
};

/**
 * An empty, migrated database of its own, and a data folder. Sets the environment so that `config()` and `database()`
 * of this process use them. Call `drop` when the file is done.
 */
export function freshDatabase(): Promise<FreshDatabase> {
  return copyOf(templateDatabase);
}

/** The same with the exercise teams in it (accounts: prisma/demonstration/accounts.ts). Seeded once for a run. */
export async function demonstrationDatabase(): Promise<FreshDatabase> {
  const dataDir = await seedTemplate(inject("ownerUrl"), inject("folder"));
  const copy = await copyOf(demonstrationTemplate);
  copyKept(dataDir, copy.dataDir);
  return copy;
}

const demonstrationTemplate = "jit_demonstration";

/** Whoever comes first makes it, the others wait. Returns the data folder with the key that signed. */
async function seedTemplate(server: string, folder: string): Promise<string> {
  const dataDir = join(folder, "demonstration");
  const client = new pg.Client(server);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(1)");
    const made = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [demonstrationTemplate]);
    if (made.rowCount) return dataDir;
    await client.query("DROP DATABASE IF EXISTS jit_demonstration_new WITH (FORCE)");
    await onServer(server, `CREATE DATABASE jit_demonstration_new TEMPLATE ${templateDatabase}`);
    mkdirSync(dataDir, { recursive: true });
    await seed(at(server, "jit_demonstration_new"), dataDir);
    await onServer(server, `ALTER DATABASE jit_demonstration_new RENAME TO ${demonstrationTemplate}`);
    return dataDir;
  } finally {
    await client.end();
  }
}

async function copyOf(template: string): Promise<FreshDatabase> {
  const server = inject("ownerUrl");
  const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`;
  await onServer(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const ownerUrl = at(server, name);
  const url = new URL(ownerUrl);
  url.username = "jit_app";
  url.password = runtimePassword;
  const dataDir = mkdtempSync(join(tmpdir(), "jit-data-"));
  Object.assign(process.env, {
    DATABASE_URL: ownerUrl,
    DATABASE_APP_URL: url.href,
    DATA_DIR: dataDir,
    LOG_LEVEL: "silent",
  });
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  // A connection that is still taking its leave when the database is dropped is told so; nobody waits for that.
  owner.on("connect", (client) => void client.on("error", () => {}));
  return {
    url: url.href,
    ownerUrl,
    owner,
    dataDir,
    drop: async () => {
      await closeDatabase();
      await owner.end();
      await onServer(server, `DROP DATABASE ${name} WITH (FORCE)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs statements with all triggers and foreign keys off, as only a superuser can. */
export async function behindTheBack(owner: pg.Pool, work: (db: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await work(client);
    await client.query("SET session_replication_role = DEFAULT");
  } finally {
    client.release();
  }
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = database;
  return url.href;
}

/** CREATE DATABASE copies a template only while nobody else does: try again for a moment. */
async function onServer(server: string, sql: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const client = new pg.Client(server);
    await client.connect();
    try {
      await client.query(sql);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== "55006" || attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      await client.end();
    }
  }
}
