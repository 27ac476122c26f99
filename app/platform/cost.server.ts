import { AsyncLocalStorage } from "node:async_hooks";

/** What answering one request has cost so far. */
export type Cost = { queries: number };

const counting = new AsyncLocalStorage<Cost>();

/** Runs `work`, whose database statements are counted in `cost`. */
export function countCost<Result>(cost: Cost, work: () => Result): Result {
  return counting.run(cost, work);
}

export function countQuery(): void {
  const cost = counting.getStore();
  if (cost) cost.queries++;
}
