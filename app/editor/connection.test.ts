import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textName } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { Wire } from "#tests/support/wire.ts";
import { Connection, type Page } from "./connection.ts";
import type { ConnectionState } from "./connection-state.ts";

// The browser has it; Node 20 does not.
globalThis.WebSocket ??= WebSocket as unknown as typeof globalThis.WebSocket;

const aigul = { id: "aigul", name: "Айгүл", latinName: "Aigul", state: "KZ", ink: 1 };
let wire: Wire;
const open: Connection[] = [];

beforeEach(async () => {
  const doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  wire = await Wire.start(doc, () => aigul);
});

afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await wire.stop();
});

function connect(address = wire.address, page: Page = {}): Connection {
  const connection = new Connection(`${address}/collab`, "some-text", new Y.Doc(), page);
  open.push(connection);
  connection.open();
  return connection;
}

/** Waits until the state is so. Ends with the test's own time limit when it never is. */
function until(connection: Connection, holds: (state: ConnectionState) => boolean): Promise<ConnectionState> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds(connection.getState())) return;
      stop();
      resolve(connection.getState());
    };
    const stop = connection.subscribe(look);
    look();
  });
}

function firstParagraph(doc: Y.Doc): Y.XmlText {
  const clause = doc.getXmlFragment(textName("en")).get(0) as Y.XmlElement;
  const found = (clause.get(1) as Y.XmlElement).toArray().find((child) => child instanceof Y.XmlText);
  return found as Y.XmlText;
}

const opened = (connection: Connection) => until(connection, (state) => state.phase === "open");

describe("the way to the server", () => {
  test("opens, brings the text and says who is here", async () => {
    const connection = connect();
    const { people } = await until(connection, (state) => state.phase === "open" && state.people.length === 1);
    expect(people).toEqual([{ ...aigul, writes: true }]);
    expect(connection.doc.getXmlFragment(textName("en")).length).toBe(29);
  });

  test("says saved only after everything typed here is confirmed", async () => {
    const connection = connect();
    await opened(connection);
    wire.confirming = false;
    firstParagraph(connection.doc).insert(0, "Silence is not consent. ");
    expect(connection.getState().unsaved).toBe(true);
    await arrived("Silence is not consent.");
    expect(connection.getState().unsaved).toBe(true);
    wire.confirm();
    const { savedAt } = await until(connection, (state) => !state.unsaved);
    expect(savedAt).toBe("2026-11-23T10:42:00.000Z");
  });

  test("draws nothing anew for a letter but whether it is saved", async () => {
    const connection = connect();
    await until(connection, (state) => state.phase === "open" && state.people.length === 1);
    const standing = connection.getStanding();
    firstParagraph(connection.doc).insert(0, "A");
    await until(connection, (state) => !state.unsaved && state.savedAt !== null);
    expect(connection.getStanding()).toBe(standing);
    wire.drop();
    await until(connection, (state) => state.phase === "offline");
    expect(connection.getStanding()).toMatchObject({ phase: "offline", people: [] });
  });

  test("sends again what was typed without a connection, and only then says saved", async () => {
    const connection = connect();
    await opened(connection);
    wire.drop();
    await until(connection, (state) => state.phase === "offline");
    firstParagraph(connection.doc).insert(0, "Typed on a train. ");
    expect(connection.unsentText()).toBe("Typed on a train.");
    await until(connection, (state) => state.phase === "open" && !state.unsaved);
    expect(firstParagraph(wire.doc).toString()).toContain("Typed on a train.");
    expect(connection.unsentText()).toBe("");
  });

  test("is not saved before an erasure made without a connection has arrived", async () => {
    const connection = connect();
    await opened(connection);
    const length = firstParagraph(wire.doc).length;
    wire.drop();
    await until(connection, (state) => state.phase === "offline");
    firstParagraph(connection.doc).delete(0, 4);
    await until(connection, (state) => !state.unsaved);
    expect(firstParagraph(wire.doc).length).toBe(length - 4);
  });

  test("says offline when the server cannot be reached at all, and opens as soon as it can", async () => {
    const { port } = new URL(wire.address);
    const { doc } = wire;
    await wire.stop();
    const connection = connect(`ws://127.0.0.1:${port}`);
    const { loaded } = await until(connection, (state) => state.phase === "offline");
    expect(loaded).toBe(false);
    wire = await Wire.start(doc, () => aigul, Number(port));
    expect((await opened(connection)).loaded).toBe(true);
  });

  test("a browser is not told why a door stays shut: the page asks, and hears that the session ended", async () => {
    const { address } = wire;
    await wire.stop();
    const connection = connect(address, { askDoor: () => Promise.resolve("session") });
    expect((await until(connection, ({ phase }) => phase === "ended")).ended).toBe("session");
  });

  test("tells the page when what the person may do has changed", async () => {
    let told = 0;
    const connection = connect(wire.address, { roleChanged: () => told++ });
    await opened(connection);
    wire.cut(4510, "role-changed");
    await until(connection, (state) => state.phase === "offline");
    await opened(connection);
    expect(told).toBe(1);
  });

  test.each([
    [4401, "session", "session"],
    [4403, "access", "access"],
    [4403, "read-only", "read-only"],
    [4404, "gone", "gone"],
    [4409, "rebuilt", "rebuilt"],
    [4413, "too-large", "too-large"],
    [4426, "", "old-editor"],
    [4400, "malformed", "refused"],
    [4499, "not known yet", "refused"],
  ])("%i %s ends it for good, and what was not stored is still there", async (code, reason, ended) => {
    const connection = connect();
    await opened(connection);
    wire.confirming = false;
    firstParagraph(connection.doc).insert(0, "Not stored. ");
    wire.cut(code, reason);
    const state = await until(connection, ({ phase }) => phase === "ended");
    expect(state).toMatchObject({ ended, unsaved: true, people: [] });
    expect(connection.unsentText()).toBe("Not stored.");
  });

  test.each([1012, 4500, 4503, 4508, 4510, 4529])("%i lets it come back", async (code) => {
    const connection = connect();
    await opened(connection);
    wire.cut(code, "");
    await until(connection, (state) => state.phase === "offline");
    await opened(connection);
  });
});

async function arrived(words: string): Promise<void> {
  if (firstParagraph(wire.doc).toString().includes(words)) return;
  await new Promise<void>((resolve) => {
    wire.doc.on("update", () => firstParagraph(wire.doc).toString().includes(words) && resolve());
  });
}
