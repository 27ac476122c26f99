import * as Y from "yjs";
import type { Load, Writer } from "./load.ts";
import { pause } from "./machine.ts";

type Sent = { ends: number[]; times: number[] };

/** Follows every update from the writer to each reader. */
export class Deliveries {
  readonly latencies: number[] = [];
  expected = 0;
  private readonly sent = new Map<number, Sent>();
  private last: { bytes: Uint8Array; ends: Map<number, number> } | undefined;

  constructor(private readonly readers: readonly Load[]) {
    for (const reader of readers) this.follow(reader);
  }

  note(writer: Writer): void {
    const sent: Sent = { ends: [], times: [] };
    this.sent.set(writer.doc.clientID, sent);
    const listening = this.readers.filter((reader) => reader !== writer.load).length;
    writer.onSent = (end, at) => {
      sent.ends.push(end);
      sent.times.push(at);
      this.expected += listening;
    };
  }

  private follow(reader: Load): void {
    const next = new Map<number, number>();
    reader.onUpdate = (bytes, at) => {
      for (const [client, end] of this.endsIn(bytes)) {
        const sent = this.sent.get(client);
        // Some servers send a writer its own letters back: that is nobody's reading.
        if (!sent || (reader.doc && reader.doc.clientID === client)) continue;
        let n = next.get(client) ?? 0;
        for (; n < sent.ends.length && (sent.ends[n] as number) <= end; n++)
          this.latencies.push(at - (sent.times[n] as number));
        next.set(client, n);
      }
    };
  }

  /** The same bytes come to every reader, and are read once. */
  private endsIn(bytes: Uint8Array): Map<number, number> {
    if (this.last && Buffer.compare(this.last.bytes, bytes) === 0) return this.last.ends;
    const ends = new Map<number, number>();
    for (const { id, length } of Y.decodeUpdate(bytes).structs)
      ends.set(id.client, Math.max(ends.get(id.client) ?? 0, id.clock + length));
    this.last = { bytes, ends };
    return ends;
  }

  /** Waits for what is still under way; the number of deliveries that never came. */
  async settle(limit = 5_000): Promise<number> {
    const end = performance.now() + limit;
    while (this.latencies.length < this.expected && performance.now() < end) await pause(10);
    return this.expected - this.latencies.length;
  }
}

/** Lets everybody write `perSecond` times a second, spread evenly, for so long. Returns the ms that it took. */
export async function writeFor(ms: number, writers: readonly Writer[], perSecond: number): Promise<number> {
  const began = performance.now();
  const gap = 1_000 / (perSecond * writers.length);
  const count = Math.round(ms / gap);
  for (let n = 0; n < count; ) {
    while (n < count && began + n * gap <= performance.now()) writers[n++ % writers.length]?.type();
    await pause(Math.max(0, began + n * gap - performance.now()));
  }
  return performance.now() - began;
}

/** Connections of different people, all with the text. */
export async function connect(count: number, open: (n: number) => Load): Promise<Load[]> {
  const loads: Load[] = [];
  for (let n = 0; n < count; n += 50) {
    const some = Array.from({ length: Math.min(50, count - n) }, (_, k) => open(n + k));
    loads.push(...some);
    await Promise.all(some.map((load) => load.synced));
  }
  return loads;
}
