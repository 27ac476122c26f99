import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";

/** True when a server gets core 0 to itself and everything that makes load gets core 1. */
export const pinned = availableParallelism() > 1 && hasTaskset();

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["-p", String(process.pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL is started before this and stays free: the kernel puts it where there is time. */
export function pinLoad(): void {
  if (pinned) execFileSync("taskset", ["-a", "-p", "-c", "1", String(process.pid)], { stdio: "ignore" });
}

let next = 21_000;

/** Below the ephemeral range: the many clients of a run take their own ports from there. */
export async function lowPort(): Promise<number> {
  for (;;) {
    const port = next++;
    if (next > 29_000) next = 21_000;
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** Resident bytes of another process, asked of the kernel: a busy server could not answer. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
