import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import * as Y from "yjs";
import type { Wire } from "./contestants.ts";
import type { Person } from "./place.ts";
import type { Running } from "./running.ts";
import { lettersOf } from "./texts.ts";

const nothingNew = Uint8Array.of(0, 0);

/** A socket that speaks the wire by hand and throws away what it is sent, so that it costs little. */
export class Load {
  readonly socket: WebSocket;
  /** resolves with the time at which the whole text had come */
  readonly synced: Promise<number>;
  readonly closed: Promise<{ code: number; at: number }>;
  /** the whole text as it came, when somebody asks for it */
  received: Uint8Array = nothingNew;
  onUpdate: ((bytes: Uint8Array, at: number) => void) | undefined;
  doc: Y.Doc | undefined;
  private readonly wire: Wire;
  private clock = 0;

  constructor(
    server: Running,
    private readonly name: string,
    person: Person,
    private readonly options: { vector?: Uint8Array } = {},
  ) {
    this.wire = server.wire;
    this.socket = new WebSocket(server.address(name), { headers: server.headers(person), perMessageDeflate: false });
    this.socket.binaryType = "nodebuffer";
    let synced = (_: number) => {};
    this.synced = new Promise((resolve, reject) => {
      synced = resolve;
      this.socket.on("close", (code) => reject(new Error(`closed before it was synced: ${code}`)));
      this.socket.on("error", reject);
    });
    this.synced.catch(() => {});
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code) => resolve({ code, at: performance.now() }));
    });
    this.socket.on("open", () => this.greet());
    this.socket.on("message", (data: Buffer) => this.read(data, performance.now(), synced));
  }

  private greet(): void {
    if (this.wire === "hocuspocus") {
      this.send((encoder) => {
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, "token");
      });
    }
    this.sync(0, this.options.vector ?? Uint8Array.of(0));
  }

  private read(frame: Buffer, at: number, synced: (at: number) => void): void {
    const skip = this.wire === "hocuspocus" ? 1 + this.name.length : 0;
    if (frame[skip] !== 0) return;
    const step = frame[skip + 1];
    if (step === 2 && !this.onUpdate) return;
    const body = decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(skip + 2)));
    if (step === 0) this.sync(1, this.doc ? Y.encodeStateAsUpdate(this.doc, body) : nothingNew);
    else if (step === 2) this.onUpdate?.(body, at);
    else {
      this.received = body;
      synced(at);
    }
  }

  private sync(step: number, body: Uint8Array): void {
    this.send((encoder) => {
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarUint(encoder, step);
      encoding.writeVarUint8Array(encoder, body);
    });
  }

  private send(write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder();
    if (this.wire === "hocuspocus") encoding.writeVarString(encoder, this.name);
    write(encoder);
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(encoding.toUint8Array(encoder));
  }

  update(bytes: Uint8Array): void {
    this.sync(2, bytes);
  }

  /** Moves a cursor, as an editor does. */
  move(client: number): void {
    const state = { cursor: { anchor: { type: null, item: { client: 1, clock: ++this.clock } } }, user: { name: "x" } };
    const body = encoding.createEncoder();
    encoding.writeVarUint(body, 1);
    encoding.writeVarUint(body, client);
    encoding.writeVarUint(body, this.clock);
    encoding.writeVarString(body, JSON.stringify(state));
    this.send((encoder) => {
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint8Array(encoder, encoding.toUint8Array(body));
    });
  }

  leave(): void {
    this.socket.terminate();
  }
}

/** Someone who types: gives the text to a document of its own, so that its updates are those of an editor. */
export class Writer {
  readonly doc = new Y.Doc();
  onSent: (end: number, at: number) => void = () => {};
  private readonly letters: Y.XmlText;
  private replaced = 0;

  constructor(
    readonly load: Load,
    which: number,
  ) {
    Y.applyUpdate(this.doc, load.received);
    this.letters = lettersOf(this.doc, which);
    load.doc = this.doc;
    this.doc.on("update", (bytes: Uint8Array) => {
      // Counted before it is sent: an answer may come before the next line runs.
      this.onSent(this.reached, performance.now());
      load.update(bytes);
    });
  }

  /** how far this client has written */
  get reached(): number {
    return Y.getState(this.doc.store, this.doc.clientID);
  }

  type(letters = "x"): void {
    this.letters.insert(0, letters);
  }

  /** Puts this in the place of what it typed before. */
  replace(letters: string): void {
    this.doc.transact(() => {
      if (this.replaced > 0) this.letters.delete(0, this.replaced);
      this.letters.insert(0, letters);
      this.replaced = letters.length;
    });
  }
}
