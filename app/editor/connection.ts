import * as decoding from "lib0/decoding";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
  atFirst,
  type ConnectionStanding,
  type ConnectionState,
  type EndReason,
  type Present,
  standingOf,
} from "./connection-state.ts";
import { unsentWords } from "./unsent.ts";

const syncType = 0;
const caretsType = 1;
const savedType = 10;
const peopleType = 11;
const assentsType = 12;

/** What the page around the text can do for the connection. */
export type Page = {
  /** asks, by other means than the socket, whether the person is still let in */
  askDoor?: () => Promise<EndReason | null>;
  /** what the person may do with the text is another now */
  roleChanged?: () => void;
  /** words or carets of others are about to come in */
  beforeOthers?: () => void;
  /** whose words this tab holds and of which edition; whoever comes back as another is sent away */
  holds?: { person: string; epoch: number };
  /** opens the copy on this device and loads it; null for who wants none, rejects when the browser stores nothing */
  openCopy?: (doc: Y.Doc, failed: () => void) => Promise<Copy | null>;
};

/** The copy of the text on this device. */
export type Copy = {
  /** what it held that was never confirmed: clients of this person, and the clock from which on */
  unsent: ReadonlyMap<number, number>;
  /** true for changes that came out of it */
  isFrom(origin: unknown): boolean;
  keep(update: Uint8Array, unsentFrom: ReadonlyMap<number, number>): void;
  /** what these clients typed is stored */
  confirm(clients: Iterable<number>): void;
  /** something is on its way to the disk */
  isWriting(): boolean;
  /** deletes it, and leaves these words over for their author */
  wipe(words: string): Promise<void>;
  close(): void;
};

const roleChanged = 4510;

/** Closed connections in a row, before the server is asked by other means whether there is any use in going on. */
const triesBeforeAsking = 3;

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
  private readonly assentListeners = new Set<() => void>();
  private sent = 0;
  /** our answer to the server's first question has left: it holds all that was typed before this connection */
  private answered = false;
  private failures = 0;
  /** this person's clients, and how far the server is known to have what they typed: what follows is unsent */
  private confirmed = new Map<number, number>();
  private copy: Copy | null = null;
  private closed = false;
  state: ConnectionState = atFirst;
  private standing: ConnectionStanding = standingOf(atFirst, null);

  constructor(
    address: string,
    document: string,
    readonly doc: Y.Doc,
    private readonly page: Page = {},
  ) {
    const frameSent = (type: number, step: number) => {
      if (type !== 0 || step === 0) return;
      this.sent++;
      if (step === 1) this.answered = true;
    };
    this.provider = new WebsocketProvider(address, document, doc, {
      connect: false,
      params: page.holds ? { person: page.holds.person, epoch: String(page.holds.epoch) } : {},
      // Tabs speak through the server alone: what goes between them directly passes no check.
      disableBc: true,
      resyncInterval: 60_000,
      WebSocketPolyfill: countingSocket(frameSent),
    });
    for (const type of [syncType, caretsType]) {
      const take = this.provider.messageHandlers[type];
      this.provider.messageHandlers[type] = (...message) => {
        this.page.beforeOthers?.();
        take?.(...message);
      };
    }
    this.provider.messageHandlers[savedType] = (_encoder, decoder) => this.heardSaved(decoder);
    this.provider.messageHandlers[peopleType] = (_encoder, decoder) => this.heardPeople(decoder);
    this.provider.messageHandlers[assentsType] = () => this.tellAssents();
    this.provider.on("status", ({ status }) => this.heardStatus(status));
    this.provider.on("sync", (synced) => synced && this.heardText());
    this.provider.on("connection-close", (event) => this.heardClose(event));
    this.provider.on("closed", ({ code, reason }) => this.heardEnd(code, reason));
  }

  /** Loads what this device keeps, then connects: what is unsent is in the answer to the server's first question. */
  async open(): Promise<void> {
    if (this.page.openCopy) await this.openCopy(this.page.openCopy);
    if (this.closed) return;
    this.doc.on("update", this.heardUpdate);
    this.provider.connect();
  }

  private async openCopy(open: NonNullable<Page["openCopy"]>): Promise<void> {
    try {
      const copy = await open(this.doc, () => this.set({ device: "failed" }));
      if (!copy) return;
      if (this.closed) return copy.close();
      this.copy = copy;
      this.confirmed = new Map(copy.unsent);
      this.set({ device: "kept", loaded: this.doc.store.clients.size > 0, unsaved: copy.unsent.size > 0 });
    } catch {
      this.set({ device: "failed" });
    }
  }

  close(): void {
    this.closed = true;
    this.doc.off("update", this.heardUpdate);
    this.provider.destroy();
    this.copy?.close();
  }

  /** True while something typed here is nowhere but in this tab. */
  wouldLose(): boolean {
    return this.state.unsaved && (this.state.device !== "kept" || this.copy?.isWriting() !== false);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells when a party may have agreed to something or taken it back. */
  onAssents(listener: () => void): () => void {
    this.assentListeners.add(listener);
    return () => this.assentListeners.delete(listener);
  }

  private tellAssents(): void {
    for (const listener of this.assentListeners) listener();
  }

  readonly getState = (): ConnectionState => this.state;

  /** The state without what changes with every letter. The same object as long as it says the same. */
  readonly getStanding = (): ConnectionStanding => this.standing;

  /** Waits until what was typed here is stored. False when the connection was cut before. */
  whenSaved(): Promise<boolean> {
    return new Promise((resolve) => {
      const look = () => {
        const { phase, unsaved } = this.state;
        if (phase === "open" && unsaved) return false;
        resolve(phase === "open");
        return true;
      };
      if (look()) return;
      const deaf = this.subscribe(() => {
        if (look()) deaf();
      });
    });
  }

  /** What was typed here and is not confirmed, as plain text. */
  unsentText(): string {
    return unsentWords(this.doc, this.unsentFrom());
  }

  private unsentFrom(): Map<number, number> {
    const { clientID } = this.doc;
    return new Map([...this.confirmed, [clientID, this.confirmed.get(clientID) ?? 0]]);
  }

  private set(change: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...change };
    this.standing = standingOf(this.state, this.standing);
    for (const listener of this.listeners) listener();
  }

  private heardStatus(status: "connected" | "disconnected" | "connecting"): void {
    if (status !== "connected") return;
    this.sent = 0;
    this.answered = false;
  }

  private heardText(): void {
    this.failures = 0;
    const wasAway = this.state.phase === "offline";
    this.set({ phase: "open", loaded: true });
    if (wasAway) this.tellAssents();
  }

  /** Also when no connection came about: a browser does not say why, so after a few times the door is asked. */
  private heardClose(event: CloseEvent | null): void {
    if (this.state.phase === "ended") return;
    if (event?.code === roleChanged) this.page.roleChanged?.();
    this.set({ phase: "offline", people: [], stalled: false });
    if (++this.failures % triesBeforeAsking === 0) void this.askWhy();
  }

  private async askWhy(): Promise<void> {
    const ended = await this.page.askDoor?.();
    if (!ended || this.state.phase !== "offline") return;
    this.provider.disconnect();
    this.end(ended);
  }

  private readonly heardUpdate = (update: Uint8Array, origin: unknown): void => {
    if (this.copy?.isFrom(origin)) return;
    if (origin !== this.provider && !this.state.unsaved) this.set({ unsaved: true });
    this.copy?.keep(update, this.state.unsaved ? this.unsentFrom() : new Map());
  };

  private heardSaved(decoder: decoding.Decoder): void {
    const { frames, at } = JSON.parse(decoding.readVarString(decoder)) as { frames: number; at: string };
    if (!this.answered || frames < this.sent) return;
    this.copy?.confirm(this.unsentFrom().keys());
    const { clientID, store } = this.doc;
    this.confirmed = new Map([[clientID, Y.getState(store, clientID)]]);
    this.set({ unsaved: false, savedAt: at });
  }

  private heardPeople(decoder: decoding.Decoder): void {
    const { people, storing } = JSON.parse(decoding.readVarString(decoder)) as { people: Present[]; storing: boolean };
    this.set({ people, stalled: storing === false });
  }

  private heardEnd(code: number, reason: string): void {
    const ended = endReasons[reason] ?? (code === 4426 ? "old-editor" : "refused");
    this.end(ended);
  }

  /**
   * What may not be read any more is not kept either, nor what the server would refuse again. Only when the session
   * ended or the editor is too old does the same person come back to the same text: what is unsent then waits for them.
   */
  private end(ended: EndReason): void {
    const { copy, state } = this;
    const comesBack = ended === "session" || ended === "old-editor";
    if (copy && !(comesBack && state.unsaved)) {
      this.copy = null;
      copy.wipe(state.unsaved ? this.unsentText() : "").catch(() => {});
    }
    const device = this.copy ? state.device : "none";
    this.set({ phase: "ended", ended, people: [], device });
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
