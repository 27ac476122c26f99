import type { Contestant } from "./contestants.ts";
import type { Place } from "./place.ts";
import type { Running } from "./running.ts";
import type { Texts } from "./texts.ts";

/** What one measurement works with: a fresh server, and texts that are made once for the run. */
export type Field = { place: Place; contestant: Contestant; server: Running; texts: Texts; quick: boolean };
export type Figures = Record<string, number>;
export type Workload = {
  id: string;
  title: string;
  contestants: readonly Contestant[];
  run(field: Field): Promise<Figures>;
};
