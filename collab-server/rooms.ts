import { type Edition, openHistory, standingsOf } from "#app/domain/documents/history.server.ts";
import type { Connection, Host } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import { Nodes } from "./nodes.ts";
import { Room } from "./room.ts";
import { Trials } from "./trials.ts";

/** The documents in memory, and every connection to them. */
export class Rooms {
  private readonly rooms = new Map<string, Promise<Room | null>>();
  private readonly open = new Set<Room>();
  /** the same by document: more than one while a text that was rebuilt still has its old room */
  private readonly byDocument = new Map<string, Set<Room>>();
  readonly trials = new Trials();
  readonly connections = new Set<Connection>();
  private readonly hosts = new WeakMap<Room, Host>();

  private readonly nodes: Nodes | null;
  private asking = false;

  /** `redis`: address at which other nodes are told what is stored here, and who is here. */
  constructor(
    private readonly metrics: Metrics,
    redis?: string,
  ) {
    this.nodes = redis
      ? new Nodes(redis, {
          stored: (document, epoch, head) => {
            for (const room of this.roomsOf(document)) room.hearStanding(epoch, head);
          },
          here: (document, node, here) => {
            for (const room of this.roomsOf(document)) room.company.hear(node, here);
          },
          who: (document) => {
            for (const room of this.roomsOf(document)) this.sayHere(room);
          },
          back: () => {
            for (const room of this.open) this.sayHere(room);
            for (const room of this.open) this.nodes?.say(room.edition.document, { kind: "who" });
          },
        })
      : null;
  }

  private roomsOf(document: string): Iterable<Room> {
    return this.byDocument.get(document) ?? [];
  }

  private sayHere(room: Room): void {
    this.nodes?.say(room.edition.document, { kind: "here", here: room.company.here() });
  }

  /** The room of a document, loaded once however many ask. Null when the document is at another epoch. */
  async enter(jit: string, edition: Edition): Promise<Room | null> {
    const key = `${edition.document} ${edition.epoch}`;
    let loading = this.rooms.get(key);
    if (!loading) {
      loading = this.load(jit, edition, key);
      this.rooms.set(key, loading);
      // A failure must not stay: the next one tries again.
      loading.then(
        (room) => room ?? this.rooms.delete(key),
        () => this.rooms.delete(key),
      );
    }
    return await loading;
  }

  private async load(jit: string, edition: Edition, key: string): Promise<Room | null> {
    const opened = await openHistory(edition);
    if (!opened) return null;
    const { document, epoch } = edition;
    const room = new Room(jit, edition, opened, this.trials, this.metrics, {
      stored: (head) => this.nodes?.say(document, { kind: "stored", epoch, head }),
      tell: (here) => this.nodes?.say(document, { kind: "here", here }),
    });
    this.open.add(room);
    this.byDocument.set(document, new Set([...this.roomsOf(document), room]));
    this.nodes?.open(document);
    this.metrics.documents.set(this.open.size);
    let leaving: NodeJS.Timeout | undefined;
    room.onIdle = () => {
      clearTimeout(leaving);
      leaving = setTimeout(() => void this.drop(room, key), limits.lingerMs);
      leaving.unref();
    };
    room.onIdle();
    return room;
  }

  /** Who hears of what connections of the room do: one for all of them. */
  hostOf(room: Room): Host {
    const host = this.hosts.get(room) ?? {
      jit: room.jit,
      message: (from, message, frame) => room.message(from, message, frame),
      left: (from) => {
        this.remove(from);
        room.leave(from);
      },
      refused: (reason) => this.metrics.refused.inc({ reason }),
    };
    this.hosts.set(room, host);
    return host;
  }

  private async drop(room: Room, key: string): Promise<void> {
    if (room.company.connections.size > 0 || room.busy) return;
    await room.record();
    if (room.company.connections.size > 0 || room.busy || room.unnamed) return room.onIdle();
    this.forget(room, key);
  }

  private forget(room: Room, key: string): void {
    room.stop();
    this.open.delete(room);
    this.rooms.delete(key);
    const { document } = room.edition;
    const others = this.byDocument.get(document);
    others?.delete(room);
    // While another room of the document is open, it still listens.
    if (!others?.size) {
      this.byDocument.delete(document);
      this.nodes?.leave(document);
    }
    this.metrics.documents.set(this.open.size);
  }

  add(connection: Connection): void {
    this.connections.add(connection);
    this.metrics.connections.set(this.connections.size);
  }

  remove(connection: Connection): void {
    this.connections.delete(connection);
    this.metrics.connections.set(this.connections.size);
  }

  ofJit(jit: string): Connection[] {
    return [...this.connections].filter((connection) => connection.jit === jit);
  }

  *all(): IterableIterator<Room> {
    yield* this.open;
  }

  /** Rooms of this process that no longer serve anybody new: the text was rebuilt. */
  sweep(): void {
    for (const room of this.open) {
      room.company.clearSilent();
      room.rest();
      this.sayHere(room);
      if (room.over) this.forget(room, `${room.edition.document} ${room.edition.epoch}`);
    }
    this.metrics.queueAge.set(Math.max(0, ...[...this.open].map((room) => room.oldestWaiting)));
    this.metrics.buffered.set([...this.connections].reduce((most, { buffered }) => Math.max(most, buffered), 0));
  }

  /** Finds what other nodes stored and nobody told of here. What cannot be asked now is asked a second later. */
  async askStandings(): Promise<void> {
    const watched = [...this.open].filter((room) => room.company.connections.size > 0);
    if (this.asking || watched.length === 0) return;
    this.asking = true;
    try {
      const standings = await standingsOf(watched.map((room) => room.edition.document));
      for (const { id, epoch, head } of standings) for (const room of this.roomsOf(id)) room.hearStanding(epoch, head);
    } catch {
      // Storing says aloud that the database does not answer.
    } finally {
      this.asking = false;
    }
  }

  stop(): void {
    this.nodes?.stop();
  }

  /** True when everything that arrived is being stored in good time. */
  get storing(): boolean {
    return [...this.open].every((room) => room.storing);
  }
}
