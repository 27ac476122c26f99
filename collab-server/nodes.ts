import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";
import { log } from "#app/platform/log.server.ts";
import type { Profile } from "./connection.ts";

/** A cursor at one node: the Yjs client, whose it is, and its state; null when it went. */
export type DistantCursor = [client: number, person: string, state: object | null];

/** What a node says of the people who have a text open there. `whole`: nobody else is there. */
export type Here = {
  people?: (Profile & { writes: boolean })[];
  cursors: DistantCursor[];
  whole: boolean;
};

/** What nodes say to each other about one document. */
type Said =
  | { kind: "stored"; epoch: number; head: number }
  | { kind: "here"; here: Here }
  /** a node has opened the text: who is there? */
  | { kind: "who" };

export type Hearing = {
  /** another node has stored up to this row */
  stored(document: string, epoch: number, head: number): void;
  here(document: string, node: string, here: Here): void;
  /** another node asks who is there */
  who(document: string): void;
  /** hearing again: whatever was said meanwhile was missed */
  back(): void;
};

const channel = (document: string) => `jit:document:${document}`;
const documentOf = (name: string) => name.slice("jit:document:".length);

/**
 * The way to other collaboration servers, through Redis. Only a faster way: what is stored is read from PostgreSQL, and
 * found there within a second without this. What Redis loses is said again; while it is away nothing waits for it.
 */
export class Nodes {
  private readonly name = randomUUID();
  private readonly speaking: Redis;
  private readonly listening: Redis;
  private readonly heard = new Set<string>();

  constructor(
    url: string,
    private readonly to: Hearing,
  ) {
    const patient = {
      // Nothing is kept for later: by then it would be old.
      enableOfflineQueue: false,
      // The library's own asking again answers for nothing: when the line breaks under it, it ends the process.
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
      retryStrategy: (times: number) => Math.min(times * 100, 2_000),
    };
    this.speaking = new Redis(url, patient);
    this.listening = new Redis(url, patient);
    for (const redis of [this.speaking, this.listening])
      redis.on("error", (error) => log().warn({ err: error.message }, "Redis does not answer"));
    this.listening.on("message", (name: string, text: string) => this.hear(documentOf(name), text));
    this.listening.on("ready", () => this.hearAgain());
  }

  get connected(): boolean {
    return this.speaking.status === "ready" && this.listening.status === "ready";
  }

  /** Whatever fails here breaks the line or finds it broken, and is made good when it is there again. */
  private hearAgain(): void {
    if (this.heard.size === 0) return;
    this.listening.subscribe(...this.heard).then(() => this.to.back(), ignore);
  }

  open(document: string): void {
    this.heard.add(channel(document));
    this.listening.subscribe(channel(document)).then(() => this.say(document, { kind: "who" }), ignore);
  }

  leave(document: string): void {
    this.heard.delete(channel(document));
    this.listening.unsubscribe(channel(document)).catch(ignore);
  }

  say(document: string, said: Said): void {
    this.speaking.publish(channel(document), JSON.stringify({ node: this.name, ...said })).catch(ignore);
  }

  private hear(document: string, text: string): void {
    const said = JSON.parse(text) as Said & { node: string };
    if (said.node === this.name) return;
    if (said.kind === "stored") this.to.stored(document, said.epoch, said.head);
    else if (said.kind === "here") this.to.here(document, said.node, said.here);
    else this.to.who(document);
  }

  stop(): void {
    this.speaking.disconnect();
    this.listening.disconnect();
  }
}

function ignore(): void {}
