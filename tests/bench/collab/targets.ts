import type { Results } from "./results.ts";

type Target = { name: string; atMost?: number; atLeast?: number; ratio(results: Results): number };

const of = (results: Results, workload: string, figure: string, names: string[], best: typeof Math.min = Math.min) =>
  best(...names.map((name) => results.median(workload, figure, name)).filter(Number.isFinite));
const memory = ["y memory", "hocus memory"];
const after = ["y after", "hocus after"];
const first = ["y first", "hocus first"];
const sustained = "60 writers sustained updates/s";
const cpu = "50 readers server µs a delivery";

/** Ours divided by the opponents'. */
function against(workload: string, figure: string, names: string[]) {
  return (results: Results) => results.median(workload, figure, "ours") / of(results, workload, figure, names);
}

export const targets: Target[] = [
  {
    name: "letter to 50 readers p50 / fastest in memory",
    atMost: 2.5,
    ratio: against("B1", "50 readers p50 ms", memory),
  },
  {
    name: "letter to 50 readers p50 / fastest that stores first",
    atMost: 1,
    ratio: against("B1", "50 readers p50 ms", first),
  },
  { name: "CPU a delivery / Hocuspocus in memory", atMost: 1, ratio: against("B1", cpu, ["hocus memory"]) },
  { name: "CPU a delivery / Hocuspocus that stores", atMost: 1, ratio: against("B1", cpu, ["hocus after"]) },
  {
    name: "sustained updates/s / best",
    atLeast: 1,
    ratio: (results) =>
      results.median("B2", sustained, "ours") / of(results, "B2", sustained, [...memory, ...after], Math.max),
  },
  { name: "KB a connection / best", atMost: 1, ratio: against("B5", "KB a connection", memory) },
  { name: "KB a text / best", atMost: 1, ratio: against("B5", "KB a text with one reader", memory) },
  {
    name: "100 open 1.5 MB p99 / best",
    atMost: 0.2,
    ratio: against("B7", "100 open 1.5 MB p99 ms", [...memory, ...after]),
  },
  {
    name: "slow reader MB / 16",
    atMost: 1,
    ratio: (results) => results.median("B8", "MB held for one slow reader", "ours") / 16,
  },
  {
    name: "last accepted after revocation s",
    atMost: 1,
    ratio: (results) => results.median("B10", "last accepted after ms p99", "ours") / 1_000,
  },
  {
    name: "socket closed after revocation s",
    atMost: 1,
    ratio: (results) => results.median("B10", "socket closed after ms p99", "ours") / 1_000,
  },
];

/** What was measured against the targets; what was not measured is left out. */
export function compare(results: Results) {
  const ratios: Record<string, number> = {};
  const missed: string[] = [];
  for (const { name, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY, ratio } of targets) {
    const value = ratio(results);
    if (!Number.isFinite(value)) continue;
    ratios[name] = Number(value.toFixed(3));
    if (value > atMost || value < atLeast) missed.push(`${name} ${value.toFixed(2)}`);
  }
  for (const line of results.voids) missed.push(`void: ${line}`);
  return {
    ratios,
    targets: Object.fromEntries(targets.map(({ name, atMost, atLeast }) => [name, atMost ?? atLeast])),
    missed,
  };
}
