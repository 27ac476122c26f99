import { appendFileSync } from "node:fs";

/**
 * Leaves what a long run reached for the line it ends with (long-run.mjs joins what several tests leave). A target of 0
 * is reached when nothing was found, any other when it was at least that much; a figure without a target is only told.
 */
export function leaveReport(bench: string, targets: Record<string, number>, reached: Record<string, number>): void {
  if (!process.env.REPORT) return;
  const missed = Object.entries(targets).flatMap(([name, target]) => {
    const figure = reached[name] ?? Number.NaN;
    return (target === 0 ? figure === 0 : figure >= target) ? [] : [name];
  });
  appendFileSync(process.env.REPORT, `${JSON.stringify({ bench, ratios: {}, targets, reached, missed })}\n`);
}
