import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import {
  answerFrame,
  askFrame,
  awarenessFrame,
  type Message,
  peopleFrame,
  readAwareness,
  readMessage,
  savedFrame,
  updateFrame,
} from "#collab/protocol.ts";

export type WirePerson = { id: string; name: string; latinName: string; state: string | null; ink: number | null };

/**
 * The other end of the editor's wire without a database: says what the collaboration server would say, and whatever a
 * test wants said. Stores nothing and judges nothing; rules C1 to C12 are tested against the real server.
 */
export class Wire {
  /** when false, updates are taken and not confirmed: a database that does not answer */
  confirming = true;
  private readonly sockets = new Map<WebSocket, { person: WirePerson; frames: number }>();
  private sequence = 1;

  private constructor(
    private readonly server: WebSocketServer,
    readonly doc: Y.Doc,
    personAt: (request: IncomingMessage) => WirePerson,
  ) {
    server.on("connection", (socket, request) => this.welcome(socket, personAt(request)));
  }

  static async start(doc: Y.Doc, personAt: (request: IncomingMessage) => WirePerson, port = 0): Promise<Wire> {
    const server = new WebSocketServer({ port, host: "127.0.0.1" });
    await once(server, "listening");
    return new Wire(server, doc, personAt);
  }

  get address(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get open(): number {
    return this.sockets.size;
  }

  /** Closes every socket with this code and reason. */
  cut(code: number, reason: string): void {
    for (const socket of this.sockets.keys()) socket.close(code, reason);
  }

  /** Ends without a word, as a broken network does. */
  drop(): void {
    for (const socket of this.sockets.keys()) socket.terminate();
  }

  /** Confirms what was held back. */
  confirm(): void {
    this.confirming = true;
    for (const socket of this.sockets.keys()) this.sendSaved(socket);
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise((done) => this.server.close(done));
  }

  private welcome(socket: WebSocket, person: WirePerson): void {
    this.sockets.set(socket, { person, frames: 0 });
    socket.on("message", (data: Buffer) => this.read(socket, readMessage(new Uint8Array(data))));
    socket.on("close", () => {
      this.sockets.delete(socket);
      this.tellPeople();
    });
    socket.send(askFrame(Y.encodeStateVector(this.doc)));
    this.tellPeople();
  }

  private read(socket: WebSocket, message: Message): void {
    if (message.kind === "vector") socket.send(answerFrame(Y.encodeStateAsUpdate(this.doc, message.vector)));
    if (message.kind === "awareness") this.move(socket, message.body);
    if (message.kind !== "update") return;
    Y.applyUpdate(this.doc, message.update);
    const entry = this.sockets.get(socket);
    if (entry) entry.frames++;
    this.sendOthers(socket, updateFrame(message.update));
    if (this.confirming) this.sendSaved(socket);
  }

  private move(socket: WebSocket, body: Uint8Array): void {
    const user = this.sockets.get(socket)?.person;
    const moved = readAwareness(body).map(({ client, state }) => {
      const cursor = (JSON.parse(state) as { cursor?: unknown } | null)?.cursor ?? null;
      return { client, clock: Math.floor(Date.now() / 50), state: state === "null" ? null : { user, cursor } };
    });
    this.sendOthers(socket, awarenessFrame(moved));
  }

  private sendOthers(from: WebSocket, frame: Uint8Array): void {
    for (const socket of this.sockets.keys()) if (socket !== from) socket.send(frame);
  }

  private sendSaved(socket: WebSocket): void {
    const frames = this.sockets.get(socket)?.frames ?? 0;
    socket.send(savedFrame({ sequence: ++this.sequence, at: "2026-11-23T10:42:00.000Z", frames }));
  }

  private tellPeople(): void {
    const people = [...this.sockets.values()].map(({ person }) => ({ ...person, writes: true }));
    for (const socket of this.sockets.keys()) socket.send(peopleFrame({ people, storing: true }));
  }
}
