import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { clauses } from "#app/domain/templates/agreement.ts";
import { limits } from "#collab/limits.ts";
import {
  type Client,
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
      "F1: a small nothing that would swallow what she types next",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ gc: 1_000 }] }]),
      4409,
    ],
    [
      "F1: an endless nothing",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ gc: 2 ** 40 }] }]),
      4400,
    ],
    [
      "letters in her name",
      () => craft([{ client: annas.doc.clientID, clock: nextClock(), structs: [{ text: "forged", root: "text:en" }] }]),
      4409,
    ],
    [
      "letters under the client of the starting text",
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
    ["letters", (doc) => lettersOf(doc).insert(0, "not mine to write")],
    ["a deletion, which carries no structs", (doc) => lettersOf(doc).delete(0, 3)],
    ["a field", (doc) => doc.getMap("fields").set("duration", "P1D")],
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

  test("[C2] in an answer to the server's own question as well", async () => {
    const before = (await desk.rows()).length;
    const offline = new Y.Doc();
    Y.applyUpdate(offline, Y.encodeStateAsUpdate(annas.doc));
    lettersOf(offline).delete(0, 2);
    const reader = await desk.connect(await desk.someone(["translator", "signatory"], "eg"), offline);
    expect(await reader.closed).toEqual({ code: 4403, reason: "read-only" });
    await unharmed(before);
  });

  test("[C2] what a reader has anyway may be sent: stock clients do", async () => {
    const reader = await desk.connect(await desk.someone(["signatory"], "eg"));
    reader.update(Y.encodeStateAsUpdate(reader.doc));
    lettersOf(annas.doc).insert(0, "read this. ");
    await until(() => textOf(reader.doc) === textOf(annas.doc), "the reader goes on reading");
    await reader.leave();
  });
});

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
    ["F2: fifty thousand clients", () => manyClients(50_000), 4413],
    ["F3: a tree of two thousand levels", deep, 4400],
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
    ["an unknown type", Uint8Array.of(9)],
    ["a message that only the server sends", Uint8Array.of(10, 2, 0x7b, 0x7d)],
    ["the server's list of people", Uint8Array.of(11, 2, 0x7b, 0x7d)],
    ["an answer about rights, which only servers give", Uint8Array.of(2, 0, 0)],
    ["an unknown step", Uint8Array.of(0, 5, 0)],
    ["a second message in the frame", Uint8Array.of(0, 2, 2, 0, 0, 0, 2, 2, 0, 0)],
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

  test("[C10] F4: no function of the second format is used on bytes from outside", () => {
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
