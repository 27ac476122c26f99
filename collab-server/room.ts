import * as Y from "yjs";
import {
  appendBatch,
  countTypingAsActive,
  type Opened,
  Overtaken,
  type Part,
  type Refusal,
  recordEditsNow,
  whatFollows,
} from "#app/domain/documents/history.server.ts";
import { log } from "#app/platform/log.server.ts";
import type { Connection } from "./connection.ts";
import { judge, type Verdict } from "./guard.ts";
import { type Closing, limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { Presence } from "./presence.ts";
import { answerFrame, type Message, peopleFrame, updateFrame } from "./protocol.ts";
import { SnapshotKeeper } from "./snapshots.ts";
import type { Outcome } from "./trial.ts";
import { Exhausted, type Trials } from "./trials.ts";

/** An update that passed the guard and is not stored yet. */
type Item = {
  from: Connection;
  frame: number;
  answer: boolean;
  bytes: Uint8Array;
  clients: number[];
  arrived: number;
  /** how often it went through a check that did not end */
  tries: number;
};
/** What one person and session add in one batch. */
type Group = { items: Item[]; bytes: Uint8Array | null };

const closingFor: Record<Refusal, Closing> = {
  session: "signedOut",
  access: "access",
  "only-reads": "roleChanged",
  "not-yours": "notYours",
};

/**
 * One document in memory. Stores, then sends: what arrives waits in a queue, one batch at a time is tried on a copy,
 * stored in one transaction, applied, and only then sent to the others and confirmed to its writers (C3). What arrives
 * meanwhile makes the next batch: no timer.
 */
export class Room {
  readonly connections = new Set<Connection>();
  readonly presence: Presence;
  private readonly doc: Y.Doc;
  private head: number;
  private readonly bound: Map<number, string>;
  /** clients that waiting updates claim, not stored yet */
  private readonly claimed = new Map<number, string>();
  /** how far the waiting updates of each client reach */
  private readonly waiting = new Map<number, number>();
  private queue: Item[] = [];
  private queuedBytes = 0;
  private working = false;
  /** so many of the next updates are tried one by one, to find the one that does harm */
  private careful = 0;
  private stalledSince: number | null = null;
  private lastStored = new Date();
  private unrecorded: number;
  private auditTimer: NodeJS.Timeout | undefined;
  private flushTimer: NodeJS.Timeout | undefined;
  private peopleChanged = false;
  private encoded: { state: Uint8Array; frame: Uint8Array } | undefined;
  private readonly answers = new Map<string, Uint8Array>();
  private readonly snapshots: SnapshotKeeper;
  private readonly active = new Map<string, number>();
  private size: number;
  /** set when the text was rebuilt or the server stops: nothing is taken any more */
  private ended = false;
  onIdle: () => void = () => {};

  constructor(
    readonly jit: string,
    readonly edition: { document: string; epoch: number },
    opened: Opened,
    private readonly trials: Trials,
    private readonly metrics: Metrics,
  ) {
    this.doc = opened.doc;
    this.head = opened.head;
    this.bound = opened.clients;
    this.unrecorded = opened.unrecorded;
    this.presence = new Presence(
      (client) => this.ownerOf(client),
      () => this.flushSoon(),
    );
    this.snapshots = new SnapshotKeeper(edition, opened, trials);
    this.size = this.state().length;
    // What a crash left out of the trail is named now.
    if (this.unrecorded > 0) this.recordSoon();
  }

  // ---- coming and going

  join(connection: Connection): void {
    this.connections.add(connection);
    connection.ask(Y.encodeStateVector(this.doc));
    const cursors = this.presence.everything();
    if (cursors) connection.send(cursors, "cursor");
    this.tellPeople();
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.presence.clear(connection);
    this.tellPeople();
    this.onIdle();
  }

  /** True while something is not stored: such a room is never dropped (C7). */
  get busy(): boolean {
    return this.working || this.queue.length > 0;
  }

  get oldestWaiting(): number {
    const first = this.queue[0];
    return first ? Date.now() - first.arrived : 0;
  }

  /** True while the trail does not name all that is stored. */
  get unnamed(): boolean {
    return this.unrecorded > 0;
  }

  /** True when nothing is taken any more. */
  get over(): boolean {
    return this.ended;
  }

  get storing(): boolean {
    return this.stalledSince === null;
  }

  // ---- messages

  message(from: Connection, message: Message, frame: number): void {
    switch (message.kind) {
      case "vector":
        from.send(this.answerTo(message.vector));
        return;
      case "update":
        this.take(from, message.update, message.answer, frame);
        return;
      case "awareness":
        this.presence.move(from, message.body);
        return;
      case "queryAwareness": {
        const cursors = this.presence.everything();
        if (cursors) from.send(cursors, "cursor");
      }
    }
  }

  private answerTo(vector: Uint8Array): Uint8Array {
    const key = Buffer.from(vector).toString("latin1");
    if (key === "\0") return this.whole().frame;
    // After a restart of the network everybody comes back with the same vector: one encoding serves them all.
    const known = this.answers.get(key);
    if (known) return known;
    const answer = answerFrame(Y.encodeStateAsUpdate(this.doc, vector));
    if (this.answers.size < 8) this.answers.set(key, answer);
    return answer;
  }

  private state(): Uint8Array {
    return this.whole().state;
  }

  /** The full state is encoded once for each version of the document, however many come. */
  private whole() {
    if (!this.encoded) {
      const encoded = Y.encodeStateAsUpdate(this.doc);
      const frame = answerFrame(encoded);
      // The state is the end of the frame: kept once, not twice, for every text that is open.
      this.encoded = { frame, state: frame.subarray(frame.length - encoded.length) };
      this.size = encoded.length;
    }
    return this.encoded;
  }

  private ownerOf(client: number): string | undefined {
    return this.bound.get(client) ?? this.claimed.get(client);
  }

  private judge(from: Connection, bytes: Uint8Array): Verdict {
    return judge(bytes, from.person, {
      doc: this.doc,
      waiting: this.waiting,
      ownerOf: (client) => this.ownerOf(client),
    });
  }

  private take(from: Connection, bytes: Uint8Array, answer: boolean, frame: number): void {
    if (this.ended) return;
    const verdict = this.judge(from, bytes);
    // By kind: whoever may not write adds nothing, not even a deletion (C2).
    if (from.mode !== "write" && (verdict.kind === "accept" || verdict.kind === "resync")) {
      from.refuse("readOnly");
      return;
    }
    const item = { from, frame, answer, bytes, clients: [], arrived: Date.now(), tries: 0 };
    if (verdict.kind === "accept" && !this.hasRoomFor(bytes.length)) {
      from.refuse("tooLarge");
      return;
    }
    if (verdict.kind === "accept" && this.queuedBytes > limits.queueBytes) {
      from.refuse("storage");
      return;
    }
    if (verdict.kind === "accept" && this.stalledFor() > limits.stalledMs) {
      from.refuse("storage");
      return;
    }
    if (this.place(item, verdict) === "known" && from.mode === "write") from.sendSaved(this.head, this.lastStored);
    if (this.queuedBytes > limits.queuePauseBytes) this.hold(true);
    void this.work();
  }

  /** What was erased or overwritten still counts in `size` until the state is encoded again. */
  private hasRoomFor(bytes: number): boolean {
    const fits = () => this.size + this.queuedBytes + bytes <= limits.documentBytes;
    if (fits()) return true;
    this.whole();
    return fits();
  }

  /** Puts an update where the guard's verdict says it belongs. */
  private place(item: Item, verdict: Verdict): Verdict["kind"] {
    const { from, frame, answer } = item;
    switch (verdict.kind) {
      case "accept":
        item.clients = verdict.clients;
        for (const [client, end] of verdict.ends) this.waiting.set(client, end);
        for (const client of verdict.clients) if (!this.bound.has(client)) this.claimed.set(client, from.person);
        this.queue.push(item);
        this.queuedBytes += item.bytes.length;
        break;
      case "known":
        from.settle(frame, answer);
        break;
      case "resync":
        from.askAgain(frame, () => Y.encodeStateVector(this.doc), "resync");
        break;
      case "refuse":
        from.refuse(
          ({ malformed: "malformed", "too-large": "tooLarge", "not-yours": "notYours" } as const)[verdict.reason],
        );
    }
    return verdict.kind;
  }

  private hold(paused: boolean): void {
    for (const connection of this.connections) if (connection.mode === "write") connection.hold(paused);
  }

  // ---- storing

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      while (this.queue.length > 0 && !this.ended) await this.storeSome();
    } catch (error) {
      // Nothing here is expected to throw. The room cannot be trusted: everybody comes back to a new one.
      log().error({ err: error, document: this.edition.document }, "a room failed");
      this.end("resync");
    } finally {
      this.working = false;
    }
    this.hold(false);
    this.onIdle();
  }

  private async storeSome(): Promise<void> {
    const items = this.takeBatch();
    const groups = groupByAuthor(items);
    let outcomes: Outcome[];
    try {
      outcomes = await this.trials.check(
        this.edition.document,
        () => this.state(),
        groups.map((group) => group.items.map((item) => item.bytes)),
      );
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return this.isolate(items);
    }
    const sound: Group[] = [];
    for (const [index, group] of groups.entries()) {
      const outcome = outcomes[index];
      // Behind a problem nothing was tried: it goes back to the head of the queue.
      if (!outcome) {
        this.putBack(groups.slice(index).flatMap((left) => left.items));
        break;
      }
      if ("problem" in outcome) this.handleProblem(group, outcome.problem);
      else sound.push({ ...group, bytes: outcome.bytes });
    }
    await this.store(sound);
    if (outcomes.some((outcome) => "problem" in outcome)) this.judgeAgain();
  }

  private takeBatch(): Item[] {
    let bytes = 0;
    let count = 0;
    const most = this.careful > 0 ? 1 : limits.batchUpdates;
    while (count < this.queue.length && count < most && bytes < limits.batchBytes) {
      bytes += (this.queue[count] as Item).bytes.length;
      count++;
    }
    if (this.careful > 0) this.careful--;
    const items = this.queue.splice(0, count);
    this.queuedBytes -= bytes;
    return items;
  }

  private putBack(items: Item[]): void {
    this.queue.unshift(...items);
    for (const item of items) this.queuedBytes += item.bytes.length;
  }

  /** The copy died under a batch. One by one, each gets a second chance; then it is held to be meant. */
  private isolate(items: Item[]): void {
    const [only] = items;
    if (items.length === 1 && only && ++only.tries >= 2) {
      only.from.refuse("malformed");
      this.judgeAgain();
      return;
    }
    this.putBack(items);
    this.careful = Math.max(this.careful, items.length);
  }

  private handleProblem(group: Group, problem: "pending" | "schema" | "depth" | "fields"): void {
    if (group.items.length > 1) {
      this.putBack(group.items);
      this.careful = Math.max(this.careful, group.items.length);
      return;
    }
    const item = group.items[0] as Item;
    if (problem === "depth" || problem === "fields") {
      item.from.refuse("malformed");
      return;
    }
    // Two people who erase at once can leave something the schema forbids, each in good faith. The editor mends it as
    // soon as it sees both; so what is asked for again comes mended. Who does not mend it is sent away.
    item.from.askAgain(item.frame, () => Y.encodeStateVector(this.doc), "malformed");
  }

  /** Stores, applies, sends, confirms: in this order. Keeps trying while the database does not answer. */
  private async store(groups: Group[]): Promise<void> {
    const parts = new Map<Part, Group>();
    for (const group of groups) {
      const { items, bytes } = group;
      if (bytes) parts.set({ actor: (items[0] as Item).from.actor, clients: clientsOf(items), bytes }, group);
    }
    if (parts.size > 0 && !(await this.append(parts, groups))) return;
    for (const { items, bytes } of groups) if (!bytes) for (const item of items) this.settle(item);
    this.confirm(groups.flatMap((group) => group.items));
  }

  /** False when the batch has to be judged anew. */
  private async append(parts: Map<Part, Group>, groups: Group[]): Promise<boolean> {
    for (let attempt = 0; !this.ended; attempt++) {
      const began = performance.now();
      const slow = setTimeout(() => this.stall(new Error("the database takes long")), 2_000);
      try {
        const { head, at, refused } = await appendBatch({ ...this.edition, jit: this.jit, expected: this.head }, [
          ...parts.keys(),
        ]);
        this.metrics.commit.observe(performance.now() - began);
        this.recovered();
        this.publish(parts, refused, head, at);
        return true;
      } catch (error) {
        this.trials.drop(this.edition.document);
        if (error instanceof Overtaken) {
          // Also when a commit succeeded whose answer was lost: its rows come back here, and judging finds them known.
          this.putBack(groups.flatMap((group) => group.items));
          if (await this.catchUp()) this.judgeAgain();
          return false;
        }
        this.stall(error);
        await new Promise((resolve) =>
          setTimeout(resolve, Math.min(100 * 2 ** attempt, 3_000) * (0.5 + Math.random())),
        );
      } finally {
        clearTimeout(slow);
      }
    }
    this.putBack(groups.flatMap((group) => group.items));
    return false;
  }

  private publish(parts: Map<Part, Group>, refused: Map<Part, Refusal>, head: number, at: Date): void {
    this.lastStored = at;
    this.metrics.batch.observe(parts.size);
    for (const [part, { items }] of parts) {
      const refusal = refused.get(part);
      if (refusal) {
        for (const { from } of items) from.refuse(closingFor[refusal]);
        continue;
      }
      for (const client of part.clients) this.bound.set(client, part.actor.personId);
      this.apply(part.bytes);
      const writers = new Set(items.map((item) => item.from));
      this.broadcast(updateFrame(part.bytes), writers.size === 1 ? [...writers][0] : undefined);
      for (const item of items) this.settle(item);
      this.stayActive(part.actor.sessionId);
      this.unrecorded++;
      this.snapshots.note(part.bytes.length);
    }
    this.head = head;
    this.snapshots.keepWhenDue(head, () => Y.encodeStateVector(this.doc));
    this.recordSoon();
    if (refused.size > 0) {
      this.trials.drop(this.edition.document);
      this.judgeAgain();
    }
  }

  private apply(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
    this.encoded = undefined;
    this.answers.clear();
    this.size += bytes.length;
  }

  private broadcast(frame: Uint8Array, except?: Connection): void {
    for (const connection of this.connections) if (connection !== except) connection.send(frame);
  }

  private settle(item: Item): void {
    item.from.settle(item.frame, item.answer);
    this.metrics.echo.observe(Date.now() - item.arrived);
  }

  private confirm(items: Item[]): void {
    for (const from of new Set(items.map((item) => item.from))) from.sendSaved(this.head, this.lastStored);
    if (this.queue.length > 0) return;
    this.waiting.clear();
    this.claimed.clear();
  }

  /** What waited was judged against something that has changed. */
  private judgeAgain(): void {
    const items = this.queue;
    this.queue = [];
    this.queuedBytes = 0;
    this.waiting.clear();
    this.claimed.clear();
    for (const item of items) {
      // Of a closed socket only what stood in good order is still stored.
      if (this.place(item, this.judge(item.from, item.bytes)) === "known")
        item.from.sendSaved(this.head, this.lastStored);
    }
  }

  /** Takes in what another process stored. False when the text was rebuilt meanwhile. */
  async catchUp(): Promise<boolean> {
    const missed = await this.untilAnswered(() => whatFollows(this.edition, this.head));
    if (!missed) {
      this.end("rebuilt");
      return false;
    }
    for (const [client, person] of missed.clients) this.bound.set(client, person);
    for (const row of missed.rows) {
      if (row.sequence <= this.head) continue;
      this.apply(row.bytes);
      this.broadcast(updateFrame(row.bytes));
      this.head = row.sequence;
      this.unrecorded++;
      this.snapshots.note(row.bytes.length);
    }
    this.trials.drop(this.edition.document);
    this.recordSoon();
    return true;
  }

  private async untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
    for (let attempt = 0; !this.ended; attempt++) {
      try {
        return await ask();
      } catch (error) {
        this.stall(error);
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** attempt, 3_000)));
      }
    }
    return null;
  }

  // ---- a database that does not answer

  private stall(error: unknown): void {
    if (this.stalledSince !== null) return;
    this.stalledSince = Date.now();
    this.metrics.refused.inc({ reason: "commit" });
    log().warn({ err: (error as Error).message, document: this.edition.document }, "a batch could not be stored");
    this.tellPeople();
  }

  private recovered(): void {
    if (this.stalledSince === null) return;
    this.stalledSince = null;
    this.tellPeople();
  }

  private stalledFor(): number {
    return this.stalledSince === null ? 0 : Date.now() - this.stalledSince;
  }

  /** Typing counts as activity of the session, at most once a minute. */
  private stayActive(session: string | null): void {
    if (!session || Date.now() - (this.active.get(session) ?? 0) < 60_000) return;
    this.active.set(session, Date.now());
    countTypingAsActive(session).catch(() => this.active.delete(session));
  }

  // ---- the trail

  /** One entry an author for what was written in ten seconds or 200 updates. */
  private recordSoon(): void {
    if (this.unrecorded >= limits.auditUpdates) void this.record();
    else this.auditTimer ??= setTimeout(() => void this.record(), limits.auditMs);
  }

  async record(): Promise<void> {
    clearTimeout(this.auditTimer);
    this.auditTimer = undefined;
    if (this.unrecorded <= 0) return;
    const before = this.unrecorded;
    this.unrecorded = 0;
    try {
      await recordEditsNow(this.edition);
    } catch {
      this.unrecorded += before;
      if (!this.ended) this.auditTimer ??= setTimeout(() => void this.record(), limits.auditMs);
    }
  }

  // ---- who is here

  private tellPeople(): void {
    this.peopleChanged = true;
    this.flushSoon();
  }

  private flushSoon(): void {
    this.flushTimer ??= setTimeout(() => this.flush(), limits.cursorBatchMs);
  }

  private flush(): void {
    this.flushTimer = undefined;
    const cursors = this.presence.flush();
    if (cursors) for (const connection of this.connections) connection.send(cursors, "cursor");
    if (!this.peopleChanged) return;
    this.peopleChanged = false;
    const frame = peopleFrame({ people: this.people(), storing: this.storing });
    for (const connection of this.connections) connection.send(frame);
  }

  private people() {
    const people = new Map<string, object>();
    for (const { profile, mode } of this.connections) {
      const writes = mode === "write" || (people.get(profile.id) as { writes?: boolean } | undefined)?.writes === true;
      people.set(profile.id, { ...profile, writes });
    }
    return [...people.values()];
  }

  // ---- the end

  /** Sends everybody away and takes nothing more. */
  end(closing: Closing): void {
    this.ended = true;
    for (const connection of this.connections) connection.close(closing);
    this.stop();
  }

  /** Waits until everything is stored, then names it in the trail. */
  async settleAll(): Promise<void> {
    while (this.busy && !this.ended) await new Promise((resolve) => setTimeout(resolve, 10));
    await this.record();
  }

  stop(): void {
    this.ended = true;
    clearTimeout(this.auditTimer);
    clearTimeout(this.flushTimer);
    this.trials.drop(this.edition.document);
    this.doc.destroy();
  }
}

function groupByAuthor(items: Item[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const key = item.from.person + item.from.session;
    const group = groups.get(key) ?? { items: [], bytes: null };
    group.items.push(item);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function clientsOf(items: Item[]): number[] {
  return [...new Set(items.flatMap((item) => item.clients))];
}
