import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { type Desk, lettersOf, openDesk, stockClient, textOf, until } from "#tests/support/collab.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

test("[C3] what a reader is sent is stored by then, with its author", async () => {
  const [anna, boris] = [await desk.writer(), await desk.someone(["signatory"], "eg")];
  const [writing, reading] = [await desk.connect(anna), await desk.connect(boris)];
  const unstored: string[] = [];
  const checks: Promise<void>[] = [];
  reading.doc.on("update", (bytes: Uint8Array) => {
    const check = async () => {
      const stored = await desk.stored();
      const before = Y.encodeStateVector(stored);
      Y.applyUpdate(stored, bytes);
      if (!Buffer.from(before).equals(Buffer.from(Y.encodeStateVector(stored)))) unstored.push("seen before stored");
    };
    checks.push(check());
  });
  for (const letter of "stored first") lettersOf(writing.doc).insert(0, letter);
  await writing.allSaved();
  await until(() => textOf(reading.doc) === textOf(writing.doc), "the reader has it all");
  await Promise.all(checks);
  expect(checks.length).toBeGreaterThan(0);
  expect(unstored).toEqual([]);
  const rows = await desk.rows();
  expect(rows.slice(1).every((row) => row.author === anna.personId)).toBe(true);
  await Promise.all([writing.leave(), reading.leave()]);
});

test("[C9] stock clients that worked apart hold the same text once both are connected", async () => {
  const [anna, boris] = [await desk.writer(), await desk.writer("eg")];
  const [one, two] = [stockClient(desk, anna), stockClient(desk, boris)];
  await until(() => one.provider.synced && two.provider.synced, "both synced");
  one.provider.disconnect();
  two.provider.disconnect();
  lettersOf(one.doc, 2).insert(0, "written apart by one ");
  lettersOf(two.doc, 2).insert(0, "written apart by two ");
  lettersOf(two.doc, 3).delete(0, 1);
  one.provider.connect();
  two.provider.connect();
  await until(() => textOf(one.doc) === textOf(two.doc) && textOf(one.doc).includes("by two"), "the same text");
  await until(async () => textOf(await desk.stored()) === textOf(one.doc), "stored");
  expect(textOf(one.doc)).toContain("by one");
  one.provider.destroy();
  two.provider.destroy();
});

test("[C11] the starting text is row 1 of the history and comes to everybody once", async () => {
  const [first] = await desk.rows();
  expect(first).toMatchObject({ sequence: 1, author: null });
  const beginning = await desk.stored(1);
  const clients = await Promise.all(
    [await desk.writer(), await desk.writer("eg")].map((person) => desk.connect(person)),
  );
  for (const client of clients) {
    expect(client.doc.getXmlFragment("text:en").length).toBe(beginning.getXmlFragment("text:en").length);
    await client.leave();
  }
});

test("[C12] every past state can be rebuilt, and every letter has an author", async () => {
  const anna = await desk.writer();
  const client = await desk.connect(anna);
  const seen: string[] = [];
  const sequences: number[] = [];
  for (const word of ["one", "two", "three"]) {
    lettersOf(client.doc, 5).insert(0, `${word} `);
    await client.allSaved();
    sequences.push(client.saved.sequence);
    seen.push(textOf(client.doc));
  }
  for (const [index, sequence] of sequences.entries()) expect(textOf(await desk.stored(sequence))).toBe(seen[index]);
  const { rows } = await desk.database.owner.query(
    "SELECT client_id, person_id FROM document_client WHERE client_id = $1",
    [client.doc.clientID],
  );
  expect(rows).toEqual([{ client_id: String(client.doc.clientID), person_id: anna.personId }]);
  await client.leave();
});

test("letters typed and taken back within one batch are still in the history", async () => {
  const client = await desk.connect(await desk.writer());
  client.doc.transact(() => lettersOf(client.doc, 6).insert(0, "regretted"));
  lettersOf(client.doc, 6).delete(0, 9);
  await client.allSaved();
  const rows = await desk.rows();
  expect(Buffer.concat(rows.map((row) => row.bytes)).includes("regretted")).toBe(true);
  await client.leave();
});
