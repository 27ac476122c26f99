import { AsyncLocalStorage } from "node:async_hooks";

const moved = new AsyncLocalStorage<Date>();

/** The instant by which everything decides. Only `atInstant` can move it: a demonstration team needs a past. */
export function now(): Date {
  return new Date(moved.getStore() ?? Date.now());
}

/** Runs `work` as if it were `instant`. The trail follows only for the owner of the database (see audit.clock in SQL). */
export function atInstant<T>(instant: Date, work: () => Promise<T>): Promise<T> {
  return moved.run(instant, work);
}

/** The moved instant, or null when the clock runs by itself. */
export function movedInstant(): Date | null {
  return moved.getStore() ?? null;
}
