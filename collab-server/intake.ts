import type { Company } from "./company.ts";
import type { Connection } from "./connection.ts";
import { judge, type Verdict } from "./guard.ts";
import { limits } from "./limits.ts";
import type { Outage } from "./outage.ts";
import type { Group, Item, Queue } from "./queue.ts";
import type { RoomText } from "./room-text.ts";
import type { Problem } from "./trial.ts";

/** What of its room the intake looks at; `saved` tells a connection how far everything is stored. */
type OfRoom = {
  text: RoomText;
  queue: Queue;
  bound: ReadonlyMap<number, string>;
  outage: Outage;
  company: Company;
  saved(connection: Connection): void;
};

/** Decides about every update that arrives: into the queue, known already, asked for again, or refused. */
export class Intake {
  /** what waits for the database is too much: nothing is read from those who write */
  private holding = false;

  constructor(private readonly of: OfRoom) {}

  /** Whose a Yjs client is: stored, or claimed by what waits. */
  ownerOf(client: number): string | undefined {
    return this.of.bound.get(client) ?? this.of.queue.claimantOf(client);
  }

  private judge(from: Connection, bytes: Uint8Array): Verdict {
    const { text } = this.of;
    return judge(bytes, from.person, {
      // Asked for only when the update holds something: greetings of readers do not wake the document.
      get doc() {
        return text.doc;
      },
      waiting: this.of.queue.ends,
      ownerOf: (client) => this.ownerOf(client),
    });
  }

  /** Judges an update and puts it where it belongs. False when it was refused before that. */
  take(from: Connection, bytes: Uint8Array, answer: boolean, frame: number): boolean {
    const verdict = this.judge(from, bytes);
    // By kind: whoever may not write adds nothing, not even a deletion (C2).
    if (from.mode !== "write" && (verdict.kind === "accept" || verdict.kind === "resync")) {
      from.refuse("readOnly");
      return false;
    }
    const item = { from, frame, answer, bytes, clients: [], arrived: Date.now(), tries: 0 };
    if (verdict.kind === "accept" && !this.hasRoomFor(bytes.length)) {
      from.refuse("tooLarge");
      return false;
    }
    if (verdict.kind === "accept" && this.of.queue.bytes > limits.queueBytes) {
      from.refuse("storage");
      return false;
    }
    if (verdict.kind === "accept" && this.of.outage.ms > limits.stalledMs) {
      from.refuse("storage");
      return false;
    }
    if (this.place(item, verdict) === "known" && from.mode === "write") this.of.saved(from);
    if (this.of.queue.bytes > limits.queuePauseBytes) this.hold(true);
    return true;
  }

  private hasRoomFor(bytes: number): boolean {
    const fits = () => this.of.text.size + this.of.queue.bytes + bytes <= limits.documentBytes;
    if (fits()) return true;
    this.of.text.state();
    return fits();
  }

  /** Puts an update where the guard's verdict says it belongs. */
  private place(item: Item, verdict: Verdict): Verdict["kind"] {
    const { from, frame, answer } = item;
    switch (verdict.kind) {
      case "accept":
        this.of.queue.add({ ...item, clients: verdict.clients }, verdict.ends, (client) => this.of.bound.has(client));
        break;
      case "known":
        from.settle(frame, answer);
        break;
      case "resync":
        from.askAgain(frame, () => this.of.text.vector, "resync");
        break;
      case "refuse":
        from.refuse(
          ({ malformed: "malformed", "too-large": "tooLarge", "not-yours": "notYours" } as const)[verdict.reason],
        );
    }
    return verdict.kind;
  }

  /** Stops or resumes reading from those who write. */
  hold(paused: boolean): void {
    if (paused === this.holding) return;
    this.holding = paused;
    for (const connection of this.of.company.connections) if (connection.mode === "write") connection.hold(paused);
  }

  /** The copy died under a batch. One by one, each gets a second chance; then it is held to be meant. */
  isolate(items: Item[]): void {
    const [only] = items;
    if (items.length === 1 && only && ++only.tries >= 2) {
      only.from.refuse("malformed");
      this.judgeAgain();
      return;
    }
    this.of.queue.isolate(items);
  }

  /** The copy says no to what one author sent. */
  handleProblem(group: Group, problem: Problem): void {
    if (group.items.length > 1) {
      this.of.queue.isolate(group.items);
      return;
    }
    const item = group.items[0] as Item;
    if (problem === "depth" || problem === "fields" || problem === "fixed") {
      item.from.refuse("malformed");
      return;
    }
    // Two people who erase at once can leave something the schema forbids, each in good faith. The editor mends it as
    // soon as it sees both; so what is asked for again comes mended. Who does not mend it is sent away.
    item.from.askAgain(item.frame, () => this.of.text.vector, "malformed");
  }

  /** What waited was judged against something that has changed. */
  judgeAgain(): void {
    for (const item of this.of.queue.empty()) {
      // Of a closed socket only what stood in good order is still stored.
      if (this.place(item, this.judge(item.from, item.bytes)) === "known") this.of.saved(item.from);
    }
  }
}
