import type pg from "pg";
import * as Y from "yjs";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { Client } from "#tests/support/collab.ts";
import { memberOf } from "#tests/support/team.ts";
import type { Desk, SignedIn } from "./stage.ts";
import { paragraphsOf } from "./words.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Someone whose updates must not be stored: a reader, or a writer from the moment on at which access is taken away.
 * Takes no notice of being sent away: comes back and goes on sending.
 */
export class Outsider {
  private doc = new Y.Doc();
  private client: Client | undefined;
  private stopped = false;
  /** rows of this person that may be there; null while all may */
  allowed: number | null = null;
  sent = 0;

  constructor(
    private readonly desk: Desk,
    readonly person: SignedIn,
    private readonly port: number,
    private readonly owner: pg.Pool,
  ) {
    if (person === desk.reader) this.allowed = 0;
  }

  async run(): Promise<void> {
    while (!this.stopped) {
      const client = await this.connected();
      if (client && paragraphsOf(this.doc).length > 0) {
        paragraphsOf(this.doc)[0]?.insert(0, "x");
        this.sent++;
      }
      await pause(150);
    }
    this.client?.socket.terminate();
  }

  private async connected(): Promise<Client | null> {
    if (this.client && this.client.socket.readyState <= this.client.socket.OPEN) return this.client;
    if (this.client) await pause(700);
    // A reader whose replica holds what was refused begins anew, as the editor does.
    if (this.person === this.desk.reader) this.doc = new Y.Doc();
    this.client = new Client(`ws://127.0.0.1:${this.port}/collab/${this.desk.document}`, this.person.cookie, this.doc);
    await Promise.race([this.client.synced, this.client.closed, pause(5_000)]);
    return this.client;
  }

  /** Takes the person's access away; what is stored once that is answered is all that may ever be. */
  async revoke(): Promise<void> {
    const { jit, founder } = this.desk.team;
    for (let attempt = 1; ; attempt++) {
      try {
        const member = await memberOf(this.owner, jit, this.person);
        await revokeMember(founder, { jit, member, reason: "left the service" }).catch((error) => {
          // The answer to the attempt before may have been lost.
          if (attempt === 1 || (error as Error).name !== "Conflict") throw error;
        });
        this.allowed = await this.rows();
        return;
      } catch (error) {
        if (attempt === 100) throw error;
        await pause(200);
      }
    }
  }

  async rows(): Promise<number> {
    const { rows } = await this.owner.query(
      "SELECT count(*)::int AS count FROM document_update WHERE document_id = $1 AND author_id = $2",
      [this.desk.document, this.person.personId],
    );
    return rows[0].count;
  }

  stop(): void {
    this.stopped = true;
  }
}
