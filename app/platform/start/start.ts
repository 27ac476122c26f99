import { config } from "../config.ts";
import type { Embedded } from "../embedded.server.ts";
import { type Child, runOnce } from "./child.ts";
import { openDatabase, openEmbedded, startOwn } from "./database.ts";
import { holdDataFolder, openDataFolder } from "./folder.ts";
import { checkPort, restartOnChange, startServers } from "./servers.ts";
import { offerSetup } from "./setup.ts";
import { step } from "./step.ts";
import { welcome } from "./welcome.ts";

/*
 * npm start: database, migrations, first data, collaboration server and web process, under one roof. Every refusal is
 * one sentence that says what to do, and exit code 1 with nothing left running.
 */
let children: Child[] = [];
let embedded: Embedded | undefined;
let giveBack = () => {};
let stopping: number | undefined;
const interrupted = new AbortController();

async function main(): Promise<void> {
  const settings = config();
  openDataFolder(settings.DATA_DIR);
  const held = holdDataFolder(settings.DATA_DIR);
  giveBack = held.giveBack;
  await checkPort(settings, held.killed ? 15_000 : 0);
  if (!settings.DATABASE_URL) {
    embedded = await startOwn(settings, step);
    void embedded.ended.then(databaseEnded);
  }
  const { owner, app } = embedded
    ? await openEmbedded(embedded, settings, step, seed)
    : await openDatabase(settings.DATABASE_URL as string, settings, step, seed);
  if (stopping) return;
  children = await startServers(settings, app);
  await step("Starting the servers", () => Promise.all(children.map((child) => child.ready)));
  if (stopping) return;
  if (process.env.NODE_ENV === "development" && children[0]) restartOnChange(children[0]);
  console.log(welcome(settings, await offerSetup(owner)));
}

/** As the owner of the database: only then does the trail follow the past of an exercise team. */
function seed(owner: string): Promise<void> {
  return runOnce("prisma/seed.ts", { DATABASE_URL: owner, DATABASE_APP_URL: owner }, interrupted.signal);
}

function databaseEnded(): void {
  if (stopping) return;
  console.error("The embedded database ended by itself, so everything is stopped. Start again; nothing is lost.");
  void stop(1);
}

/** First the texts and the pages, then the database under them. */
async function stop(status: number): Promise<void> {
  // Ctrl-C can arrive twice, from the terminal and through npm: only a later one is a second wish.
  if (stopping) return void (Date.now() - stopping > 1000 && kill());
  stopping = Date.now();
  interrupted.abort();
  await Promise.all(children.map((child) => child.stop()));
  await embedded?.stop();
  giveBack();
  process.exit(status);
}

function kill(): void {
  for (const child of children) child.kill();
  embedded?.kill();
  giveBack();
  process.exit(1);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop(0));
// The command that started us is gone, however it went.
process.on("disconnect", () => void stop(0));

main().catch((error: unknown) => {
  if (!stopping) console.error(error instanceof Error ? error.message : String(error));
  void stop(1);
});
