import {
  type Appended,
  appendBatch,
  Overtaken,
  type Part,
  type Refusal,
} from "#app/domain/documents/appending.server.ts";
import { type Edition, whatFollows } from "#app/domain/documents/history.server.ts";
import { log } from "#app/platform/log.server.ts";
import { Activity } from "./activity.ts";
import type { Company, News } from "./company.ts";
import type { Intake } from "./intake.ts";
import type { Closing } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Outage } from "./outage.ts";
import { clientsOf, type Group, type Item, type Queue } from "./queue.ts";
import type { Standing } from "./standing.ts";
import type { Outcome } from "./trial.ts";
import { Exhausted, type Trials } from "./trials.ts";
import { plainTyping } from "./typing.ts";

const closingFor: Record<Refusal, Closing> = {
  session: "signedOut",
  access: "access",
  "only-reads": "roleChanged",
  "not-yours": "notYours",
};

/** What of its room the storing works with. */
type OfRoom = {
  jit: string;
  edition: Edition;
  standing: Standing;
  queue: Queue;
  intake: Intake;
  outage: Outage;
  company: Company;
  trials: Trials;
  metrics: Metrics;
  /** tells other nodes how far the history reaches */
  stored(head: number): void;
  /** sends everybody away: this room cannot go on */
  end(closing: Closing): void;
  idle(): void;
};

/**
 * Stores, then sends: one batch of what waits is tried on a copy, stored in one transaction, applied, and only then sent
 * to the others and confirmed to its writers (C3). What arrives meanwhile makes the next batch: no timer.
 */
export class Storing {
  private working = false;
  /** another node has stored what is missing here */
  private behind = false;
  private stopped = false;
  private readonly activity = new Activity();

  constructor(private readonly of: OfRoom) {}

  /** True while something is not stored. */
  get busy(): boolean {
    return this.working || this.of.queue.length > 0;
  }

  /** Another node stands at this row: what is missing here is read from the database. */
  hearStanding(epoch: number, head: number): void {
    if (epoch === this.of.edition.epoch && head <= this.of.standing.head) return;
    this.behind = true;
    void this.work();
  }

  /** Stores what waits, batch after batch, until nothing does. Does nothing while that is under way. */
  async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      while ((this.behind || this.of.queue.length > 0) && !this.stopped) {
        if (this.behind) await this.takeOver();
        else await this.storeSome();
      }
    } catch (error) {
      // Nothing here is expected to throw. The room cannot be trusted: everybody comes back to a new one.
      log().error({ err: error, document: this.of.edition.document }, "a room failed");
      this.of.end("resync");
    } finally {
      this.working = false;
    }
    this.of.intake.hold(false);
    this.of.idle();
  }

  stop(): void {
    this.stopped = true;
    this.dropCopy();
  }

  private async storeSome(): Promise<void> {
    const { queue, standing, trials, intake, edition } = this.of;
    const groups = queue.takeBatch();
    const updates = groups.map((group) => group.items.map((item) => item.bytes));
    const typed = plainTyping(standing.text.doc, trials.open, updates);
    if (typed) {
      await this.store(groups.map((group, n) => ({ ...group, bytes: typed[n] as Uint8Array })));
      return;
    }
    let outcomes: Outcome[];
    try {
      outcomes = await trials.check(edition.document, standing.copied, updates);
    } catch (error) {
      if (!(error instanceof Exhausted)) throw error;
      return intake.isolate(groups.flatMap((group) => group.items));
    }
    const sound: Group[] = [];
    for (const [index, group] of groups.entries()) {
      const outcome = outcomes[index];
      // Behind a problem nothing was tried: it goes back to the head of the queue.
      if (!outcome) {
        queue.putBack(groups.slice(index).flatMap((left) => left.items));
        break;
      }
      if ("problem" in outcome) intake.handleProblem(group, outcome.problem);
      else sound.push({ ...group, ...outcome, tried: true });
    }
    await this.store(sound);
    if (outcomes.some((outcome) => "problem" in outcome)) intake.judgeAgain();
  }

  /** Stores, applies, sends, confirms: in this order. Keeps trying while the database does not answer. */
  private async store(groups: Group[]): Promise<void> {
    const parts = new Map<Part, Group>();
    for (const group of groups) {
      const { items, bytes } = group;
      if (!bytes) continue;
      // Whose the others are stands in the database already.
      const clients = clientsOf(items).filter((client) => !this.of.standing.bound.has(client));
      parts.set({ actor: (items[0] as Item).from.actor, clients, bytes }, group);
    }
    if (parts.size > 0 && !(await this.append(parts, groups))) return;
    for (const { items, bytes } of groups) if (!bytes) for (const item of items) this.settle(item);
    this.confirm(groups.flatMap((group) => group.items));
  }

  /** False when the batch has to be judged anew. */
  private async append(parts: Map<Part, Group>, groups: Group[]): Promise<boolean> {
    const appended = await this.of.outage.untilAnswered(
      () => this.appendOnce([...parts.keys()]),
      () => this.stopped,
    );
    if (appended && appended !== "overtaken") {
      this.publish(parts, appended);
      return true;
    }
    this.dropCopy();
    // Also when a commit succeeded whose answer was lost: its rows come back here, and judging finds them known.
    this.of.queue.putBack(groups.flatMap((group) => group.items));
    if (appended && (await this.catchUp())) this.of.intake.judgeAgain();
    return false;
  }

  private async appendOnce(parts: Part[]): Promise<Appended | "overtaken"> {
    const { jit, edition, standing, metrics } = this.of;
    const began = performance.now();
    try {
      const appended = await appendBatch({ ...edition, jit, expected: standing.head }, parts);
      metrics.commit.observe(performance.now() - began);
      return appended;
    } catch (error) {
      if (error instanceof Overtaken) return "overtaken";
      throw error;
    }
  }

  private publish(parts: Map<Part, Group>, { refused, head, at }: Appended): void {
    const { standing, trials, edition, metrics, company, intake } = this.of;
    metrics.batch.observe(parts.size);
    const news: News[] = [];
    for (const [part, { items, tried, tidied }] of parts) {
      const refusal = refused.get(part);
      if (refusal) {
        for (const { from } of items) from.refuse(closingFor[refusal]);
        continue;
      }
      for (const client of part.clients) standing.bound.set(client, part.actor.personId);
      standing.apply(part.bytes);
      if (!tried) trials.tell(edition.document, part.bytes);
      const { from } = items[0] as Item;
      const isOfOne = !tidied && items.every((item) => item.from === from);
      news.push({ bytes: part.bytes, only: isOfOne ? from : undefined });
      for (const item of items) this.settle(item);
      this.activity.note(part.actor.sessionId);
    }
    if (news.length > 0) company.sendNews(news);
    standing.reach(head, at);
    this.of.stored(head);
    if (refused.size > 0) {
      this.dropCopy();
      intake.judgeAgain();
    }
  }

  private settle(item: Item): void {
    item.from.settle(item.frame, item.answer);
    this.of.metrics.echo.observe(Date.now() - item.arrived);
  }

  private confirm(items: Item[]): void {
    const { head, storedAt } = this.of.standing;
    for (const from of new Set(items.map((item) => item.from))) from.sendSaved(head, storedAt);
    if (this.of.queue.length === 0) this.of.queue.forgetClaims();
  }

  private async takeOver(): Promise<void> {
    this.behind = false;
    if (await this.catchUp()) this.of.intake.judgeAgain();
  }

  /** Takes in what another process stored. False when the text was rebuilt meanwhile. */
  private async catchUp(): Promise<boolean> {
    const { outage, edition, standing, company, end } = this.of;
    const missed = await outage.untilAnswered(
      () => whatFollows(edition, standing.head),
      () => this.stopped,
    );
    if (!missed) {
      end("rebuilt");
      return false;
    }
    const rows = standing.follow(missed);
    if (rows.length > 0) company.sendNews(rows);
    this.dropCopy();
    return true;
  }

  /** The copy on which updates are tried no longer holds what is stored: it is made anew when it is needed. */
  private dropCopy(): void {
    this.of.trials.drop(this.of.edition.document);
  }
}
