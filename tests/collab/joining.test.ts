import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "#collab/limits.ts";
import { Client, type Desk, lettersOf, openDesk, textOf, until } from "#tests/support/collab.ts";

let desk: Desk;
const usual = { rows: limits.snapshotRows, person: limits.perPersonAndDocument, all: limits.perPerson };
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  Object.assign(limits, { snapshotRows: usual.rows, perPersonAndDocument: usual.person, perPerson: usual.all });
  await desk.close();
});

test("a hundred people open the text at once and all see what is typed next", async () => {
  Object.assign(limits, { perPersonAndDocument: 200, perPerson: 200 });
  const [writer, reader] = [await desk.writer(), await desk.someone(["signatory"], "eg")];
  const writing = await desk.connect(writer);
  const readers = Array.from({ length: 100 }, () => new Client(`${desk.url}/${desk.document}`, reader.cookie));
  await Promise.all(readers.map((each) => each.synced));
  lettersOf(writing.doc).insert(0, "welcome, all hundred of you ");
  await until(() => readers.every((each) => textOf(each.doc) === textOf(writing.doc)), "all hundred have it");
  await Promise.all([writing, ...readers].map((each) => each.leave()));
});

test("the twenty-first socket of one person on one text is refused with 429", async () => {
  limits.perPersonAndDocument = 2;
  const writer = await desk.writer();
  const two = [await desk.connect(writer), await desk.connect(writer)];
  const third = new Client(`${desk.url}/${desk.document}`, writer.cookie);
  third.opened.catch(() => {});
  await third.closed;
  expect(third.people).toEqual([]);
  for (const each of two) await each.leave();
  limits.perPersonAndDocument = usual.person;
});

test("[C12] a snapshot is made from the rows, holds what they hold, and replaces none of them", async () => {
  limits.snapshotRows = 20;
  const client = await desk.connect(await desk.writer());
  for (let n = 0; n < 30; n++) {
    lettersOf(client.doc, 8).insert(0, `${n} `);
    await client.allSaved();
  }
  const { owner } = desk.database;
  const snapshots = async () =>
    (await owner.query("SELECT sequence, state FROM document_snapshot ORDER BY sequence")).rows;
  await until(async () => (await snapshots()).length > 0, "a snapshot");
  const [snapshot] = await snapshots();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, snapshot.state);
  expect(textOf(doc)).toBe(textOf(await desk.stored(snapshot.sequence)));
  const { rows } = await owner.query("SELECT count(*)::int AS rows, max(sequence) AS last FROM document_update");
  expect(rows[0].rows).toBe(rows[0].last);
  await client.leave();
});
