import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "#app/platform/embedded.server.ts";

/** Seconds from `npm start` until the first page answers, in a folder where it has been started before. */
export async function secondStart(): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "jit-second-start-"));
  try {
    await startOnce(dataDir);
    return await startOnce(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function startOnce(dataDir: string): Promise<number> {
  const port = await freePort();
  const started = performance.now();
  const child = spawn(process.execPath, ["app/platform/start/prepare.mjs", "start"], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, PUBLIC_ORIGIN: "" },
    stdio: "ignore",
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    await firstPage(`http://127.0.0.1:${port}/`, child);
    return (performance.now() - started) / 1000;
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

async function firstPage(address: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const response = await fetch(address).catch(() => null);
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`npm start ended with ${child.exitCode} before it answered`);
}
