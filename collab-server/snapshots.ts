import * as Y from "yjs";
import { type Edition, historyUpTo, keepSnapshot, type Opened } from "#app/domain/documents/history.server.ts";
import { log } from "#app/platform/log.server.ts";
import { limits } from "./limits.ts";
import type { Trials } from "./trials.ts";

/** Keeps a full state now and then, so that opening a long history is fast. Rows of the history are never removed. */
export class SnapshotKeeper {
  private rows: number;
  private bytes = 0;
  private making = false;

  constructor(
    private readonly edition: Edition,
    { head, snapshot }: Opened,
    private readonly trials: Trials,
  ) {
    this.rows = head - snapshot;
  }

  note(bytes: number): void {
    this.rows++;
    this.bytes += bytes;
  }

  /** Call it right after a batch, when `vector` describes the document at exactly this head. */
  keepWhenDue(head: number, vector: () => Uint8Array): void {
    if (this.making || (this.rows < limits.snapshotRows && this.bytes < limits.snapshotBytes)) return;
    this.making = true;
    this.rows = 0;
    this.bytes = 0;
    void this.make(head, vector()).finally(() => {
      this.making = false;
    });
  }

  /** Built from the rows in a thread, and kept only when it holds exactly what the live document held then. */
  private async make(head: number, vector: Uint8Array): Promise<void> {
    try {
      const { base, rows } = await historyUpTo(this.edition, head);
      const made = await this.trials.compact(
        base,
        rows.map((row) => row.bytes),
      );
      if (!sameVector(made.vector, vector)) throw new Error("the history gives another state than the live document");
      await keepSnapshot(this.edition, head, made.state);
    } catch (error) {
      log().error({ err: (error as Error).message, document: this.edition.document }, "no snapshot was kept");
    }
  }
}

function sameVector(one: Uint8Array, other: Uint8Array): boolean {
  const a = Y.decodeStateVector(one);
  const b = Y.decodeStateVector(other);
  return a.size === b.size && [...a].every(([client, clock]) => b.get(client) === clock);
}
