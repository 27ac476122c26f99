import {
  type Appended,
  appendBatch,
  Overtaken,
  type Part,
  type Refusal,
} from "#app/domain/documents/appending.server.ts";
import { type Opened, whatFollows } from "#app/domain/documents/history.server.ts";
import { log } from "#app/platform/log.server.ts";
import { Activity } from "./activity.ts";
import { Company, type News } from "./company.ts";
import type { Connection } from "./connection.ts";
import { Intake } from "./intake.ts";
import type { Closing } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Here } from "./nodes.ts";
import { Outage } from "./outage.ts";
import type { Message } from "./protocol.ts";
import { clientsOf, type Group, type Item, Queue } from "./queue.ts";
import { RoomText } from "./room-text.ts";
import { SnapshotKeeper } from "./snapshots.ts";
import { TrailKeeper } from "./trail-keeper.ts";
import type { Outcome } from "./trial.ts";
import { Exhausted, type Trials } from "./trials.ts";
import { plainTyping } from "./typing.ts";

const closingFor: Record<Refusal, Closing> = {
  session: "signedOut",
  access: "access",
  "only-reads": "roleChanged",
  "not-yours": "notYours",
};

/** What a room tells other nodes. */
export type Others = { stored(head: number): void; tell(here: Here): void };
const alone: Others = { stored: () => {}, tell: () => {} };

/**
 * One document in memory. Stores, then sends: what arrives waits in a queue, one batch at a time is tried on a copy,
 * stored in one transaction, applied, and only then sent to the others and confirmed to its writers (C3). What arrives
 * meanwhile makes the next batch: no timer.
 */
export class Room {
  readonly company: Company;
  private readonly text: RoomText;
  private readonly queue = new Queue();
  private readonly trail: TrailKeeper;
  private readonly snapshots: SnapshotKeeper;
  private readonly bound: Map<number, string>;
  private readonly activity = new Activity();
  private readonly outage: Outage;
  private head: number;
  private working = false;
  /** another node has stored what is missing here */
  private behind = false;
  private lastStored = new Date();
  private readonly intake: Intake;
  /** set when the text was rebuilt or the server stops: nothing is taken any more */
  private ended = false;
  onIdle: () => void = () => {};

  constructor(
    readonly jit: string,
    readonly edition: { document: string; epoch: number },
    opened: Opened,
    private readonly trials: Trials,
    private readonly metrics: Metrics,
    private readonly others: Others = alone,
  ) {
    this.head = opened.head;
    this.bound = opened.clients;
    this.text = new RoomText(opened.doc);
    this.trail = new TrailKeeper(edition, opened.unrecorded);
    this.snapshots = new SnapshotKeeper(edition, opened, trials);
    this.outage = new Outage(edition.document, metrics, () => this.company.peopleAreOthers());
    this.company = new Company(
      (client) => this.intake.ownerOf(client),
      () => this.storing,
      (here) => this.others.tell(here),
    );
    this.intake = new Intake({
      text: this.text,
      queue: this.queue,
      bound: this.bound,
      outage: this.outage,
      company: this.company,
      saved: (connection) => connection.sendSaved(this.head, this.lastStored),
    });
  }

  // ---- coming and going

  join(connection: Connection): void {
    connection.ask(this.text.vector);
    this.company.join(connection);
  }

  leave(connection: Connection): void {
    this.company.leave(connection);
    this.onIdle();
  }

  /** True while something is not stored: such a room is never dropped (C7). */
  get busy(): boolean {
    return this.working || this.queue.length > 0;
  }

  get oldestWaiting(): number {
    return this.queue.oldest;
  }

  /** True while the trail does not name all that is stored. */
  get unnamed(): boolean {
    return this.trail.behind;
  }

  /** True when nothing is taken any more. */
  get over(): boolean {
    return this.ended;
  }

  get storing(): boolean {
    return !this.outage.lasts;
  }

  // ---- messages

  message(from: Connection, message: Message, frame: number): void {
    switch (message.kind) {
      case "vector":
        from.send(this.text.answerTo(message.vector));
        return;
      case "update":
        if (!this.ended && this.intake.take(from, message.update, message.answer, frame)) void this.work();
        return;
      case "awareness":
        this.company.presence.move(from, message.body);
        return;
      case "queryAwareness":
        this.company.sendCursors(from);
    }
  }

  // ---- storing

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      while ((this.behind || this.queue.length > 0) && !this.ended) {
        if (this.behind) await this.takeOver();
        else await this.storeSome();
      }
    } catch (error) {
      // Nothing here is expected to throw. The room cannot be trusted: everybody comes back to a new one.
      log().error({ err: error, document: this.edition.document }, "a room failed");
      this.end("resync");
    } finally {
      this.working = false;
    }
    this.intake.hold(false);
    this.onIdle();
  }

  private async storeSome(): Promise<void> {
    const groups = this.queue.takeBatch();
    const updates = groups.map((group) => group.items.map((item) => item.bytes));
    const typed = plainTyping(this.text.doc, this.trials.open, updates);
    if (typed) {
      await this.store(groups.map((group, n) => ({ ...group, bytes: typed[n] as Uint8Array })));
      return;
    }
    let outcomes: Outcome[];
    try {
      outcomes = await this.trials.check(this.edition.document, () => this.text.state(), updates);
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return this.intake.isolate(groups.flatMap((group) => group.items));
    }
    const sound: Group[] = [];
    for (const [index, group] of groups.entries()) {
      const outcome = outcomes[index];
      // Behind a problem nothing was tried: it goes back to the head of the queue.
      if (!outcome) {
        this.queue.putBack(groups.slice(index).flatMap((left) => left.items));
        break;
      }
      if ("problem" in outcome) this.intake.handleProblem(group, outcome.problem);
      else sound.push({ ...group, bytes: outcome.bytes, tried: true });
    }
    await this.store(sound);
    if (outcomes.some((outcome) => "problem" in outcome)) this.intake.judgeAgain();
  }

  /** Stores, applies, sends, confirms: in this order. Keeps trying while the database does not answer. */
  private async store(groups: Group[]): Promise<void> {
    const parts = new Map<Part, Group>();
    for (const group of groups) {
      const { items, bytes } = group;
      if (!bytes) continue;
      // Whose the others are stands in the database already.
      const clients = clientsOf(items).filter((client) => !this.bound.has(client));
      parts.set({ actor: (items[0] as Item).from.actor, clients, bytes }, group);
    }
    if (parts.size > 0 && !(await this.append(parts, groups))) return;
    for (const { items, bytes } of groups) if (!bytes) for (const item of items) this.settle(item);
    this.confirm(groups.flatMap((group) => group.items));
  }

  /** False when the batch has to be judged anew. */
  private async append(parts: Map<Part, Group>, groups: Group[]): Promise<boolean> {
    const appended = await this.outage.untilAnswered(
      () => this.appendOnce([...parts.keys()]),
      () => this.ended,
    );
    if (appended && appended !== "overtaken") {
      this.publish(parts, appended);
      return true;
    }
    this.trials.drop(this.edition.document);
    // Also when a commit succeeded whose answer was lost: its rows come back here, and judging finds them known.
    this.queue.putBack(groups.flatMap((group) => group.items));
    if (appended && (await this.catchUp())) this.intake.judgeAgain();
    return false;
  }

  private async appendOnce(parts: Part[]): Promise<Appended | "overtaken"> {
    const began = performance.now();
    try {
      const appended = await appendBatch({ ...this.edition, jit: this.jit, expected: this.head }, parts);
      this.metrics.commit.observe(performance.now() - began);
      return appended;
    } catch (error) {
      if (error instanceof Overtaken) return "overtaken";
      throw error;
    }
  }

  private publish(parts: Map<Part, Group>, { refused, head, at }: Appended): void {
    this.lastStored = at;
    this.metrics.batch.observe(parts.size);
    const news: News[] = [];
    for (const [part, { items, tried }] of parts) {
      const refusal = refused.get(part);
      if (refusal) {
        for (const { from } of items) from.refuse(closingFor[refusal]);
        continue;
      }
      for (const client of part.clients) this.bound.set(client, part.actor.personId);
      this.apply(part.bytes);
      if (!tried) this.trials.tell(this.edition.document, part.bytes);
      const { from } = items[0] as Item;
      news.push({ bytes: part.bytes, only: items.every((item) => item.from === from) ? from : undefined });
      for (const item of items) this.settle(item);
      this.activity.note(part.actor.sessionId);
    }
    if (news.length > 0) this.company.sendNews(news);
    this.head = head;
    this.others.stored(head);
    this.snapshots.keepWhenDue(head, () => this.text.vector);
    this.trail.recordSoon();
    if (refused.size > 0) {
      this.trials.drop(this.edition.document);
      this.intake.judgeAgain();
    }
  }

  private apply(bytes: Uint8Array): void {
    this.text.apply(bytes);
    this.trail.note();
    this.snapshots.note(bytes.length);
  }

  private settle(item: Item): void {
    item.from.settle(item.frame, item.answer);
    this.metrics.echo.observe(Date.now() - item.arrived);
  }

  private confirm(items: Item[]): void {
    for (const from of new Set(items.map((item) => item.from))) from.sendSaved(this.head, this.lastStored);
    if (this.queue.length === 0) this.queue.forgetClaims();
  }

  /** Another node stands at this row: what is missing here is read from the database. */
  hearStanding(epoch: number, head: number): void {
    if (epoch === this.edition.epoch && head <= this.head) return;
    this.behind = true;
    void this.work();
  }

  private async takeOver(): Promise<void> {
    this.behind = false;
    if (await this.catchUp()) this.intake.judgeAgain();
  }

  /** Takes in what another process stored. False when the text was rebuilt meanwhile. */
  private async catchUp(): Promise<boolean> {
    const missed = await this.outage.untilAnswered(
      () => whatFollows(this.edition, this.head),
      () => this.ended,
    );
    if (!missed) {
      this.end("rebuilt");
      return false;
    }
    for (const [client, person] of missed.clients) this.bound.set(client, person);
    const rows = missed.rows.filter(({ sequence }) => sequence > this.head);
    for (const { bytes, sequence } of rows) {
      this.apply(bytes);
      this.head = sequence;
    }
    if (rows.length > 0) this.company.sendNews(rows);
    this.trials.drop(this.edition.document);
    this.trail.recordSoon();
    return true;
  }

  // ---- the end

  /** Sends everybody away and takes nothing more. */
  end(closing: Closing): void {
    this.ended = true;
    for (const connection of this.company.connections) connection.close(closing);
    this.stop();
  }

  /** Now and then: lets go of what is not needed while nobody writes. */
  rest(): void {
    if (!this.busy) this.text.rest();
  }

  /** Waits until everything is stored, then names it in the trail. */
  async settleAll(): Promise<void> {
    while (this.busy && !this.ended) await new Promise((resolve) => setTimeout(resolve, 10));
    await this.trail.record();
  }

  /** Names in the trail what was stored. */
  record(): Promise<void> {
    return this.trail.record();
  }

  stop(): void {
    this.ended = true;
    this.trail.stop();
    this.company.stop();
    this.trials.drop(this.edition.document);
    this.text.destroy();
  }
}
