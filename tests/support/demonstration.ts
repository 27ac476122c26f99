import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "#app/platform/config.ts";
import { startEmbedded } from "#app/platform/embedded.server.ts";
import { runOnce } from "#app/platform/start/child.ts";
import { openEmbedded, type Step } from "#app/platform/start/database.ts";
import { type Servers, startServers } from "./server.ts";

const quietly: Step = (_, work) => work();

/** Puts the exercise teams into the migrated database at this address; the key that signs for them goes to `dataDir`. */
export function seed(ownerUrl: string, dataDir: string): Promise<void> {
  const environment = { DATABASE_URL: ownerUrl, DATABASE_APP_URL: ownerUrl, DATA_DIR: dataDir, LOG_LEVEL: "error" };
  return runOnce("prisma/seed.ts", environment, new AbortController().signal);
}

/** Everything that npm start runs, with the exercise teams, in a folder that is removed at the end. For scripts. */
export async function startDemonstration(): Promise<Servers & { ownerUrl: string }> {
  const dataDir = mkdtempSync(join(tmpdir(), "jit-demonstration-"));
  const embedded = await startEmbedded(join(dataDir, "database"), { durable: false });
  const end = async () => {
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const settings = { ...readConfig({}), DATA_DIR: dataDir };
    const { owner, app } = await openEmbedded(embedded, settings, quietly, (url) => seed(url, dataDir));
    const servers = await startServers({ url: app, dataDir });
    return {
      ...servers,
      ownerUrl: owner,
      stop: async () => {
        await servers.stop();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Copies what the seed left in its data folder: the key with which the installation signed, and sealed heads. */
export function copyKept(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
}
