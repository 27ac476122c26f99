import type { Socket } from "node:net";

/** How bytes travel just now. */
export type Weather = { latency: number; jitter: number; bytesPerSecond: number };
export const clear: Weather = { latency: 0, jitter: 0, bytesPerSecond: Number.POSITIVE_INFINITY };

const recordedBytes = 256 * 1024;
const waitingBytes = 1024 * 1024;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One connection through the proxy: both sockets, and what is done to the bytes between them. */
export class Link {
  /** all that came from the near side, from the first byte on; null when it was too much */
  said: Buffer[] | null = [];
  private saidBytes = 0;
  private swallowing = false;
  private cutting: { down: boolean; share: number } | null = null;

  constructor(
    private readonly near: Socket,
    private readonly far: Socket,
    private readonly weather: () => Weather,
    private readonly ended: (link: Link) => void,
  ) {
    this.pass(near, far, false);
    this.pass(far, near, true);
  }

  private pass(from: Socket, to: Socket, down: boolean): void {
    let waiting = 0;
    let line = Promise.resolve();
    from.on("data", (chunk: Buffer) => {
      if (this.swallowing) return;
      if (!down) this.record(chunk);
      const { latency, jitter } = this.weather();
      const due = performance.now() + latency + jitter * Math.random();
      waiting += chunk.length;
      if (waiting > waitingBytes) from.pause();
      line = line.then(async () => {
        await this.deliver(chunk, to, down, due);
        waiting -= chunk.length;
        if (waiting <= waitingBytes) from.resume();
      });
    });
    from.on("error", () => {});
    from.on("close", () => {
      // Whoever is half-open hears of no end either.
      void line.then(() => !this.swallowing && this.end(to));
    });
  }

  private async deliver(chunk: Buffer, to: Socket, down: boolean, due: number): Promise<void> {
    if (due > performance.now()) await pause(due - performance.now());
    if (this.swallowing || to.destroyed) return;
    if (this.cutting?.down === down) {
      // What follows may not arrive either: TCP delivers a beginning, never a beginning and a later piece.
      this.swallowing = true;
      to.write(chunk.subarray(0, Math.floor(chunk.length * this.cutting.share)), () => this.destroy());
      return;
    }
    const { bytesPerSecond } = this.weather();
    if (bytesPerSecond === Number.POSITIVE_INFINITY) return void to.write(chunk);
    const piece = Math.max(1, Math.floor(bytesPerSecond / 50));
    for (let start = 0; start < chunk.length && !to.destroyed; start += piece) {
      to.write(chunk.subarray(start, start + piece));
      await pause(20);
    }
  }

  private record(chunk: Buffer): void {
    this.saidBytes += chunk.length;
    if (this.saidBytes > recordedBytes) this.said = null;
    this.said?.push(chunk);
  }

  /** What is next sent in this direction arrives only in part, then both ends break. */
  cut(down: boolean, share: number): void {
    this.cutting = { down, share };
  }

  /** From now on nothing arrives at either end, and neither hears of it until the time is over. */
  swallow(ms: number): void {
    this.swallowing = true;
    setTimeout(() => this.destroy(), ms).unref();
  }

  private end(to: Socket): void {
    to.destroySoon();
    this.ended(this);
  }

  destroy(): void {
    this.near.destroy();
    this.far.destroy();
    this.ended(this);
  }
}
