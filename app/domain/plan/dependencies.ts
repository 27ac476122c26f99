/** `from` waits for `to`: to must be done before. */
export type Wait = { from: string; to: string };

/**
 * The circle that comes about when `action` waits for all of `after`, as the actions on it in order, first and last the
 * same; null when none does. The shortest one, so that the sentence that names it can be followed.
 */
export function circleWith(waits: readonly Wait[], action: string, after: readonly string[]): string[] | null {
  const next = new Map<string, string[]>();
  for (const { from, to } of waits) if (from !== action) next.set(from, [...(next.get(from) ?? []), to]);
  next.set(action, [...after]);
  const cameFrom = new Map<string, string>();
  const queue = [action];
  for (const at of queue) {
    for (const to of next.get(at) ?? []) {
      if (to === action) return [action, ...pathTo(at, cameFrom, action), action];
      if (cameFrom.has(to)) continue;
      cameFrom.set(to, at);
      queue.push(to);
    }
  }
  return null;
}

function pathTo(end: string, cameFrom: ReadonlyMap<string, string>, start: string): string[] {
  const path: string[] = [];
  for (let at: string | undefined = end; at !== undefined && at !== start; at = cameFrom.get(at)) path.unshift(at);
  return path;
}
