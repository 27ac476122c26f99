import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import type { Actor } from "#app/domain/actor.ts";
import type { Mode, Present } from "#app/domain/documents/admission.server.ts";
import { type Closing, closings, limits, takeFrom } from "./limits.ts";
import { askFrame, type Message, onWire, readMessage, savedFrame, silence } from "./protocol.ts";

/** What others are told about who is here. */
export type Profile = {
  id: string;
  name: string;
  latinName: string;
  authority: string;
  state: string | null;
  /** 1 to 6, by the party's place in the arrangement; null for who belongs to no party */
  ink: number | null;
};

/** Who hears of what the connections of one room do. */
export type Host = {
  jit: string;
  message(from: Connection, message: Message, frame: number): void;
  left(connection: Connection): void;
  /** counted, never logged with content */
  refused(reason: string): void;
};

type Writing = {
  /** frames that are not stored yet, in order */
  unsaved: Set<number>;
  /** those among them whose content has to come again in the next answer */
  owed: Set<number>;
};

/** What the door makes of a request. Knows its connection, so that all sockets share the same listeners. */
export class Socket extends WebSocket {
  connection: Connection | undefined;
}
function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
  (this as Socket).connection?.read(data, isBinary);
}
function onPong(this: WebSocket): void {
  (this as Socket).connection?.answered();
}
function onError(this: WebSocket): void {
  (this as Socket).connection?.broke();
}
function onClose(this: WebSocket): void {
  (this as Socket).connection?.leave();
}

export type Admitted = Present & { actor: Actor; profile: Profile; mode: Mode; address: string };

/**
 * One socket of one person in one document. Reads exactly one message a frame, counts what it costs, and answers for
 * which of the person's updates are stored.
 */
export class Connection implements Present {
  readonly person: string;
  readonly session: string;
  readonly document: string;
  readonly epoch: number;
  readonly actor: Actor;
  readonly profile: Profile;
  readonly address: string;
  readonly mode: Mode;
  /** the Yjs client whose cursor this connection moves */
  cursor: number | null = null;
  closed = false;
  /** when the question of access was last answered */
  checkedAt = Date.now();
  private resyncs = 0;
  /** asked for everything the client has; the answer has not come yet */
  private asked = false;
  private received = 0;
  /** there while something is not stored: most people only read */
  private writing: Writing | undefined;
  private pings = 0;
  /** nothing was sent since the last beat */
  private quiet = true;
  /** see takeFrom */
  private bytes = 0;
  private updates = 0;
  private questions = 0;
  private moves = 0;

  private get written(): Writing {
    this.writing ??= { unsaved: new Set(), owed: new Set() };
    return this.writing;
  }

  constructor(
    private readonly socket: Socket,
    /** what is under the socket */
    private readonly stream: Duplex,
    admitted: Admitted,
    private readonly host: Host,
  ) {
    ({
      person: this.person,
      session: this.session,
      document: this.document,
      epoch: this.epoch,
      actor: this.actor,
      profile: this.profile,
      address: this.address,
      mode: this.mode,
    } = admitted);
    socket.binaryType = "nodebuffer";
    socket.connection = this;
    socket.on("message", onMessage);
    socket.on("pong", onPong);
    socket.on("error", onError);
    socket.on("close", onClose);
  }

  /** Called by the socket alone, as the next three. */
  read(data: RawData, isBinary: boolean): void {
    if (this.closed) return;
    if (!isBinary) {
      this.refuse("malformed");
      return;
    }
    const frame = data as Buffer;
    if (frame.length > limits.updateBytes + 64) {
      this.refuse("tooLarge");
      return;
    }
    const bytes = takeFrom(this.bytes, limits.bytesPerSecond, limits.bytesBurst, frame.length);
    if (bytes === null) {
      this.refuse("rate");
      return;
    }
    this.bytes = bytes;
    let message: Message;
    try {
      message = readMessage(frame);
    } catch {
      this.refuse("malformed");
      return;
    }
    if (!this.mayAsk(message)) {
      this.refuse("rate");
      return;
    }
    if (message.kind === "update") this.count(message.answer);
    try {
      this.host.message(this, message, this.received);
    } catch {
      this.refuse("malformed");
    }
  }

  private mayAsk({ kind }: Message): boolean {
    if (kind === "update") {
      const next = takeFrom(this.updates, limits.updatesPerSecond, limits.updatesBurst);
      this.updates = next ?? this.updates;
      return next !== null;
    }
    if (kind === "awareness") return true;
    const next = takeFrom(this.questions, limits.questionsPerSecond, limits.questionsBurst);
    this.questions = next ?? this.questions;
    return next !== null;
  }

  answered(): void {
    this.pings = 0;
  }

  broke(): void {
    this.host.refused("frame");
  }

  private count(answer: boolean): void {
    this.written.unsaved.add(++this.received);
    if (answer) this.asked = false;
  }

  mayMoveCursor(): boolean {
    const next = takeFrom(this.moves, limits.cursorsPerSecond, limits.cursorsBurst);
    this.moves = next ?? this.moves;
    return next !== null;
  }

  /** The frame is stored, or held nothing that was not. An answer holds everything that came before it. */
  settle(frame: number, answer: boolean): void {
    const { unsaved, owed } = this.written;
    unsaved.delete(frame);
    if (answer) {
      this.resyncs = 0;
      for (const number of owed) {
        if (number > frame) break;
        owed.delete(number);
        unsaved.delete(number);
      }
    }
    if (unsaved.size === 0 && owed.size === 0) this.writing = undefined;
  }

  /** Tells the writer what is stored. */
  sendSaved(sequence: number, at: Date): void {
    const [first] = this.writing?.unsaved ?? [];
    const frames = first === undefined ? this.received : first - 1;
    this.send(onWire(savedFrame({ sequence, at: at.toISOString(), frames })));
  }

  /** The frame cannot be used by itself: asks once for all the client has. Gives up when that does not help. */
  askAgain(frame: number, vector: () => Uint8Array, closing: Closing): void {
    const { owed } = this.written;
    owed.add(frame);
    if (this.asked && owed.size <= limits.owedFrames) return;
    if (++this.resyncs > limits.resyncs || owed.size > limits.owedFrames) {
      this.refuse(closing);
      return;
    }
    this.ask(vector());
  }

  ask(vector: Uint8Array): void {
    this.asked = true;
    this.send(onWire(askFrame(vector)));
  }

  /**
   * Sends what `onWire` made. A socket that does not read loses cursors first, then itself, before it costs memory.
   * Past the library, which has nothing under way between two calls: it compresses nothing here.
   */
  send(wire: Buffer, importance: "text" | "cursor" = "text"): void {
    if (this.closed || this.socket.readyState !== WebSocket.OPEN) return;
    const waiting = this.stream.writableLength;
    if (importance === "cursor" && waiting > limits.bufferedForPresence) return;
    if (waiting > limits.buffered) {
      this.refuse("slow");
      return;
    }
    this.quiet = false;
    this.stream.write(wire);
  }

  get jit(): string {
    return this.host.jit;
  }

  get buffered(): number {
    return this.stream.writableLength;
  }

  /** Stops or resumes reading from the socket: what waits for the database is bounded. */
  hold(paused: boolean): void {
    if (this.closed || paused === this.socket.isPaused) return;
    if (paused) this.socket.pause();
    else this.socket.resume();
  }

  /** Finds sockets that died without a word, and keeps stock clients from taking quiet for death. */
  beat(): void {
    if (this.closed || this.socket.isPaused) return;
    if (this.pings >= 2) {
      this.host.refused("silent");
      this.socket.terminate();
      return;
    }
    this.pings++;
    this.socket.ping();
    if (this.quiet) this.send(silence);
    this.quiet = true;
  }

  /** Closes and counts it as a refusal. */
  refuse(closing: Closing): void {
    this.host.refused(closing);
    this.close(closing);
  }

  close(closing: Closing): void {
    if (this.closed) return;
    const { code, reason } = closings[closing];
    this.hold(false);
    this.socket.close(code, reason);
    // Who does not answer the close is not waited for.
    setTimeout(() => this.socket.terminate(), 2_000).unref();
    this.leave();
  }

  leave(): void {
    if (this.closed) return;
    this.closed = true;
    this.host.left(this);
  }
}
