import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isDeepStrictEqual } from "node:util";
import { WebSocketServer } from "ws";
import { findAllSignedIn, type SignedIn } from "#app/domain/accounts/session.server.ts";
import { type Admission, admitAll } from "#app/domain/documents/admission.server.ts";
import { config } from "#app/platform/config.ts";
import { log } from "#app/platform/log.server.ts";
import { Connection, type Profile, Socket } from "./connection.ts";
import { Buckets, type Closing, closings, limits } from "./limits.ts";
import type { Metrics } from "./metrics.ts";
import type { Reauthorise } from "./reauthorise.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";
import { Together } from "./together.ts";

/** Why nobody was let in; answered as HTTP, before there is a socket. */
type Refusal = 401 | 403 | 404 | 429 | 503;
const words: Record<Refusal, string> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  429: "Too Many Requests",
  503: "Service Unavailable",
};

const path = /^\/collab\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\?.*)?$/;

/** The door: lets a request become a socket, or refuses it (C1). */
export class Door {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    WebSocket: Socket,
    perMessageDeflate: false,
    maxPayload: limits.frameBytes,
    clientTracking: false,
  });
  private readonly arrivals = new Buckets(limits.upgradesPerSecond, limits.upgradesBurst);
  private readonly questions = new Together(whoMayEnter);
  closed = false;

  constructor(
    private readonly rooms: Rooms,
    private readonly reauthorise: Reauthorise,
    private readonly metrics: Metrics,
  ) {}

  /** Answers an upgrade request. */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    // A client that goes away while it is being asked about must not end the process.
    socket.on("error", giveUp);
    try {
      const address = addressOf(request);
      const heardBefore = this.reauthorise.heard;
      const admitted = await this.ask(request, address);
      if (typeof admitted === "number") return this.refuse(socket, admitted);
      if (socket.destroyed) return;
      const closing = turnedAway(request.url ?? "", admitted);
      this.sockets.handleUpgrade(request, socket, head, (ws) => {
        if (closing) this.turnAway(ws, closing);
        else this.welcome(ws, socket, admitted, address, heardBefore);
      });
    } catch (error) {
      log().warn({ err: (error as Error).message }, "an upgrade could not be decided");
      this.refuse(socket, 503);
    }
  }

  private refuse(socket: Duplex, code: Refusal): void {
    this.metrics.refused.inc({ reason: `http ${code}` });
    socket.end(`HTTP/1.1 ${code} ${words[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  }

  /** As a close code, because a browser does not say with which status an upgrade was refused. */
  private turnAway(ws: Socket, closing: Closing): void {
    this.metrics.refused.inc({ reason: closing });
    ws.on("error", () => {});
    ws.close(closings[closing].code, closings[closing].reason);
    setTimeout(() => ws.terminate(), 2_000).unref();
  }

  private async ask(request: IncomingMessage, address: string): Promise<Entry | Refusal> {
    if (this.closed) return 503;
    // Browsers apply no same-origin rule to sockets: without this any page could use the person's cookie.
    if (request.headers.origin !== config().PUBLIC_ORIGIN) return 403;
    if (!this.mayArrive(address)) return 429;
    const document = path.exec(request.url ?? "")?.[1] ?? "";
    const { me, admission } = await this.questions.ask({ cookie: request.headers.cookie ?? null, document });
    if (!me?.actor.sessionId) return 401;
    if (admission === "not-found") return 404;
    if (admission === "forbidden") return 403;
    if (this.isFull(admission.document, me.actor.personId)) return 429;
    const room = await this.rooms.enter(admission.jit, admission);
    return room && !room.over ? { me, session: me.actor.sessionId, admission, room } : 503;
  }

  private mayArrive(address: string): boolean {
    let open = 0;
    for (const connection of this.rooms.connections) if (connection.address === address) open++;
    return open < limits.perAddress && this.arrivals.take(address);
  }

  private isFull(document: string, person: string): boolean {
    let ofDocument = 0;
    let ofPerson = 0;
    let ofBoth = 0;
    for (const connection of this.rooms.connections) {
      if (connection.document === document) ofDocument++;
      if (connection.person === person) ofPerson++;
      if (connection.document === document && connection.person === person) ofBoth++;
    }
    return ofDocument >= limits.perDocument || ofPerson >= limits.perPerson || ofBoth >= limits.perPersonAndDocument;
  }

  private welcome(
    ws: Socket,
    socket: Duplex,
    { me, session, admission, room }: Entry,
    address: string,
    heardBefore: number,
  ): void {
    const { mode } = admission;
    const { jit } = room;
    // What is known of a person is kept once for all their windows.
    const twin = [...this.rooms.connections].find((other) => other.session === session);
    const actor = shared(twin?.actor, me.actor);
    const profile = shared(twin?.profile, profileOf(me, admission));
    const connection: Connection = new Connection(
      ws,
      socket,
      {
        person: actor.personId,
        session: actor.sessionId ?? session,
        ...room.edition,
        mode,
        actor,
        profile,
        address,
      },
      this.rooms.hostOf(room),
    );
    this.rooms.add(connection);
    room.join(connection);
    if (room.over) connection.close("resync");
    // What was heard between the question and now was not heard for this connection.
    if (this.reauthorise.heard !== heardBefore) void this.reauthorise.ask(jit);
  }
}

/**
 * A tab says whose words it holds, and of which edition: it may have been without a connection while the text was
 * rebuilt, or while someone else signed in at the same device. What it holds would then come in as the other person's,
 * or into another text. Only ever a reason to refuse; author and edition are the session's and the document's.
 */
function turnedAway(url: string, { me, admission }: Entry): Closing | null {
  const said = new URLSearchParams(url.split("?")[1] ?? "");
  if (said.has("person") && said.get("person") !== me.actor.personId) return "signedOut";
  return said.has("epoch") && said.get("epoch") !== String(admission.epoch) ? "rebuilt" : null;
}

/** Nothing of the request may live as long as its socket: hence a function that holds nothing. */
function giveUp(this: Duplex): void {
  this.destroy();
}

type Caller = { cookie: string | null; document: string };
type Told = { me: SignedIn | null; admission: Admission | "not-found" | "forbidden" };

/** Who they are, then whether they may open the text: for everybody who knocks at once. */
async function whoMayEnter(callers: Caller[]): Promise<Told[]> {
  const people = await findAllSignedIn(callers.map(({ cookie }) => cookie));
  const known = callers.flatMap(({ document }, n) => {
    const person = people[n]?.actor.personId;
    return person ? [{ n, person, document }] : [];
  });
  const admissions = await admitAll(known);
  const told: Told[] = people.map((me) => ({ me, admission: "not-found" }));
  for (const [k, { n }] of known.entries()) (told[n] as Told).admission = admissions[k] as Told["admission"];
  return told;
}

type Entry = { me: SignedIn; session: string; admission: Admission; room: Room };

function shared<Known>(kept: Known | undefined, own: Known): Known {
  return isDeepStrictEqual(kept, own) ? (kept as Known) : own;
}

function profileOf(me: SignedIn, { position }: Admission): Profile {
  const { name, latinName, authorityName: authority, actor } = me;
  const ink = position === null ? null : ((position - 1) % 6) + 1;
  return { id: actor.personId, name, latinName, authority, state: actor.state, ink };
}

/** The address the web process saw; it lets no client say this. Nobody else reaches this server. */
function addressOf(request: IncomingMessage): string {
  return String(request.headers["x-client-address"] ?? "") || (request.socket.remoteAddress ?? "");
}
