import type { Connection } from "./connection.ts";
import { limits } from "./limits.ts";
import type { DistantCursor } from "./nodes.ts";
import { awarenessFrame, type Moved, readAwareness } from "./protocol.ts";

/** `holder` is the connection that moves it, or the name of the node where that connection is. */
type Cursor = { holder: Connection | string; clock: number; state: object; heard: number };

/**
 * Cursors in one room. A connection moves one cursor, its own, and the server writes whose it is (C8). Stock clients
 * echo everybody's cursors: those entries are dropped unread.
 */
export class Presence {
  private readonly cursors = new Map<number, Cursor>();
  /** whose a cursor is for as long as the room lives; keeps an echo from reviving the cursor of one who left */
  private readonly owners = new Map<number, string>();
  private readonly changed = new Set<number>();
  /** those among them that changed here, not at another node */
  private readonly changedHere = new Set<number>();
  private readonly clocks = new Map<number, number>();

  /** `changes` is called when something waits for `flush`. */
  constructor(
    private readonly ownerOf: (client: number) => string | undefined,
    private readonly changes: () => void,
  ) {}

  /** Takes the connection's own entry of an awareness message. Throws Malformed. */
  move(from: Connection, body: Uint8Array): void {
    for (const { client, state } of readAwareness(body)) {
      if (!this.isOwn(from, client, state)) continue;
      if (state === "null") this.clear(from);
      else if (state.length <= limits.cursorBytes) this.place(from, client, state);
    }
  }

  private isOwn(from: Connection, client: number, state: string): boolean {
    if (from.cursor === client) return true;
    const { person } = from;
    const bound = this.ownerOf(client);
    if (state === "null" || client > 0xffffffff || (bound !== undefined && bound !== person)) return false;
    const owner = this.owners.get(client);
    // Once it has a cursor, a connection changes it only for one that nobody ever had: what Yjs makes up anew.
    return from.cursor === null ? owner === undefined || owner === person : owner === undefined;
  }

  private place(from: Connection, client: number, text: string): void {
    let cursor: unknown = null;
    try {
      cursor = (JSON.parse(text) as { cursor?: unknown } | null)?.cursor ?? null;
    } catch {
      return;
    }
    if (!from.mayMoveCursor()) return;
    if (from.cursor !== null && from.cursor !== client) this.clear(from);
    const before = this.cursors.get(client);
    if (before && before.holder !== from && typeof before.holder !== "string") before.holder.cursor = null;
    from.cursor = client;
    if (this.owners.size > 10_000) this.owners.clear();
    this.owners.set(client, from.person);
    const { id, name, state, ink } = from.profile;
    // Who only reads is shown among the people, without a cursor in the text.
    const shown = { user: { id, name, state, ink }, ...(from.mode === "write" ? { cursor } : {}) };
    // A stock client sends back what it hears of its own cursor: nothing moved, so nobody is told again.
    if (before?.holder === from && JSON.stringify(before.state) === JSON.stringify(shown)) {
      before.heard = Date.now();
      return;
    }
    this.cursors.set(client, { holder: from, clock: this.tick(client), state: shown, heard: Date.now() });
    this.note(client, true);
  }

  /** Rises, also over a restart of the server: clients remember the last clock of each cursor and ignore older ones. */
  private tick(client: number): number {
    const clock = Math.max((this.clocks.get(client) ?? 0) + 1, Math.floor(Date.now() / 50));
    this.clocks.set(client, clock);
    return clock;
  }

  private note(client: number, here: boolean): void {
    this.changed.add(client);
    if (here) this.changedHere.add(client);
    this.changes();
  }

  /** Takes away the connection's cursor: it left, or said so. */
  clear(from: Connection): void {
    const client = from.cursor;
    if (client === null) return;
    from.cursor = null;
    if (this.cursors.get(client)?.holder !== from) return;
    this.cursors.delete(client);
    this.note(client, true);
  }

  /** Takes away cursors of connections that have not moved or confirmed them for a while. */
  clearSilent(): void {
    const oldest = Date.now() - limits.cursorSilenceMs;
    for (const { holder, heard } of this.cursors.values())
      if (heard < oldest && typeof holder !== "string") this.clear(holder);
  }

  /** Takes what another node says of the cursors there; `whole`: there are no others. */
  hear(node: string, distant: readonly DistantCursor[], whole: boolean): void {
    for (const [client, person, state] of distant) this.hearOne(node, client, person, state);
    if (!whole) return;
    const named = new Set(distant.map(([client]) => client));
    for (const [client, { holder }] of this.cursors)
      if (holder === node && !named.has(client)) this.hearOne(node, client, "", null);
  }

  private hearOne(node: string, client: number, person: string, state: object | null): void {
    const before = this.cursors.get(client);
    // Whoever came over to this node moves the cursor here; that it went there is old news.
    if (before && before.holder !== node && (state === null || typeof before.holder !== "string")) return;
    if (state === null ? !before : JSON.stringify(before?.state) === JSON.stringify(state)) return;
    if (state === null) this.cursors.delete(client);
    else {
      this.owners.set(client, person);
      this.cursors.set(client, { holder: node, clock: this.tick(client), state, heard: Date.now() });
    }
    this.note(client, false);
  }

  /** The cursors of this node, for others. */
  here(): DistantCursor[] {
    return [...this.cursors].flatMap(([client, { holder, state }]) =>
      typeof holder === "string" ? [] : [[client, holder.person, state] satisfies DistantCursor],
    );
  }

  /** The changes since the last flush, as one frame, and those among them for other nodes. */
  flush(): { frame: Uint8Array | null; cursors: DistantCursor[] } {
    if (this.changed.size === 0) return { frame: null, cursors: [] };
    const cursors = [...this.changedHere].map((client): DistantCursor => {
      const cursor = this.cursors.get(client);
      return [client, this.owners.get(client) ?? "", cursor && typeof cursor.holder !== "string" ? cursor.state : null];
    });
    const moved: Moved[] = [...this.changed].map((client) => this.entry(client));
    this.changed.clear();
    this.changedHere.clear();
    return { frame: awarenessFrame(moved), cursors };
  }

  private entry(client: number): Moved {
    const cursor = this.cursors.get(client);
    if (cursor) return { client, clock: cursor.clock, state: cursor.state };
    const gone = { client, clock: this.tick(client), state: null };
    this.clocks.delete(client);
    return gone;
  }

  /** Every cursor, for someone who has just come. */
  everything(): Uint8Array | null {
    if (this.cursors.size === 0) return null;
    return awarenessFrame([...this.cursors.keys()].map((client) => this.entry(client)));
  }
}
