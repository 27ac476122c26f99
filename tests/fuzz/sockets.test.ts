import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { readMessage } from "#collab/protocol.ts";
import { type Client, type Desk, lettersOf, openDesk, origin, textOf, until } from "#tests/support/collab.ts";
import { leaveReport } from "#tests/support/report.ts";
import { numberFrom, seeded } from "#tests/support/seeded.ts";
import { anyBytes, mutated } from "./breed.ts";
import { Caller, type Taken } from "./caller.ts";
import { framesOver } from "./seeds.ts";

/* Mallory at the door of a running collaboration server, while Anna writes. */
const count = numberFrom("FRAMES", 400);
const seed = numberFrom("SEED", 1);
/** so often Anna types, and the seeds are made anew over what is stored by then */
const round = 50;
const stallMs = 250;
const refusals = [4400, 4403, 4409, 4413, 4500, 4529, 1009];

let desk: Desk;
let anna: Client;
const chance = seeded(seed);
const found = { unexpected: [] as string[], stateChanges: [] as string[] };
const taken = new Map<string, number>();
let slow = 0;

beforeAll(async () => {
  desk = await openDesk();
  anna = await desk.connect(await desk.writer());
});
afterAll(() => desk.close());

async function head(): Promise<number> {
  const { rows } = await desk.database.owner.query("SELECT head FROM document WHERE id = $1", [desk.document]);
  return rows[0].head;
}

function isUpdate(frame: Uint8Array): boolean {
  try {
    return readMessage(Buffer.from(frame)).kind === "update";
  } catch {
    return false;
  }
}

/** She types, it is saved, and what is stored is what she sees: nobody's connection but Mallory's suffered. */
async function annaGoesOn(): Promise<void> {
  lettersOf(anna.doc, 2).insert(0, "a");
  await anna.allSaved();
  const stored = textOf(await desk.stored());
  await until(() => textOf(anna.doc) === stored, "Anna holds what is stored");
  expect(anna.socket.readyState).toBe(anna.socket.OPEN);
}

type Mallory = { cookie: string; writes: boolean; caller: Caller | null };

/** One frame of Mallory's, and what may follow from it: a row under her own name when it was saved, nothing else. */
async function send(mallory: Mallory, frame: Uint8Array): Promise<void> {
  mallory.caller ??= await Caller.come(`${desk.url}/${desk.document}`, mallory.cookie, mallory.writes, chance);
  const before = await head();
  const began = performance.now();
  const outcome = await mallory.caller.send(frame, isUpdate(frame));
  if (performance.now() - began > stallMs) slow++;
  const grown = (await head()) - before;
  const name = outcome.how === "closed" ? String(outcome.code) : outcome.how;
  taken.set(name, (taken.get(name) ?? 0) + 1);
  const told = `${Buffer.from(frame).toString("hex")} ${name}, ${grown} rows`;
  if (isUnexpected(outcome)) found.unexpected.push(told);
  if (grown > (outcome.how === "saved" && mallory.writes ? 1 : 0)) found.stateChanges.push(told);
  if (outcome.how === "saved" || outcome.how === "read") return;
  mallory.caller.leave();
  mallory.caller = null;
}

function isUnexpected(outcome: Taken): boolean {
  return outcome.how === "silent" || (outcome.how === "closed" && !refusals.includes(outcome.code));
}

/** Seeds over the text as it stands, under a client of Mallory's own that nobody has yet. */
function seedsNow(mallory: number): Uint8Array[] {
  return framesOver({ state: Y.encodeStateAsUpdate(anna.doc), victim: anna.doc.clientID, mallory });
}

test("[C10] frames of every kind, broken at random, do nothing to the text and to others", async () => {
  const [writer, reader] = [await desk.writer("eg"), await desk.someone(["signatory"], "eg")];
  const both: Mallory[] = [
    { cookie: writer.cookie, writes: true, caller: null },
    { cookie: reader.cookie, writes: false, caller: null },
  ];
  for (let done = 0; done < count; done += round) {
    await annaGoesOn();
    const seeds = seedsNow(1_000_000 + chance.below(1_000_000));
    for (let n = 0; n < round; n++) {
      const luck = chance.below(20);
      const frame = luck < 5 ? chance.oneOf(seeds) : luck < 6 ? anyBytes(chance) : mutated(chance, seeds);
      await send(chance.oneOf(both), frame);
    }
  }
  for (const { caller } of both) caller?.leave();
  await annaGoesOn();
  await expectOwnStructs();
  expect(found).toEqual({ unexpected: [], stateChanges: [] });
  // It would say nothing if all were refused at the first byte.
  for (const name of ["4400", "saved", "asked", "read"]) expect([name, taken.get(name) ?? 0]).not.toEqual([name, 0]);
}, 36_000_000);

/** Every struct in a row is of a client that belongs to the author of the row. */
async function expectOwnStructs(): Promise<void> {
  const { rows: clients } = await desk.database.owner.query(
    "SELECT client_id::float8 AS client, person_id AS person FROM document_client WHERE document_id = $1",
    [desk.document],
  );
  const owners = new Map(clients.map(({ client, person }) => [client, person]));
  for (const { author, bytes } of (await desk.rows()).slice(1)) {
    for (const { id } of Y.decodeUpdate(bytes).structs) expect(owners.get(id.client)).toBe(author);
  }
}

test("[C10] a connection broken at random, from its first byte on, does nothing to the text and to others", async () => {
  const { cookie } = await desk.someone(["signatory"], "eg");
  const before = await head();
  const seeds = seedsNow(5).map((frame) => Buffer.concat([upgradeOf(cookie), masked(frame)]));
  const connections = Math.ceil(count / 4);
  for (let done = 0; done < connections; done += 20) {
    const batch = Array.from({ length: Math.min(20, connections - done) }, () => callRaw(mutated(chance, seeds)));
    await Promise.all(batch);
  }
  expect(await head()).toBe(before);
  await annaGoesOn();
  const targets = { "frames.unexpected": 0, "frames.stateChanges": 0, "frames.sent": 20_000 };
  const reached = {
    "frames.unexpected": found.unexpected.length,
    "frames.stateChanges": found.stateChanges.length,
    "frames.sent": [...taken.values()].reduce((all, times) => all + times, 0),
    "frames.over250ms": slow,
    "connections.sent": connections,
  };
  leaveReport("fuzz", targets, reached);
  if (process.env.REPORT) console.log(JSON.stringify({ seed, ...Object.fromEntries(taken) }));
}, 36_000_000);

function upgradeOf(cookie: string): Buffer {
  const lines = [
    `GET /collab/${desk.document} HTTP/1.1`,
    "Host: localhost",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    `Origin: ${origin}`,
    `Cookie: ${cookie}`,
    `X-Client-Address: 198.51.100.${chance.below(256)}`,
  ];
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
}

/** One binary frame as a browser writes it, under a mask of zeros. */
function masked(frame: Uint8Array): Buffer {
  const size = frame.length < 126 ? [0x80 | frame.length] : [0x80 | 126, frame.length >> 8, frame.length & 255];
  return Buffer.concat([Buffer.from([0x82, ...size, 0, 0, 0, 0]), frame]);
}

/** Sends the bytes and takes whatever comes, until the other end has had enough or a moment has passed. */
function callRaw(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(desk.server.port, "127.0.0.1", () => socket.write(bytes));
    socket.on("error", () => {});
    socket.on("close", () => resolve());
    socket.resume();
    setTimeout(() => socket.destroy(), 300);
  });
}
