import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

/** Why the server sent us away for good; the editor has a sentence for each. */
export type EndReason =
  | "session"
  | "access"
  | "read-only"
  | "gone"
  | "rebuilt"
  | "too-large"
  | "refused"
  | "old-editor";

/** Someone who has the text open, as the server says (never the other browser). */
export type Present = {
  id: string;
  name: string;
  latinName: string;
  state: string | null;
  ink: number | null;
  writes: boolean;
};

export type ConnectionState = {
  phase: "connecting" | "open" | "offline" | "ended";
  /** something typed here is not confirmed as stored yet */
  unsaved: boolean;
  /** when the server last confirmed that all of it is stored (ISO 8601) */
  savedAt: string | null;
  /** the server cannot store at the moment; what is typed stays in this tab */
  stalled: boolean;
  people: readonly Present[];
  ended: EndReason | null;
};

const savedType = 10;
const peopleType = 11;

const endReasons: Record<string, EndReason> = {
  session: "session",
  access: "access",
  "read-only": "read-only",
  gone: "gone",
  rebuilt: "rebuilt",
  "too-large": "too-large",
};

/**
 * The way from this tab to the collaboration server. "Saved" is said only when every update frame of the connection is
 * confirmed; what is typed without a connection counts as unsaved until the server has it.
 */
export class Connection {
  readonly provider: WebsocketProvider;
  private readonly listeners = new Set<() => void>();
  private sent = 0;
  private typedOffline = false;
  /** what the server is known to have: the text after it, typed here, is unsent */
  private confirmed: Uint8Array;
  state: ConnectionState = {
    phase: "connecting",
    unsaved: false,
    savedAt: null,
    stalled: false,
    people: [],
    ended: null,
  };

  constructor(
    address: string,
    document: string,
    readonly doc: Y.Doc,
  ) {
    this.confirmed = Y.encodeStateVector(doc);
    const frameSent = (type: number, step: number) => {
      if (type === 0 && step > 0) this.sent++;
    };
    this.provider = new WebsocketProvider(address, document, doc, {
      connect: false,
      // Tabs speak through the server alone: what goes between them directly passes no check.
      disableBc: true,
      WebSocketPolyfill: countingSocket(frameSent),
    });
    this.provider.messageHandlers[savedType] = (_encoder, decoder) => this.heardSaved(decoder);
    this.provider.messageHandlers[peopleType] = (_encoder, decoder) => this.heardPeople(decoder);
    this.provider.on("status", ({ status }) => this.heardStatus(status));
    this.provider.on("sync", (synced) => synced && this.set({ phase: "open" }));
    this.provider.on("closed", ({ code, reason }) => this.heardEnd(code, reason));
    doc.on("update", this.heardTyping);
  }

  open(): void {
    this.provider.connect();
  }

  close(): void {
    this.doc.off("update", this.heardTyping);
    this.provider.destroy();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): ConnectionState => this.state;

  /** What was typed here and is not confirmed, as plain text. */
  unsentText(): string {
    const { structs } = Y.decodeUpdate(Y.encodeStateAsUpdate(this.doc, this.confirmed));
    return structs
      .filter((struct): struct is Y.Item => struct instanceof Y.Item && struct.id.client === this.doc.clientID)
      .map(({ content }) =>
        content instanceof Y.ContentString ? content.str : content instanceof Y.ContentType ? "\n" : "",
      )
      .join("")
      .trim();
  }

  private set(change: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  private heardStatus(status: "connected" | "disconnected" | "connecting"): void {
    if (this.state.phase === "ended") return;
    if (status === "connected") this.sent = 0;
    // A first connection is being made; later ones are made because one was lost.
    if (status === "disconnected") this.set({ phase: "offline", people: [], stalled: false });
  }

  private readonly heardTyping = (_update: Uint8Array, origin: unknown): void => {
    if (origin === this.provider) return;
    if (!this.provider.wsconnected) this.typedOffline = true;
    if (!this.state.unsaved) this.set({ unsaved: true });
  };

  private heardSaved(decoder: decoding.Decoder): void {
    const { frames, at } = JSON.parse(decoding.readVarString(decoder)) as { frames: number; at: string };
    if (frames < this.sent) return;
    this.typedOffline = false;
    this.confirmed = Y.encodeStateVector(this.doc);
    this.set({ unsaved: this.typedOffline, savedAt: at });
  }

  private heardPeople(decoder: decoding.Decoder): void {
    const { people, storing } = JSON.parse(decoding.readVarString(decoder)) as { people: Present[]; storing: boolean };
    this.set({ people, stalled: storing === false });
  }

  private heardEnd(code: number, reason: string): void {
    const ended = endReasons[reason] ?? (code === 4426 ? "old-editor" : "refused");
    this.set({ phase: "ended", ended, people: [] });
  }
}

/** A socket that says which frames leave through it: type and, for sync messages, step. */
function countingSocket(sent: (type: number, step: number) => void): typeof WebSocket {
  return class extends WebSocket {
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
      super.send(data as ArrayBufferView<ArrayBuffer>);
      if (data instanceof Uint8Array) sent(data[0] ?? -1, data[1] ?? -1);
    }
  };
}
