import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { clauses } from "#app/domain/templates/agreement.ts";
import { limits } from "#collab/limits.ts";
import { askFrame } from "#collab/protocol.ts";
import {
  type Client,
  cursor,
  type Desk,
  lettersOf,
  openDesk,
  type SignedInPerson,
  textOf,
  until,
} from "#tests/support/collab.ts";
import { craft, manyClients } from "#tests/support/updates.ts";

const longTexts = clauses
  .flatMap(({ fields }) => fields)
  .filter(({ type }) => type.kind === "longText")
  .slice(0, 8)
  .map(({ name }) => name);

/*
 * [F1] to [F6] are the findings of the handbook's security page, [2.4 n] the rows of the table of frames in its page on
 * collaboration: what to do with each frame of someone who only reads. 1 question, 2 answer, 3 update, 4 cursors,
 * 5 unknown, 6 where the cursors are, 7 bytes behind the message, 8 the server's own messages, 9 a deletion alone.
 * [F6] is in presence.test.ts, where the rest of C8 is.
 */
let desk: Desk;
let anna: SignedInPerson;
let annas: Client;
beforeAll(async () => {
  desk = await openDesk();
  anna = await desk.writer();
  annas = await desk.connect(anna);
  lettersOf(annas.doc).insert(0, "Anna was here. ");
  await annas.allSaved();
});
afterAll(() => desk.close());

/** Nothing of the attack is stored, Anna's socket stands, and what she types next arrives. */
async function unharmed(rowsBefore: number): Promise<void> {
  expect((await desk.rows()).length).toBe(rowsBefore);
  const others = await desk.connect(await desk.writer("eg"));
  lettersOf(annas.doc).insert(0, "still ");
  await annas.allSaved();
  await until(() => textOf(others.doc) === textOf(annas.doc), "the next letters arrive");
  expect(textOf(await desk.stored())).toBe(textOf(annas.doc));
  expect(annas.socket.readyState).toBe(annas.socket.OPEN);
  await others.leave();
}

async function attack(bytes: Uint8Array, as: SignedInPerson): Promise<{ code: number; reason: string }> {
  const client = await desk.connect(as);
  client.honest = false;
  client.update(bytes);
  return await client.closed;
}

const nextClock = () => Y.getState(annas.doc.store, annas.doc.clientID);

describe("under another person's client", () => {
  const forgeries: [what: string, made: () => Uint8Array, code: number][] = [
    [
      "[F1] a small nothing that would swallow what she types next",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ gc: 1_000 }] }]),
      4409,
    ],
    [
      "[F1] an endless nothing",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ gc: 2 ** 40 }] }]),
      4400,
    ],
    [
      "[F1] letters in her name",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ text: "forged", root: "text:en" }] }]),
      4409,
    ],
    [
      "[F1] letters under the client of the starting text",
      () =>
        craft([{ client: 1, clock: Y.getState(annas.doc.store, 1), structs: [{ text: "forged", root: "text:en" }] }]),
      4409,
    ],
  ];
  test.each(forgeries)("[C4] %s", async (_what, made, code) => {
    const before = (await desk.rows()).length;
    expect((await attack(made(), await desk.writer("eg"))).code).toBe(code);
    await unharmed(before);
  });

  test("[C4] the author stored is the session's, also when one client is used after another", async () => {
    const boris = await desk.writer("eg");
    const client = await desk.connect(boris);
    lettersOf(client.doc, 1).insert(0, "first ");
    client.doc.clientID = 4_000_000;
    lettersOf(client.doc, 1).insert(0, "second ");
    await client.allSaved();
    const rows = await desk.rows();
    expect(rows.slice(-1)[0]?.author).toBe(boris.personId);
    const { rows: bound } = await desk.database.owner.query(
      "SELECT client_id FROM document_client WHERE person_id = $1",
      [boris.personId],
    );
    expect(bound.length).toBe(2);
    await client.leave();
  });

  test("[C4] a client that one person wrote under cannot be taken by another, also after a reconnection", async () => {
    const before = (await desk.rows()).length;
    const stolen = new Y.Doc();
    Y.applyUpdate(stolen, Y.encodeStateAsUpdate(annas.doc));
    stolen.clientID = annas.doc.clientID;
    lettersOf(stolen).insert(0, "forged ");
    const thief = await desk.connect(await desk.writer("eg"), stolen);
    expect((await thief.closed).code).toBe(4409);
    await unharmed(before);
  });
});

describe("by someone who only reads", () => {
  const changes: [what: string, change: (doc: Y.Doc) => void][] = [
    ["[2.4 3] letters", (doc) => lettersOf(doc).insert(0, "not mine to write")],
    ["[2.4 9] a deletion, which carries no structs", (doc) => lettersOf(doc).delete(0, 3)],
    ["[2.4 3] a field", (doc) => doc.getMap("fields").set("duration", "P1D")],
  ];
  test.each(changes)("[C2] %s: neither stored nor applied nor sent on", async (_what, change) => {
    const before = (await desk.rows()).length;
    const text = textOf(annas.doc);
    const reader = await desk.connect(await desk.someone(["signatory"], "eg"));
    change(reader.doc);
    expect(await reader.closed).toEqual({ code: 4403, reason: "read-only" });
    expect(textOf(annas.doc)).toBe(text);
    await unharmed(before);
  });

  test("[C2] [2.4 2] in an answer to the server's own question as well", async () => {
    const before = (await desk.rows()).length;
    const offline = new Y.Doc();
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(annas.doc));
    lettersOf(offline).delete(0, 2);
    const reader = await desk.connect(await desk.someone(["translator", "signatory"], "eg"), offline);
    expect(await reader.closed).toEqual({ code: 4403, reason: "read-only" });
    await unharmed(before);
  });

  test("[C2] [2.4 2] what a reader has anyway may be sent: stock clients do", async () => {
    const reader = await desk.connect(await desk.someone(["signatory"], "eg"));
    reader.update(Y.encodeStateAsUpdate(reader.doc));
    lettersOf(annas.doc).insert(0, "read this. ");
    await until(() => textOf(reader.doc) === textOf(annas.doc), "the reader goes on reading");
    await reader.leave();
  });
});

describe("by someone who only reads, beside the text", () => {
  test("[2.4 1] a question is answered with what is stored", async () => {
    const reader = await desk.connect(await desk.someone(["signatory"], "eg"));
    const empty = new Y.Doc();
    reader.doc.on("update", (bytes) => Y.applyUpdate(empty, bytes));
    reader.send(askFrame(Y.encodeStateVector(new Y.Doc())));
    await until(() => textOf(reader.doc) === textOf(annas.doc), "the whole text");
    await reader.leave();
  });

  test("[2.4 4] a cursor is shown without a place, under the reader's own name, and moves nobody else's", async () => {
    const person = await desk.someone(["signatory"], "eg");
    const reader = await desk.connect(person);
    annas.move([{ client: 6_001, clock: 1, state: { cursor } }]);
    await until(() => reader.cursors.has(6_001), "Anna's cursor");
    const before = reader.cursors.get(6_001);
    reader.move([
      { client: 6_001, clock: 2 ** 31, state: null },
      { client: 6_002, clock: 1, state: { user: { id: anna.personId, name: "Anna" }, cursor } },
    ]);
    await until(() => annas.cursors.has(6_002), "the reader's own");
    expect(annas.cursors.get(6_002)?.state).toEqual({ user: expect.objectContaining({ id: person.personId }) });
    expect(reader.cursors.get(6_001)).toEqual(before);
    await reader.leave();
  });

  test("[2.4 6] where the cursors are is answered, and a flood of the question is cut off with 4529", async () => {
    const reader = await desk.connect(await desk.someone(["signatory"], "eg"));
    annas.move([{ client: 6_001, clock: 3, state: { cursor } }]);
    await until(() => reader.cursors.has(6_001), "Anna's cursor");
    reader.cursors.clear();
    reader.send(Uint8Array.of(3));
    await until(() => reader.cursors.has(6_001), "the answer");
    for (let n = 0; n < 200; n++) reader.send(Uint8Array.of(3));
    expect((await reader.closed).code).toBe(4529);
    await unharmed((await desk.rows()).length);
  });
});

const endless = Buffer.from("00010000000001000100010200001602000001fdffffffff7f0000", "hex");

describe("what is built to harm", () => {
  const deep = () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(annas.doc));
    const vector = Y.encodeStateVector(doc);
    let bottom = doc.getXmlFragment("text:en").get(0) as Y.XmlElement;
    for (let n = 0; n < 2_000; n++) {
      const next = new Y.XmlElement("listItem");
      bottom.push([next]);
      bottom = next;
    }
    return Y.encodeStateAsUpdate(doc, vector);
  };
  const hostile: [what: string, made: () => Uint8Array, code: number][] = [
    ["[F2] fifty thousand clients", () => manyClients(50_000), 4413],
    ["[F3] a tree of two thousand levels", deep, 4400],
    ["[F4] an update of no bytes at all, as in yjs/yjs#498", () => new Uint8Array(), 4400],
    ["a hole", () => craft([{ client: 5, clock: 0, structs: [{ skip: 5 }] }]), 4400],
    ["more than a mebibyte", () => new Uint8Array(1024 * 1024 + 100), 4413],
    ["five megabytes", () => new Uint8Array(5 * 1024 * 1024), 4413],
  ];
  test.each(hostile)("[C10] %s closes that socket and touches no one else", async (_what, made, code) => {
    const before = (await desk.rows()).length;
    expect((await attack(made(), await desk.writer("eg"))).code).toBe(code);
    await unharmed(before);
  });

  const frames: [what: string, frame: Uint8Array | string][] = [
    ["words", "hello"],
    ["nothing", new Uint8Array()],
    ["an unknown type [2.4 5]", Uint8Array.of(9)],
    ["a message that only the server sends [2.4 8]", Uint8Array.of(10, 2, 0x7b, 0x7d)],
    ["the server's list of people [2.4 8]", Uint8Array.of(11, 2, 0x7b, 0x7d)],
    ["an answer about rights, which only servers give [2.4 5]", Uint8Array.of(2, 0, 0)],
    ["an unknown step [2.4 5]", Uint8Array.of(0, 5, 0)],
    ["a second message in the frame [2.4 7]", Uint8Array.of(0, 2, 2, 0, 0, 0, 2, 2, 0, 0)],
    ["a length beyond the frame", Uint8Array.of(0, 2, 200, 1)],
    ["a number without an end", Uint8Array.of(0, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255)],
    ["cursors cut short", Uint8Array.of(1, 2, 5, 1)],
  ];
  test.each(frames)("[C10] a frame with %s ends the socket with 4400", async (_what, frame) => {
    const client = await desk.connect(await desk.writer("eg"));
    client.honest = false;
    client.send(frame);
    expect((await client.closed).code).toBe(4400);
  });

  test("[C10] [F1] what she types after a nothing under her client is stored, also for who comes later", async () => {
    const nothing = craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ gc: 16 }] }]);
    expect((await attack(nothing, await desk.writer("eg"))).code).toBe(4409);
    lettersOf(annas.doc).insert(0, "not swallowed ");
    await annas.allSaved();
    const late = await desk.connect(await desk.someone(["signatory"]));
    expect(textOf(late.doc)).toContain("not swallowed");
    expect(textOf(await desk.stored())).toContain("not swallowed");
    await late.leave();
  });

  test("[C10] [F2] while many clients are refused, what others type is stored", async () => {
    const bombs = [2_000, 10_000, 20_000].map(async (clients) => attack(manyClients(clients), await desk.writer("eg")));
    for (let n = 0; n < 20; n++) {
      lettersOf(annas.doc).insert(0, ".");
      await annas.allSaved();
    }
    for (const { code } of await Promise.all(bombs)) expect([4400, 4413]).toContain(code);
    await unharmed((await desk.rows()).length);
  });

  test("[C10] [F5] what cannot be read ends the socket and writes nothing to the console", async () => {
    const said = (["error", "warn", "log"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    const before = (await desk.rows()).length;
    const good = Y.encodeStateAsUpdate(annas.doc);
    for (let n = 0; n < 20; n++) {
      const broken = Uint8Array.from(good.subarray(0, 20 + n * 7));
      broken[n] = 255;
      expect((await attack(broken, anna)).code).toBe(4400);
    }
    const calls = said.map((spy) => spy.mock.calls);
    for (const spy of said) spy.mockRestore();
    expect(calls).toEqual([[], [], []]);
    await unharmed(before);
  });

  test("[C10] [F4] the bytes of yjs/yjs#687, which the second format reads for ever, do nothing", async () => {
    const before = (await desk.rows()).length;
    const client = await desk.connect(await desk.writer("eg"));
    client.honest = false;
    client.update(endless);
    client.answer(endless);
    await client.allSaved();
    await unharmed(before);
    await client.leave();
  });

  test("[C10] something the schema forbids is asked for again, and in the end refused", async () => {
    const before = (await desk.rows()).length;
    const client = await desk.connect(await desk.writer("eg"));
    (client.doc.getXmlFragment("text:en").get(0) as Y.XmlElement).push([new Y.XmlElement("script")]);
    expect((await client.closed).code).toBe(4400);
    expect(client.questions).toBeGreaterThan(2);
    await unharmed(before);
  });

  test("[C10] a flood of updates is cut off with 4529", async () => {
    const client = await desk.connect(await desk.writer("eg"));
    client.honest = false;
    for (let n = 0; n < 2_000; n++) client.update(Uint8Array.of(0, 0));
    expect((await client.closed).code).toBe(4529);
  });

  test("[C10] a reader that stops reading is cut off before it costs memory", async () => {
    // A small limit, so that the cut comes before the heartbeat finds the same socket dead.
    const usual = limits.buffered;
    limits.buffered = 256 * 1024;
    const slow = await desk.connect(await desk.someone(["signatory"], "eg"));
    slow.socket.pause();
    const refusedAsSlow = async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${desk.server.metricsPort}/metrics`)).text();
      return metrics.includes('collab_refused_total{reason="slow"} 1');
    };
    // Each stays under the limit of one connection; together they send more than the kernel and the server keep.
    for (let writer = 0; writer < 5 && !(await refusedAsSlow()); writer++) {
      const filler = await desk.connect(await desk.writer("eg"));
      for (let n = 0; n < 12 && !(await refusedAsSlow()); n++) {
        filler.doc.transact(() => {
          for (const name of longTexts) filler.doc.getMap("fields").set(name, `${n} ${"x".repeat(59_000)}`);
        });
        await filler.allSaved();
      }
      await filler.leave();
    }
    limits.buffered = usual;
    expect(await refusedAsSlow()).toBe(true);
    slow.socket.terminate();
    await unharmed((await desk.rows()).length);
  });

  test("[C10] [F4] no function of the second format is used on bytes from outside", () => {
    const sources = ["collab-server", "app/domain/documents"].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith(".ts"))
        .map((name) => readFileSync(`${folder}/${name}`, "utf8")),
    );
    expect(sources.length).toBeGreaterThan(20);
    // The one exception joins two that the copy itself has just made.
    for (const source of sources)
      expect(source.replace("Y.mergeUpdates([bytes, made])", "")).not.toMatch(/V2\(|mergeUpdates\(/);
  });
});
