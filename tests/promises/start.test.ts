import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { freePort, startEmbedded } from "#app/platform/embedded.server.ts";
import { childrenOf } from "#tests/chaos/processes.ts";

// The command itself: what npm start runs once everything is installed and built.

const folder = mkdtempSync(join(tmpdir(), "jit-start-"));
const started: ChildProcess[] = [];
afterAll(async () => {
  for (const child of started) await ended(child);
  rmSync(folder, { recursive: true, force: true });
});

type Run = { child: ChildProcess; said(): string; until(words: string): Promise<void> };

function start(settings: Record<string, string>): Run {
  const { DATABASE_URL: _, DATABASE_APP_URL: __, ...environment } = process.env;
  const child = spawn(process.execPath, ["--import", "tsx", "app/platform/start/start.ts"], {
    env: { ...environment, NODE_ENV: "production", DEMO: "false", LOG_LEVEL: "error", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += text));
  const until = async (words: string) => {
    while (!said.includes(words)) {
      if (child.exitCode !== null) throw new Error(`It ended before it said "${words}": ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, said: () => said, until };
}

/** Ends it as Ctrl-C does; the status it ended with. */
async function ended(child: ChildProcess, signal?: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, "exit");
    child.kill(signal ?? "SIGTERM");
    await exit;
  }
  return child.exitCode;
}

/** Processes that name the folder, or hold the port. */
function leftOver(place: string): string[] {
  const lines = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(place));
}

async function refusal(settings: Record<string, string>): Promise<string> {
  const { child, said } = start(settings);
  await once(child, "close");
  expect(child.exitCode).toBe(1);
  return said();
}

const oneSentence = /^[A-Z][^\n]+\.\n$/;

test("a start that cannot go on says why in one line, and leaves nothing running", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const busy = String((other.address() as { port: number }).port);
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const cases = [
    [{ PORT: busy }, "already in use"],
    [{ PORT: "eighty" }, "PORT"],
    [{ DATA_DIR: join(file, "data") }, "cannot be written to"],
    [{ DATA_DIR: "/proc/jit-workspace" }, "cannot be written to"],
    [{ DATABASE_URL: "postgres://a:b@127.0.0.1:1/c" }, "did not answer"],
    [{ DATABASE_URL: "oracle://a:b@127.0.0.1:1/c" }, "DATABASE_URL"],
  ] as const;
  const check = async ([settings, words]: (typeof cases)[number], index: number) => {
    const data = join(folder, `refused-${index}`);
    const said = await refusal({ DATA_DIR: data, PORT: String(await freePort()), ...settings });
    expect(said).toContain(words);
    expect(said).toMatch(oneSentence);
    expect(leftOver(data)).toEqual([]);
  };
  await Promise.all(cases.map(check));
  other.close();
}, 180_000);

test("it starts, is killed, starts again with what it held, and stops when told to", async () => {
  const data = join(folder, "data");
  mkdirSync(data);
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const settings = { DATA_DIR: data, PORT: String(port) };

  const first = start(settings);
  await first.until("Ctrl-C stops");
  expect(first.said()).toMatch(/\/setup and enter this code, once:\n\n {2}\w{4}-\w{4}-\w{4}-\w{4}\n/);
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  expect(await (await fetch(`${origin}/setup`)).text()).toContain("<h1");

  const second = start({ ...settings, PORT: String(await freePort()) });
  await once(second.child, "close");
  expect(second.said()).toContain("It already runs from the folder");
  expect((await fetch(`${origin}/healthz`)).status).toBe(200);

  const secret = readFileSync(join(data, "database", "owner.password"), "utf8");
  await ended(first.child, "SIGKILL");
  const again = start(settings);
  await again.until("Ctrl-C stops");
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  expect(readFileSync(join(data, "database", "owner.password"), "utf8")).toBe(secret);
  expect(await ended(again.child, "SIGINT")).toBe(0);
  expect(leftOver(data)).toEqual([]);
  await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
}, 180_000);

test("a database that does not stop in order is stopped at once, and nobody waits for ever", async () => {
  const place = join(folder, "stuck");
  const database = await startEmbedded(place, { durable: false });
  const postmaster = Number(readFileSync(join(place, "postgres", "postmaster.pid"), "utf8").split("\n", 1)[0]);
  const checkpointer = childrenOf(postmaster).find(({ called }) => called.includes("checkpointer"));
  // It writes the last checkpoint: without it there is no stopping in order.
  process.kill(checkpointer?.pid ?? 0, "SIGSTOP");
  await database.stop(500);
  expect(leftOver(place)).toEqual([]);
}, 60_000);
