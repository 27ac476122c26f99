import type { Connection, Profile } from "./connection.ts";
import { limits } from "./limits.ts";
import type { Here } from "./nodes.ts";
import { Presence } from "./presence.ts";
import { onWire, peopleFrame, updateFrame } from "./protocol.ts";

type Person = Profile & { writes: boolean };
/** An update that is stored; `only`: the one connection it came from, when it was one. */
export type News = { bytes: Uint8Array; only?: Connection };

/** Who has one text open, here and at other nodes, and where their cursors are. Told in batches. */
export class Company {
  readonly connections = new Set<Connection>();
  readonly presence: Presence;
  /** people at other nodes, as these last said */
  private readonly elsewhere = new Map<string, { people: Person[]; heard: number }>();
  private timer: NodeJS.Timeout | undefined;
  private peopleChanged = false;
  private stopped = false;

  /** `tell` sends what is new here to the other nodes. */
  constructor(
    ownerOf: (client: number) => string | undefined,
    private readonly isStoring: () => boolean,
    private readonly tell: (here: Here) => void,
  ) {
    this.presence = new Presence(ownerOf, () => this.flushSoon());
  }

  join(connection: Connection): void {
    this.connections.add(connection);
    this.sendCursors(connection);
    this.peopleAreOthers();
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.presence.clear(connection);
    this.peopleAreOthers();
  }

  sendCursors(to: Connection): void {
    const cursors = this.presence.everything();
    if (cursors) to.send(onWire(cursors), "cursor");
  }

  /** Sends what is new, in order: one write a socket, however much it is. `only` wrote it, and is not sent it. */
  sendNews(news: readonly News[]): void {
    const wires = news.map(({ bytes, only }) => ({ wire: onWire(updateFrame(bytes)), only }));
    const writers = new Set(news.map(({ only }) => only));
    const all = joined(wires);
    for (const connection of this.connections) {
      if (!writers.has(connection)) connection.send(all);
      else if (wires.length > 1) connection.send(joined(wires.filter(({ only }) => only !== connection)));
    }
  }

  /** Who is here, or whether what they write can be stored, has changed. */
  peopleAreOthers(): void {
    this.peopleChanged = true;
    this.flushSoon();
  }

  /** Everything that other nodes should know of this one. */
  here(): Here {
    return { people: peopleOf(this.connections), cursors: this.presence.here(), whole: true };
  }

  /** What another node says of the people there. */
  hear(node: string, { people, cursors, whole }: Here): void {
    if (people) {
      const known = this.elsewhere.get(node);
      this.elsewhere.set(node, { people, heard: Date.now() });
      if (JSON.stringify(known?.people ?? []) !== JSON.stringify(people)) this.peopleAreOthers();
    }
    this.presence.hear(node, cursors, whole);
  }

  /** Takes away cursors that have not moved or been confirmed for a while, and nodes that have gone silent. */
  clearSilent(): void {
    this.presence.clearSilent();
    const oldest = Date.now() - limits.cursorSilenceMs;
    for (const [node, { heard }] of this.elsewhere) {
      if (heard > oldest) continue;
      this.elsewhere.delete(node);
      this.presence.hear(node, [], true);
      this.peopleAreOthers();
    }
  }

  private flushSoon(): void {
    if (!this.stopped) this.timer ??= setTimeout(() => this.flush(), limits.cursorBatchMs);
  }

  private flush(): void {
    this.timer = undefined;
    const { frame, cursors } = this.presence.flush();
    if (frame) {
      const wire = onWire(frame);
      for (const connection of this.connections) connection.send(wire, "cursor");
    }
    const people = this.peopleChanged ? peopleOf(this.connections) : undefined;
    if (this.peopleChanged) {
      const wire = onWire(peopleFrame({ people: this.everybody(), storing: this.isStoring() }));
      for (const connection of this.connections) connection.send(wire);
    }
    this.peopleChanged = false;
    if (people || cursors.length > 0) this.tell({ people, cursors, whole: false });
  }

  private everybody(): Person[] {
    const distant = [...this.elsewhere.values()].flatMap(({ people }) => people);
    return [...byPerson([...peopleOf(this.connections), ...distant]).values()];
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}

function joined(wires: readonly { wire: Buffer }[]): Buffer {
  return wires.length === 1 ? (wires[0] as { wire: Buffer }).wire : Buffer.concat(wires.map(({ wire }) => wire));
}

function peopleOf(connections: Iterable<Connection>): Person[] {
  const people = [...connections].map(({ profile, mode }) => ({ ...profile, writes: mode === "write" }));
  return [...byPerson(people).values()];
}

/** One entry a person, whatever they have open: who writes in one window writes. */
function byPerson(people: readonly Person[]): Map<string, Person> {
  const found = new Map<string, Person>();
  for (const person of people) {
    const writes = person.writes || found.get(person.id)?.writes === true;
    found.set(person.id, { ...person, writes });
  }
  return found;
}
