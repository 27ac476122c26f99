import type { Edition, Opened } from "#app/domain/documents/history.server.ts";
import { Company } from "./company.ts";
import type { Connection } from "./connection.ts";
import { Intake } from "./intake.ts";
import type { Closing } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Here } from "./nodes.ts";
import { Outage } from "./outage.ts";
import type { Message } from "./protocol.ts";
import { Queue } from "./queue.ts";
import { Standing } from "./standing.ts";
import { Storing } from "./storing.ts";
import type { Trials } from "./trials.ts";

/** What a room tells other nodes. */
export type Others = { stored(head: number): void; tell(here: Here): void };
const alone: Others = { stored: () => {}, tell: () => {} };

/**
 * One document in memory and the people who have it open: what they say goes to the intake, what that lets through waits
 * in a queue, and from there it is stored and sent (storing.ts).
 */
export class Room {
  readonly company: Company;
  private readonly standing: Standing;
  private readonly queue = new Queue();
  private readonly outage: Outage;
  private readonly intake: Intake;
  private readonly storage: Storing;
  /** set when the text was rebuilt or the server stops: nothing is taken any more */
  private ended = false;
  onIdle: () => void = () => {};

  constructor(
    readonly jit: string,
    readonly edition: Edition,
    opened: Opened,
    trials: Trials,
    metrics: Metrics,
    others: Others = alone,
  ) {
    this.standing = new Standing(edition, opened, trials);
    this.outage = new Outage(edition.document, metrics, () => this.company.peopleAreOthers());
    this.company = new Company(
      (client) => this.intake.ownerOf(client),
      () => this.storing,
      (here) => others.tell(here),
    );
    const { standing, queue, outage, company } = this;
    this.intake = new Intake({
      text: standing.text,
      bound: standing.bound,
      queue,
      outage,
      company,
      saved: (connection) => connection.sendSaved(standing.head, standing.storedAt),
    });
    this.storage = new Storing({
      jit,
      edition,
      standing,
      queue,
      outage,
      company,
      trials,
      metrics,
      intake: this.intake,
      stored: (head) => others.stored(head),
      end: (closing) => this.end(closing),
      idle: () => this.onIdle(),
    });
  }

  // ---- coming and going

  join(connection: Connection): void {
    connection.ask(this.standing.text.vector);
    this.company.join(connection);
  }

  leave(connection: Connection): void {
    this.company.leave(connection);
    this.onIdle();
  }

  /** True while something is not stored: such a room is never dropped (C7). */
  get busy(): boolean {
    return this.storage.busy;
  }

  get oldestWaiting(): number {
    return this.queue.oldest;
  }

  /** True while the trail does not name all that is stored. */
  get unnamed(): boolean {
    return this.standing.unnamed;
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
        from.send(this.standing.text.answerTo(message.vector));
        return;
      case "update":
        if (!this.ended && this.intake.take(from, message.update, message.answer, frame)) void this.storage.work();
        return;
      case "awareness":
        this.company.presence.move(from, message.body);
        return;
      case "queryAwareness":
        this.company.sendCursors(from);
    }
  }

  /** Another node stands at this row. */
  hearStanding(epoch: number, head: number): void {
    this.storage.hearStanding(epoch, head);
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
    if (!this.busy) this.standing.text.rest();
  }

  /** Waits until everything is stored, then names it in the trail. */
  async settleAll(): Promise<void> {
    while (this.busy && !this.ended) await new Promise((resolve) => setTimeout(resolve, 10));
    await this.record();
  }

  /** Names in the trail what was stored. */
  record(): Promise<void> {
    return this.standing.record();
  }

  stop(): void {
    this.ended = true;
    this.storage.stop();
    this.company.stop();
    this.standing.stop();
  }
}
