import { readdirSync, readFileSync } from "node:fs";

/**
 * The most memory, in MB, that the processes started by this one held together while `work` ran: their proportional
 * share (PSS), so that pages which the processes of a browser have in common count once. Looked at every 40 ms.
 */
export async function withMemory<Result>(work: () => Promise<Result>): Promise<{ result: Result; peakMb: number }> {
  let peak = 0;
  const look = () => {
    peak = Math.max(peak, heldByChildren());
  };
  const timer = setInterval(look, 40);
  try {
    const result = await work();
    look();
    return { result, peakMb: Math.round(peak / 1024) };
  } finally {
    clearInterval(timer);
  }
}

function heldByChildren(): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    const stat = /^\d+$/.test(name) ? read(`/proc/${name}/stat`) : "";
    // The name of a program may hold brackets and spaces: what counts stands after the last bracket.
    const parent = /\) \S (\d+)/.exec(stat.slice(stat.lastIndexOf(")")))?.[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const ours = (pid: number | undefined): boolean =>
    pid !== undefined && (pid === process.pid || ours(parents.get(pid)));
  return [...parents]
    .filter(([, parent]) => ours(parent))
    .reduce((sum, [pid]) => sum + Number(/^Pss: +(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0);
}

/** A process may end between being listed and being looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
