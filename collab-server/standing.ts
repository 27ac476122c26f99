import type { Edition, Opened, Row } from "#app/domain/documents/history.server.ts";
import { RoomText } from "./room-text.ts";
import { SnapshotKeeper } from "./snapshots.ts";
import { TrailKeeper } from "./trail-keeper.ts";
import type { Trials } from "./trials.ts";

/**
 * A text exactly as it is stored: its words, how far its history reaches, and whose every Yjs client is. Nothing is
 * taken in here that is not in the database already (C3); the trail names it and snapshots are kept as it grows.
 */
export class Standing {
  readonly text: RoomText;
  readonly bound: Map<number, string>;
  /** what copies of it are made from */
  readonly copied: { template: string; state: () => Uint8Array };
  /** sequence of the last row */
  head: number;
  storedAt = new Date();
  private readonly trail: TrailKeeper;
  private readonly snapshots: SnapshotKeeper;

  constructor(edition: Edition, opened: Opened, trials: Trials) {
    this.text = new RoomText(opened.doc);
    this.bound = opened.clients;
    this.copied = { template: opened.template, state: () => this.text.state() };
    this.head = opened.head;
    this.trail = new TrailKeeper(edition, opened.unrecorded);
    this.snapshots = new SnapshotKeeper(edition, opened, trials);
  }

  /** Takes in one update of a batch that was stored here; `reach` says when all of the batch is in. */
  apply(bytes: Uint8Array): void {
    this.text.apply(bytes);
    this.trail.note();
    this.snapshots.note(bytes.length);
  }

  reach(head: number, at: Date): void {
    this.head = head;
    this.storedAt = at;
    this.snapshots.keepWhenDue(head, () => this.text.vector);
    this.trail.recordSoon();
  }

  /** Takes in what another process stored: returns the rows that were missing. Snapshots are that process's to keep. */
  follow({ rows, clients }: { rows: Row[]; clients: Map<number, string> }): Row[] {
    for (const [client, person] of clients) this.bound.set(client, person);
    const missed = rows.filter(({ sequence }) => sequence > this.head);
    for (const { bytes, sequence } of missed) {
      this.apply(bytes);
      this.head = sequence;
    }
    this.trail.recordSoon();
    return missed;
  }

  /** True while the trail does not name all that is stored. */
  get unnamed(): boolean {
    return this.trail.behind;
  }

  /** Names in the trail what was stored. */
  record(): Promise<void> {
    return this.trail.record();
  }

  stop(): void {
    this.trail.stop();
    this.text.destroy();
  }
}
