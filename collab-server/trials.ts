import { Worker } from "node:worker_threads";
import { limits } from "./limits.ts";
import type { Outcome } from "./trial.ts";
import type { Answer, Compacted, Ready, Request } from "./trial-worker.ts";
import type { OpenElements } from "./typing.ts";

/** The thread took too long or too much memory, and is gone. */
export class Exhausted extends Error {
  override name = "Exhausted";
}

type Asked = { resolve(answer: Answer): void; reject(error: Error): void };

/** One thread, replaced when it fails. Requests are answered in order. */
class Thread {
  private worker: Worker | undefined;
  private ready: Promise<Ready> | undefined;
  private readonly asked = new Map<number, Asked>();
  private next = 1;
  onLost: () => void = () => {};

  private start(): Worker {
    const worker = new Worker(new URL("./trial-thread.mjs", import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: limits.trialHeapMiB },
      stdout: true,
      stderr: true,
    });
    worker.unref();
    this.ready = new Promise((resolve, reject) => {
      this.asked.set(0, { resolve: (answer) => resolve(answer as Ready), reject });
    });
    this.ready.catch(() => {});
    worker.on("message", ({ id, answer }: { id: number; answer: Answer }) => this.settle(id, answer));
    worker.on("error", (error) => this.lose(worker, error));
    worker.on("exit", () => this.lose(worker));
    return worker;
  }

  private settle(id: number, answer: Answer): void {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    asked?.resolve(answer);
  }

  private lose(worker: Worker, cause?: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.onLost();
    const left = [...this.asked.values()];
    this.asked.clear();
    for (const { reject } of left) reject(new Exhausted("the thread ended", { cause }));
    void worker.terminate();
  }

  /** Starts the thread; it loads the schema, which takes longer than any check. */
  async warm(): Promise<Ready> {
    this.worker ??= this.start();
    return (await this.ready) as Ready;
  }

  async ask(request: Request, withinMs: number): Promise<Answer> {
    await this.warm();
    const worker = this.worker;
    if (!worker) throw new Exhausted();
    const id = this.next++;
    return await new Promise<Answer>((resolve, reject) => {
      const stopWatching = this.watch(id, worker, withinMs);
      const done =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          stopWatching();
          then(value);
        };
      this.asked.set(id, { resolve: done(resolve), reject: done(reject) });
      worker.postMessage({ id, request });
    });
  }

  /**
   * Ends the thread when the answer takes too long. On a machine that gives this process little time the limit is one
   * of work done, not of waiting: an honest letter must not be refused because a neighbour is busy.
   */
  private watch(id: number, worker: Worker, withinMs: number): () => void {
    const began = performance.now();
    const used = process.cpuUsage();
    const look = () => {
      // An answer that already lies in the mailbox counts: hence the turn of the loop before looking.
      setImmediate(() => {
        if (!this.asked.has(id)) return;
        const { user, system } = process.cpuUsage(used);
        const worked = (user + system) / 1_000 >= withinMs * 0.8;
        if (worked || performance.now() - began > withinMs * 20) this.lose(worker, new Error("out of time"));
        else timer = setTimeout(look, withinMs / 4);
      });
    };
    let timer = setTimeout(look, withinMs);
    return () => clearTimeout(timer);
  }

  async stop(): Promise<void> {
    const worker = this.worker;
    if (worker) this.lose(worker);
    await worker?.terminate();
  }
}

/** What a copy is made from: the name of the template, and the text as it is when it is asked for. */
type Text = { template: string; state: () => Uint8Array };

/**
 * `grown`: bytes tried since the copy was made; it keeps what is erased. `untold`: what was stored since without asking
 * it, in order.
 */
type Copy = { bytes: number; grown: number; untold: Uint8Array[]; untoldBytes: number };

/**
 * The copies on which updates are tried, in a thread of their own. The least recently used ones are dropped when they
 * grow too many; a dropped copy is made again from the live document.
 */
export class Trials {
  private readonly checks = new Thread();
  private readonly snapshots = new Thread();
  private readonly copies = new Map<string, Copy>();
  private line: Promise<unknown> = Promise.resolve();
  /** empty until the thread is warm: then every update is tried */
  open: OpenElements = new Set();

  constructor() {
    this.checks.onLost = () => this.copies.clear();
  }

  async warm(): Promise<void> {
    this.open = new Set((await this.checks.warm()).open);
  }

  /**
   * Tries one group of updates an author, in order; fewer answers than groups means that the last one has a problem.
   * Throws Exhausted when the thread died of it.
   */
  check(room: string, text: Text, groups: Uint8Array[][]): Promise<Outcome[]> {
    // One after the other, so that the time limit is the time of this check and not of what stands before it.
    const mine = this.line.then(() => this.checkNow(room, text, groups));
    this.line = mine.catch(() => {});
    return mine;
  }

  private async checkNow(room: string, text: Text, groups: Uint8Array[][]): Promise<Outcome[]> {
    await this.checks.warm();
    const copy = this.copies.get(room) ?? (await this.seed(room, text));
    this.copies.delete(room);
    this.copies.set(room, copy);
    let bytes = 0;
    for (const updates of groups) for (const update of updates) bytes += update.length;
    copy.grown += bytes;
    const { untold, untoldBytes } = copy;
    copy.untold = [];
    copy.untoldBytes = 0;
    const withinMs = limits.trialMs + (limits.trialMsPerKiB * (bytes + untoldBytes)) / 1024;
    const outcomes = (await this.checks.ask({ op: "check", room, untold, groups }, withinMs)) as Outcome[];
    if (outcomes.some((outcome) => "problem" in outcome)) this.copies.delete(room);
    else if (copy.grown > limits.trialGrowth) this.drop(room);
    return outcomes;
  }

  private async seed(room: string, { template, state: stateNow }: Text): Promise<Copy> {
    const state = stateNow();
    await this.checks.ask({ op: "seed", room, state, template }, 10_000);
    const copy: Copy = { bytes: state.length, grown: 0, untold: [], untoldBytes: 0 };
    this.copies.set(room, copy);
    let bytes = 0;
    for (const each of this.copies.values()) bytes += each.bytes;
    for (const [oldest, { bytes: freed }] of this.copies) {
      if (oldest === room || (this.copies.size <= limits.trialDocuments && bytes <= limits.trialBytes)) break;
      bytes -= freed;
      this.drop(oldest);
    }
    return copy;
  }

  /** This was stored without asking: the copy learns it before its next answer. */
  tell(room: string, stored: Uint8Array): void {
    const copy = this.copies.get(room);
    if (!copy) return;
    copy.untold.push(stored);
    copy.untoldBytes += stored.length;
    copy.grown += stored.length;
    if (copy.untoldBytes > limits.trialUntold) this.drop(room);
  }

  /** Forgets the copy: it no longer is what is stored. */
  drop(room: string): void {
    if (!this.copies.delete(room)) return;
    void this.checks.ask({ op: "drop", room }, 10_000).catch(() => {});
  }

  /** Builds a full state from rows of the history, beside the thread that people wait for. */
  async compact(base: Uint8Array | null, rows: Uint8Array[]): Promise<Compacted> {
    return (await this.snapshots.ask({ op: "compact", base, rows }, 60_000)) as Compacted;
  }

  async stop(): Promise<void> {
    await Promise.all([this.checks.stop(), this.snapshots.stop()]);
  }
}
