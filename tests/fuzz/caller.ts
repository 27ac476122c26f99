import * as decoding from "lib0/decoding";
import type { WebSocket } from "ws";
import * as Y from "yjs";
import { answerFrame } from "#collab/protocol.ts";
import { open, origin } from "#tests/support/collab.ts";
import type { Chance } from "#tests/support/seeded.ts";

/** How the server took one frame. `saved`: stored, or nothing new in it; `asked`: does not fit, send all again. */
export type Taken = { how: "saved" | "asked" | "read" | "silent" } | { how: "closed"; code: number };

const nothing = answerFrame(Y.encodeStateAsUpdate(new Y.Doc()));
// Only ends a test that failed.
const longestMs = 60_000;

/** Someone at the socket who sends one frame at a time and waits for what the server makes of it. */
export class Caller {
  private sent = 0;
  private saved = 0;
  private asked = 0;
  private code: number | null = null;
  private looks: (() => void)[] = [];

  /** `writes`: whether the server owes an answer to updates; readers are sent away for them or hear nothing */
  private constructor(
    private readonly socket: WebSocket,
    private readonly writes: boolean,
  ) {
    socket.on("message", (data: Buffer) => this.hear(data));
    socket.on("close", (code) => {
      this.code = code;
      this.look();
    });
    socket.on("error", () => {});
  }

  /** Let in, with the server's first question answered. From an address of its own: there is a limit for each. */
  static async come(url: string, cookie: string, writes: boolean, chance: Chance): Promise<Caller> {
    const address = `198.51.${chance.below(256)}.${chance.below(256)}`;
    const caller = new Caller(open(url, cookie, origin, address), writes);
    caller.socket.binaryType = "nodebuffer";
    await caller.until(() => caller.asked > 0);
    await caller.send(nothing, true);
    return caller;
  }

  private hear(data: Buffer): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === 0 && decoding.readVarUint(decoder) === 0) this.asked++;
    if (type === 10) this.saved = JSON.parse(decoding.readVarString(decoder)).frames;
    this.look();
  }

  private look(): void {
    for (const look of this.looks) look();
  }

  private until(holds: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (held: boolean) => {
        clearTimeout(timer);
        this.looks = this.looks.filter((one) => one !== look);
        resolve(held);
      };
      const look = () => (holds() || this.code !== null) && end(true);
      const timer = setTimeout(() => end(false), longestMs);
      this.looks.push(look);
      look();
    });
  }

  /** Resolves when the server has answered an update, or has gone on to what came after another frame. */
  async send(frame: Uint8Array, isUpdate: boolean): Promise<Taken> {
    const asked = this.asked;
    if (isUpdate) this.sent++;
    const owed = isUpdate && this.writes;
    let read = false;
    this.socket.once("pong", () => {
      read = true;
      this.look();
    });
    this.socket.send(frame);
    this.socket.ping();
    const answered = () => this.saved === this.sent || this.asked > asked;
    const held = await this.until(() => (owed ? answered() : read));
    if (this.code !== null) return { how: "closed", code: this.code };
    if (!held) return { how: "silent" };
    if (!owed) return { how: "read" };
    return { how: this.asked > asked ? "asked" : "saved" };
  }

  leave(): void {
    this.socket.terminate();
  }
}
