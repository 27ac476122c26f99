import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";

/** An update that passed the guard and is not stored yet. */
export type Item = {
  from: Connection;
  frame: number;
  answer: boolean;
  bytes: Uint8Array;
  clients: readonly number[];
  arrived: number;
  /** how often it went through a check that did not end */
  tries: number;
};
/**
 * What one person and session add in one batch. `tried`: on the copy, which has it therefore. `tidied`: `bytes` says more
 * than they sent (trial.ts).
 */
export type Group = { items: Item[]; bytes: Uint8Array | null; tried: boolean; tidied: boolean };

/** What waits to be stored, in the order in which it came, and what it claims. */
export class Queue {
  /** how far the waiting updates of each client reach */
  readonly ends = new Map<number, number>();
  bytes = 0;
  private items: Item[] = [];
  /** clients that waiting updates claim, not stored yet */
  private readonly claimed = new Map<number, string>();
  /** so many of the next updates are tried one by one, to find the one that does harm */
  private careful = 0;

  get length(): number {
    return this.items.length;
  }

  get oldest(): number {
    const [first] = this.items;
    return first ? Date.now() - first.arrived : 0;
  }

  claimantOf(client: number): string | undefined {
    return this.claimed.get(client);
  }

  add(item: Item, ends: Iterable<readonly [number, number]>, isBound: (client: number) => boolean): void {
    for (const [client, end] of ends) this.ends.set(client, end);
    for (const client of item.clients) if (!isBound(client)) this.claimed.set(client, item.from.person);
    this.items.push(item);
    this.bytes += item.bytes.length;
  }

  /** The next batch, one group for each author. */
  takeBatch(): Group[] {
    let bytes = 0;
    let count = 0;
    const most = this.careful > 0 ? 1 : limits.batchUpdates;
    while (count < this.items.length && count < most && bytes < limits.batchBytes) {
      bytes += (this.items[count] as Item).bytes.length;
      count++;
    }
    if (this.careful > 0) this.careful--;
    this.bytes -= bytes;
    return groupByAuthor(this.items.splice(0, count));
  }

  putBack(items: Item[]): void {
    this.items.unshift(...items);
    for (const item of items) this.bytes += item.bytes.length;
  }

  /** Puts them back, to be tried one by one. */
  isolate(items: Item[]): void {
    this.putBack(items);
    this.careful = Math.max(this.careful, items.length);
  }

  /** Everything that waits is taken out, to be judged anew. */
  empty(): Item[] {
    const items = this.items;
    this.items = [];
    this.bytes = 0;
    this.forgetClaims();
    return items;
  }

  /** Call it when nothing waits. */
  forgetClaims(): void {
    this.ends.clear();
    this.claimed.clear();
  }
}

function groupByAuthor(items: Item[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const key = item.from.person + item.from.session;
    const group = groups.get(key) ?? { items: [], bytes: null, tried: false, tidied: false };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}

export function clientsOf(items: readonly Item[]): number[] {
  return [...new Set(items.flatMap((item) => item.clients))];
}
