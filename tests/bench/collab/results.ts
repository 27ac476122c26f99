import { bare } from "./contestants.ts";
import { median } from "./figures.ts";
import type { Figures, Workload } from "./workload.ts";

/** Every figure of every round, by workload, figure and contestant. */
export class Results {
  private readonly figures = new Map<string, Map<string, Map<string, number[]>>>();
  readonly voids: string[] = [];

  add(workload: string, contestant: string, figures: Figures): void {
    const ofWorkload = this.figures.get(workload) ?? new Map<string, Map<string, number[]>>();
    this.figures.set(workload, ofWorkload);
    for (const [figure, value] of Object.entries(figures)) {
      const ofFigure = ofWorkload.get(figure) ?? new Map<string, number[]>();
      ofWorkload.set(figure, ofFigure);
      ofFigure.set(contestant, [...(ofFigure.get(contestant) ?? []), value]);
    }
  }

  addVoid(workload: string, contestant: string, why: string): void {
    this.voids.push(`${workload} ${contestant}: ${why}`);
  }

  of(workload: string): [figure: string, by: Map<string, number[]>][] {
    return [...(this.figures.get(workload) ?? [])];
  }

  /** Median of the rounds; NaN when it was not measured. */
  median(workload: string, figure: string, contestant: string): number {
    return median(this.figures.get(workload)?.get(figure)?.get(contestant) ?? []);
  }

  all() {
    const plain = [...this.figures].map(([workload, figures]) => [
      workload,
      Object.fromEntries([...figures].map(([figure, by]) => [figure, Object.fromEntries(by)])),
    ]);
    return { ...Object.fromEntries(plain), voids: this.voids };
  }
}

/** True when more of it is better. */
const isGain = (figure: string) => /sustained|was cut/.test(figure);

/** Ours divided by the best opponent's. */
export function ratioToBest(figure: string, by: Map<string, number[]>): number {
  const others = [...by].filter(([name]) => name !== "ours" && name !== bare.name).map(([, values]) => median(values));
  return median(by.get("ours") ?? []) / (isGain(figure) ? Math.max(...others) : Math.min(...others));
}

export function table(workloads: readonly Workload[], results: Results): string {
  const lines: string[] = [];
  for (const { id, title } of workloads) {
    lines.push("", `${id} ${title}`);
    for (const [figure, by] of results.of(id)) {
      const ratio = by.size > 1 && by.has("ours") ? ratioToBest(figure, by) : Number.NaN;
      lines.push(`  ${figure}${Number.isFinite(ratio) ? `: ours ${ratio.toFixed(2)} × the best opponent` : ""}`);
      for (const [contestant, values] of [...by].sort(([a], [b]) => place(a) - place(b))) {
        const range = values.length > 1 ? ` (${short(Math.min(...values))} – ${short(Math.max(...values))})` : "";
        lines.push(`    ${contestant.padEnd(13)}${short(median(values)).padStart(9)}${range}`);
      }
    }
  }
  if (results.voids.length > 0) lines.push("", "void:", ...results.voids.map((line) => `  ${line}`));
  return lines.join("\n");
}

const columns = ["ours", "y memory", "hocus memory", "y after", "hocus after", "y first", "hocus first", bare.name];
const place = (name: string) => columns.indexOf(name);

function short(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2);
}
