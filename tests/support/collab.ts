import { once } from "node:events";
import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { startSession } from "#app/domain/accounts/session.server.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { rebuild } from "#app/domain/documents/history.server.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { queryOfClient } from "#app/platform/database.server.ts";
import { awarenessFrame, type Moved, type Saved, updateFrame } from "#collab/protocol.ts";
import { type CollabServer, startCollabServer } from "#collab/server.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";
import { type Colleague, foundTeam, type Team } from "./team.ts";

export const origin = "http://localhost:3000";

/** A team with a text in negotiation, and a collaboration server of its own. */
export type Desk = {
  database: FreshDatabase;
  team: Team;
  document: string;
  server: CollabServer;
  url: string;
  /** a new member, signed in */
  writer(state?: "kz" | "eg"): Promise<SignedInPerson>;
  someone(roles: JitRole[], state?: "kz" | "eg"): Promise<SignedInPerson>;
  signIn(person: Colleague): Promise<SignedInPerson>;
  connect(person: SignedInPerson, doc?: Y.Doc): Promise<Client>;
  /** to another text of the team */
  connectTo(document: string, person: SignedInPerson): Promise<Client>;
  /** rows of the history, in order */
  rows(): Promise<{ sequence: number; author: string | null; bytes: Buffer }[]>;
  /** the text as the history alone gives it */
  stored(upTo?: number): Promise<Y.Doc>;
  close(): Promise<void>;
};
export type SignedInPerson = Colleague & { cookie: string; sessionId: string };

export async function openDesk(options: { withServer?: boolean } = {}): Promise<Desk> {
  const database = await freshDatabase();
  const team = await foundTeam(database.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const { id: document } = await startDocument(team.founder, {
    jit: team.jit,
    instrumentKind: "agreement",
    duration: "P12M",
    referenceTimeZone: "UTC",
  });
  await openForNegotiation(team.founder, { jit: team.jit, document });
  const server =
    options.withServer === false
      ? { port: 0, metricsPort: null, close: async () => {} }
      : await startCollabServer({ port: 0, host: "127.0.0.1", metricsPort: 0 });
  const url = `ws://127.0.0.1:${server.port}/collab`;

  const signIn = async (person: Colleague): Promise<SignedInPerson> => {
    const client = await database.owner.connect();
    try {
      await client.query("BEGIN");
      const { id, cookie } = await startSession(queryOfClient(client), person.personId, "test");
      const entry = { actor: { system: true }, action: "account.signIn" };
      await client.query("SELECT audit.append($1, $2, '{}')", [platformLog, entry]);
      await client.query("COMMIT");
      return { ...person, sessionId: id, cookie: cookie.split(";")[0] as string };
    } finally {
      client.release();
    }
  };
  const someone = async (roles: JitRole[], state: "kz" | "eg" = "kz") => signIn(await team.bring(state, roles));
  return {
    database,
    team,
    document,
    server,
    url,
    signIn,
    someone,
    writer: (state) => someone(["lead_negotiator"], state),
    connect: (person, doc) => connected(`${url}/${document}`, person, doc),
    connectTo: (other, person) => connected(`${url}/${other}`, person),
    rows: async () => {
      const { rows } = await database.owner.query(
        "SELECT sequence, author_id AS author, bytes FROM document_update WHERE document_id = $1 ORDER BY sequence",
        [document],
      );
      return rows;
    },
    stored: (upTo) => rebuild(queryOfClient(database.owner), { document, epoch: 1, upTo, fromFirstRow: true }),
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}

async function connected(url: string, person: SignedInPerson, doc?: Y.Doc): Promise<Client> {
  const client = new Client(url, person.cookie, doc);
  await client.opened;
  await client.synced;
  return client;
}

/** `address`: where the web process says the request comes from. */
export function open(url: string, cookie: string | null, from = origin, address?: string): WebSocket {
  const headers = {
    ...(from ? { Origin: from } : {}),
    ...(cookie ? { Cookie: cookie } : {}),
    ...(address ? { "X-Client-Address": address } : {}),
  };
  return new WebSocket(url, { headers, perMessageDeflate: false });
}

/** The HTTP status with which an upgrade was refused, or 101. */
export async function knock(url: string, cookie: string | null, from = origin, address?: string): Promise<number> {
  const socket = open(url, cookie, from, address);
  return await new Promise((resolve, reject) => {
    socket.on("open", () => {
      socket.terminate();
      resolve(101);
    });
    socket.on("unexpected-response", (_request, response) => {
      resolve(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on("error", (error) => reject(error));
  });
}

/** A cursor at the end of the text, as an editor sends it. */
export const cursor = { anchor: { type: null, tname: "text:en" }, head: { type: null, tname: "text:en" } };

type Person = { id: string; name: string; state: string | null; writes: boolean };

/** A client that speaks the wire by hand, so that it can also say what no editor would. */
export class Client {
  readonly socket: WebSocket;
  readonly opened: Promise<unknown>;
  readonly synced: Promise<void>;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** update frames sent so far, answers included */
  sent = 0;
  /** how often the server said that a party agreed to something or took it back */
  assents = 0;
  saved: Saved = { sequence: 0, at: "", frames: 0 };
  readonly cursors = new Map<number, { clock: number; state: object }>();
  people: Person[] = [];
  storing = true;
  questions = 0;
  /** answers the server's questions and sends local changes, as an editor does */
  honest = true;

  constructor(
    url: string,
    cookie: string,
    readonly doc = new Y.Doc(),
    from = origin,
  ) {
    this.socket = open(url, cookie, from);
    this.socket.binaryType = "nodebuffer";
    this.opened = once(this.socket, "open");
    this.opened.catch(() => {});
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    let synced = () => {};
    this.synced = new Promise((resolve) => {
      synced = resolve;
    });
    this.socket.on("error", () => {});
    this.socket.on("open", () => this.sync(0, Y.encodeStateVector(this.doc)));
    this.socket.on("message", (data: Buffer) => this.read(data, synced));
    const onUpdate = (bytes: Uint8Array, from: unknown) => {
      if (from !== this && this.honest) this.update(bytes);
    };
    this.doc.on("update", onUpdate);
    this.socket.on("close", () => this.doc.off("update", onUpdate));
  }

  private read(data: Buffer, synced: () => void): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === 0) this.readSync(decoder, synced);
    else if (type === 1) this.readCursors(decoding.createDecoder(decoding.readVarUint8Array(decoder)));
    else if (type === 12) this.assents++;
    else if (type === 10) this.saved = JSON.parse(decoding.readVarString(decoder));
    else if (type === 11) Object.assign(this, JSON.parse(decoding.readVarString(decoder)));
    else throw new Error(`unknown message ${type}`);
  }

  private readSync(decoder: decoding.Decoder, synced: () => void): void {
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) {
      this.questions++;
      if (this.honest) this.answer(Y.encodeStateAsUpdate(this.doc, body));
      return;
    }
    Y.applyUpdate(this.doc, body, this);
    if (step === 1) synced();
  }

  private readCursors(decoder: decoding.Decoder): void {
    const count = decoding.readVarUint(decoder);
    for (let n = 0; n < count; n++) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const state = JSON.parse(decoding.readVarString(decoder));
      if (state === null) this.cursors.delete(client);
      else this.cursors.set(client, { clock, state });
    }
  }

  private sync(step: number, body: Uint8Array): void {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, body);
    this.send(encoding.toUint8Array(encoder));
  }

  /** Any bytes at all. */
  send(frame: Uint8Array | string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  update(bytes: Uint8Array): void {
    this.sent++;
    this.send(updateFrame(bytes));
  }

  answer(bytes: Uint8Array): void {
    this.sent++;
    this.sync(1, bytes);
  }

  move(moved: Moved[]): void {
    this.send(awarenessFrame(moved));
  }

  /** Waits until all that was sent is shown as saved. */
  async allSaved(): Promise<void> {
    const closed = this.closed.then(({ code, reason }) => {
      throw new Error(`closed (${code} ${reason}) before everything was saved`);
    });
    await Promise.race([until(() => this.saved.frames >= this.sent, "everything saved"), closed]);
  }

  async leave(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}

/** A stock client, as an editor uses it. */
export function stockClient(desk: Desk, person: SignedInPerson, doc = new Y.Doc()) {
  class WithCookie extends WebSocket {
    constructor(url: string) {
      super(url, { headers: { Origin: origin, Cookie: person.cookie } });
    }
  }
  const provider = new WebsocketProvider(desk.url, desk.document, doc, {
    disableBc: true,
    WebSocketPolyfill: WithCookie as never,
  });
  // What only our server says; a stock client would complain about it.
  provider.messageHandlers[10] = () => {};
  provider.messageHandlers[11] = () => {};
  provider.messageHandlers[12] = () => {};
  return { doc, provider, closed: new Promise<CloseEvent>((resolve) => provider.on("closed", resolve as never)) };
}

/** The letters of a paragraph: the first one of the n-th clause. */
export function lettersOf(doc: Y.Doc, clause = 0): Y.XmlText {
  const paragraph = (doc.getXmlFragment("text:en").get(clause) as Y.XmlElement).get(1) as Y.XmlElement;
  return paragraph.get(0) as Y.XmlText;
}

export function textOf(doc: Y.Doc): string {
  return doc.getXmlFragment("text:en").toString();
}

/** Waits for something to become true. The limit only ends a test that failed. */
export async function until(true_: () => boolean | Promise<boolean>, what: string, limit = 20_000): Promise<void> {
  const end = Date.now() + limit;
  while (!(await true_())) {
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
