import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Whether the process lives and was called with all these words. A number alone may belong to another program by now. */
export function isRunning(pid: number, ...words: string[]): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    const called = existsSync("/proc/self/cmdline")
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-p", String(pid), "-o", "command="], { encoding: "utf8" });
    return words.every((word) => called.includes(word));
  } catch {
    return false;
  }
}
