import { afterAll, beforeAll, expect, test } from "vitest";
import { type Client, cursor, type Desk, openDesk, type SignedInPerson, until } from "#tests/support/collab.ts";

let desk: Desk;
let anna: SignedInPerson;
let boris: SignedInPerson;
beforeAll(async () => {
  desk = await openDesk();
  [anna, boris] = [await desk.writer(), await desk.writer("eg")];
});
afterAll(() => desk.close());

function stateOf(client: Client, cursor: number): { cursor?: unknown } {
  return client.cursors.get(cursor)?.state ?? {};
}

test("[C8] [F6] the server says whose a cursor is, whatever the client says", async () => {
  const [annas, boriss] = [await desk.connect(anna), await desk.connect(boris)];
  boriss.move([{ client: 222, clock: 1, state: { user: { name: "Anna", id: anna.personId }, cursor, admin: true } }]);
  await until(() => annas.cursors.has(222), "the cursor");
  expect(annas.cursors.get(222)?.state).toEqual({
    user: { id: boris.personId, name: "Ayşe Őz", state: "EG", ink: 2 },
    cursor,
  });
  await Promise.all([annas.leave(), boriss.leave()]);
});

test("[C8] [F6] nobody moves or erases another's cursor, and no clock hides it", async () => {
  const [annas, boriss] = [await desk.connect(anna), await desk.connect(boris)];
  const watching = await desk.connect(await desk.someone(["signatory"]));
  annas.move([{ client: 111, clock: 1, state: { cursor } }]);
  boriss.move([{ client: 222, clock: 1, state: { cursor } }]);
  await until(() => watching.cursors.has(111) && watching.cursors.has(222), "both cursors");
  const before = watching.cursors.get(111);
  boriss.move([{ client: 111, clock: 2 ** 30, state: { user: { name: "x" }, cursor: null } }]);
  boriss.move([{ client: 111, clock: 2 ** 31, state: null }]);
  // An echo of somebody else's state, as stock clients send it, with the own one in the same frame.
  boriss.move([
    { client: 111, clock: 5, state: { cursor: null } },
    { client: 222, clock: 2, state: { cursor: null } },
  ]);
  await until(() => stateOf(watching, 222).cursor === null, "the own cursor moved");
  expect(watching.cursors.get(111)).toEqual(before);
  annas.move([{ client: 111, clock: 2, state: { cursor: null } }]);
  await until(() => stateOf(watching, 111).cursor === null, "Anna still moves hers");
  await Promise.all([annas.leave(), boriss.leave(), watching.leave()]);
});

test("[C8] a cursor goes with its connection, and an echo does not revive it", async () => {
  const [annas, boriss] = [await desk.connect(anna), await desk.connect(boris)];
  annas.move([{ client: 333, clock: 1, state: { cursor } }]);
  await until(() => boriss.cursors.has(333), "the cursor");
  await annas.leave();
  await until(() => !boriss.cursors.has(333), "the cursor goes");
  boriss.move([{ client: 333, clock: 9, state: { cursor } }]);
  boriss.move([{ client: 444, clock: 1, state: { cursor } }]);
  const late = await desk.connect(await desk.someone(["signatory"]));
  await until(() => late.cursors.has(444), "Boris's own");
  expect(late.cursors.has(333)).toBe(false);
  await Promise.all([boriss.leave(), late.leave()]);
});

test("[C8] everybody sees who is here, readers too, though without a cursor", async () => {
  const reader = await desk.someone(["signatory"]);
  const [annas, readers] = [await desk.connect(anna), await desk.connect(reader)];
  readers.move([{ client: 555, clock: 1, state: { cursor } }]);
  await until(() => annas.people.length === 2 && annas.cursors.has(555), "two people");
  expect(annas.cursors.get(555)?.state).toEqual({ user: expect.objectContaining({ id: reader.personId }) });
  expect(annas.people).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: anna.personId, writes: true, state: "KZ" }),
      expect.objectContaining({ id: reader.personId, writes: false }),
    ]),
  );
  await readers.leave();
  await until(() => annas.people.length === 1, "one left");
  await annas.leave();
});
