import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "#app/platform/embedded.server.ts";
import { ensureRuntimeLogin, migrate } from "#prisma/migrate.ts";

export const runtimePassword = "runtime-login-of-the-tests";
export const templateDatabase = "jit_template";

declare module "vitest" {
  export interface ProvidedContext {
    ownerUrl: string;
    /** folder of the run; removed at its end */
    folder: string;
  }
}

/** Once for a run: a real PostgreSQL in a temporary folder and a migrated database to copy. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), "jit-tests-"));
  const server = await startEmbedded(folder, { durable: false });
  await execute(server.url, `CREATE DATABASE ${templateDatabase}`);
  const template = new URL(server.url);
  template.pathname = templateDatabase;
  await migrate(template.href);
  await ensureRuntimeLogin(template.href, "jit_app", runtimePassword);
  project.provide("ownerUrl", server.url);
  project.provide("folder", folder);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
