/** Median, middle of the sorted values; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half] as number;
  return ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function spread(name: string, values: readonly number[]): Record<string, number> {
  return {
    [`${name} p50 ms`]: percentile(values, 0.5),
    [`${name} p95 ms`]: percentile(values, 0.95),
    [`${name} p99 ms`]: percentile(values, 0.99),
    [`${name} max ms`]: percentile(values, 1),
  };
}

export const mebi = 1024 * 1024;
