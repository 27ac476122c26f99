import { readdirSync, readFileSync } from "node:fs";

/** Children of a process and how they were called. Linux only, as are the signals of a run. */
export function childrenOf(parent: number): { pid: number; called: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        // The name in brackets may hold spaces and brackets itself; the state and the parent follow the last one.
        const after = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1) ?? "";
        if (Number(after.split(" ")[1]) !== parent) return [];
        return [{ pid: Number(name), called: readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ") }];
      } catch {
        return [];
      }
    });
}

/** Sends the signal; whoever has gone meanwhile is what was wanted. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
