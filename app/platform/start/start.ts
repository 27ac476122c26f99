import { accessSync, constants, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import pg from "pg";
import { demonstrationAccounts, demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { ensureRuntimeLogin, migrate } from "#prisma/migrate.ts";
import { type Config, config, SettingError } from "../config.ts";
import { type Embedded, freePort, keptSecret, startEmbedded } from "../embedded.server.ts";
import { type Child, runChild, runOnce } from "./child.ts";
import { offerSetup } from "./setup.ts";

/*
 * npm start: database, migrations, first data, web process and collaboration server, under one roof. Every refusal is
 * one sentence that says what to do, and exit code 1 with nothing left running.
 */
class StartError extends Error {}

const children: Child[] = [];
let embedded: Embedded | undefined;
let stopping = false;

async function main(): Promise<void> {
  const settings = config();
  checkDataFolder(settings.DATA_DIR);
  await checkPort(settings);
  const ownerUrl = settings.DATABASE_URL ?? (await step("Starting the database", () => startOwnDatabase(settings)));
  await step("Checking the database", () => checkDatabase(ownerUrl));
  await step("Bringing the database up to date", () => migrate(ownerUrl));
  const appUrl =
    settings.DATABASE_APP_URL ??
    (await ensureRuntimeLogin(ownerUrl, "jit_app", keptSecret(join(settings.DATA_DIR, "runtime.password"))));
  const first = await isEmpty(ownerUrl);
  if (first && settings.DEMO) await step("Putting in the exercise teams", () => seed(ownerUrl));
  const collabPort = settings.COLLAB_PORT || (await freePort());
  const environment = { DATABASE_APP_URL: appUrl, DATABASE_URL: "", COLLAB_PORT: String(collabPort) };
  await step("Starting the servers", () => startServers(environment));
  await sayWhereTo(settings, ownerUrl);
}

/** Names a step once it has taken a second, and says when it is done. */
async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  let told = false;
  const started = Date.now();
  const timer = setTimeout(() => {
    told = true;
    process.stdout.write(`${what} …`);
  }, 1000);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (told) process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
  }
}

function checkDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    throw new StartError(`The folder ${folder} cannot be written to. Give this user the right to, or set DATA_DIR.`);
  }
}

function checkPort({ PORT, HOST }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      reject(
        new StartError(
          error.code === "EADDRINUSE"
            ? `Port ${PORT} is already in use. Stop the other program, or choose another: PORT=3100 npm start.`
            : `This program may not listen on ${HOST}:${PORT} (${error.code}). Set PORT or HOST.`,
        ),
      ),
    );
    probe.listen(PORT, HOST, () => probe.close(() => resolve()));
  });
}

async function startOwnDatabase(settings: Config): Promise<string> {
  embedded = await startEmbedded(join(settings.DATA_DIR, "database"));
  return embedded.url;
}

async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await client.connect();
  } catch (error) {
    throw new StartError(
      `The database did not answer (${(error as { code?: string }).code ?? (error as Error).message}). Check DATABASE_URL, and that PostgreSQL runs.`,
    );
  }
  const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version_num') AS version");
  await client.end();
  const version = Math.floor(Number(rows[0]?.version) / 10_000);
  if (version < 15)
    throw new StartError(`The database is PostgreSQL ${version}. This needs 15 or newer: upgrade it first.`);
}

async function isEmpty(ownerUrl: string): Promise<boolean> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  const { rowCount } = await client.query("SELECT 1 FROM person LIMIT 1");
  await client.end();
  return rowCount === 0;
}

/** As the owner of the database: only then does the trail follow the past of an exercise team. */
function seed(ownerUrl: string): Promise<void> {
  return runOnce("prisma/seed.ts", { DATABASE_URL: ownerUrl, DATABASE_APP_URL: ownerUrl });
}

async function startServers(environment: Record<string, string>): Promise<void> {
  for (const program of ["collab-server/main.ts", "app/web.ts"]) {
    const child = runChild(program, environment);
    children.push(child);
    await child.ready;
  }
}

async function sayWhereTo(settings: Config, ownerUrl: string): Promise<void> {
  const code = await offerSetup(ownerUrl);
  console.log(`\n${settings.INSTALLATION_NAME}: ${settings.PUBLIC_ORIGIN}\n`);
  if (code) {
    console.log(
      `Nobody can sign in yet. Open ${settings.PUBLIC_ORIGIN}/setup and enter this code, once:\n\n  ${code}\n`,
    );
  } else if (settings.DEMO) {
    console.log(`Exercise accounts (password of all: ${demonstrationPassword}):`);
    for (const { login, may } of demonstrationAccounts)
      console.log(`  ${`${login}@${demonstrationDomain}`.padEnd(30)} ${may}`);
  }
  console.log("\nCtrl-C stops all of it; nothing is lost.");
}

async function stop(status: number): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  // The web process first: nobody new, then the texts, then the database under them.
  for (const child of children.reverse()) await child.stop();
  await embedded?.stop();
  process.exit(status);
}

process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));

main().catch(async (error: unknown) => {
  const expected = error instanceof StartError || error instanceof SettingError || error instanceof Error;
  console.error(expected ? error.message : String(error));
  await stop(1);
});
