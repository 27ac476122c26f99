import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { newId } from "#app/platform/ids.ts";
import {
  Client,
  type Desk,
  knock,
  lettersOf,
  openDesk,
  origin,
  type SignedInPerson,
  textOf,
} from "#tests/support/collab.ts";
import { addColleague } from "#tests/support/team.ts";

let desk: Desk;
let writer: SignedInPerson;
beforeAll(async () => {
  desk = await openDesk();
  writer = await desk.writer();
});
afterAll(() => desk.close());

const address = () => `${desk.url}/${desk.document}`;

test("[C1] a member with a session comes in, as writer or reader", async () => {
  expect(await knock(address(), writer.cookie)).toBe(101);
  expect(await knock(address(), (await desk.someone(["signatory"])).cookie)).toBe(101);
});

test.each([
  ["no Origin", ""],
  ["another Origin", "http://evil.example"],
  ["an Origin that only begins alike", "http://localhost:30001"],
])("[C1] %s is refused with 403", async (_what, from) => {
  expect(await knock(address(), writer.cookie, from)).toBe(403);
});

test.each([
  ["no cookie", null],
  ["a made-up session", "jit-session=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
])("[C1] %s is refused with 401", async (_what, cookie) => {
  expect(await knock(address(), cookie)).toBe(401);
});

test("[C1] a session that has ended, or rested for half an hour, is refused with 401", async () => {
  const [ended, idle] = [await desk.writer(), await desk.writer()];
  const { owner } = desk.database;
  await owner.query("UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE id = $1", [idle.sessionId]);
  await endBehindTheBack(ended.sessionId);
  expect(await knock(address(), idle.cookie)).toBe(401);
  expect(await knock(address(), ended.cookie)).toBe(401);
});

test("[C1] a member who may not read the text is refused with 403", async () => {
  expect(await knock(address(), (await desk.someone(["evidence_custodian"])).cookie)).toBe(403);
});

test("[C1] who is not a member learns nothing: the same 404 for this text, another and nonsense", async () => {
  const stranger = await desk.signIn(await addColleague(desk.database.owner, desk.team.offices.nl));
  expect(await knock(address(), stranger.cookie)).toBe(404);
  expect(await knock(`${desk.url}/${newId()}`, stranger.cookie)).toBe(404);
  expect(await knock(`${desk.url}/nonsense`, stranger.cookie)).toBe(404);
});

test("[C4] words that a tab holds of another person, or of another edition, are sent away unread", async () => {
  const before = (await desk.rows()).length;
  const other = await desk.writer("eg");
  const held = `${address()}?person=${writer.personId}&epoch=1`;
  for (const [url, cookie, closing] of [
    [held, other.cookie, { code: 4401, reason: "session" }],
    [`${address()}?person=${writer.personId}&epoch=2`, writer.cookie, { code: 4409, reason: "rebuilt" }],
    [`${address()}?epoch=`, writer.cookie, { code: 4409, reason: "rebuilt" }],
  ] as const) {
    const client = new Client(url, cookie);
    client.doc.getMap("fields").set("placeOfSigning", "Elsewhere");
    await client.opened;
    client.update(Y.encodeStateAsUpdate(client.doc));
    expect(await client.closed).toEqual(closing);
  }
  expect((await desk.rows()).length).toBe(before);
});

test("[C4] what was kept under the client of an earlier tab is stored as its person's, and nobody else brings it", async () => {
  const doc = new Y.Doc();
  const first = await desk.connect(writer, doc);
  lettersOf(doc).insert(0, "Sent. ");
  await first.allSaved();
  await first.leave();
  lettersOf(doc).insert(0, "Kept on the device. ");
  const reloaded = () => {
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return copy;
  };
  const other = await desk.writer("eg");
  const thief = new Client(`${address()}?person=${other.personId}&epoch=1`, other.cookie, reloaded());
  expect(await thief.closed).toEqual({ code: 4409, reason: "not-yours" });
  const before = (await desk.rows()).length;
  const back = new Client(`${address()}?person=${writer.personId}&epoch=1`, writer.cookie, reloaded());
  await back.synced;
  await back.allSaved();
  const added = (await desk.rows()).slice(before);
  expect(added.map(({ author }) => author)).toEqual([writer.personId]);
  expect(textOf(await desk.stored()).split("Kept on the device.").length).toBe(2);
  await back.leave();
});

test("[C10] too many at once from one address are refused, and no one else is", async () => {
  const answers = new Set<number>();
  for (let n = 0; n < 60 && !answers.has(429); n++) {
    const knocks = Array.from({ length: 20 }, () => knock(address(), null, origin, "192.0.2.1"));
    for (const answer of await Promise.all(knocks)) answers.add(answer);
  }
  expect(answers).toEqual(new Set([401, 429]));
  expect(await knock(address(), null, origin, "192.0.2.2")).toBe(401);
});

async function endBehindTheBack(session: string): Promise<void> {
  const client = await desk.database.owner.connect();
  await client.query("BEGIN");
  await client.query("UPDATE session SET revoked_at = now() WHERE id = $1", [session]);
  await client.query(`SELECT audit.append('00000000-0000-0000-0000-000000000000', '{"action":"session.end"}', '{}')`);
  await client.query("COMMIT");
  client.release();
}

test("the process says that it lives, is ready, and what it counts", async () => {
  const base = desk.url.replace("ws:", "http:").replace("/collab", "");
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
  const metrics = await (await fetch(`http://127.0.0.1:${desk.server.metricsPort}/metrics`)).text();
  expect(metrics).toContain("collab_connections");
  expect(metrics).toMatch(/collab_refused_total\{reason="http 404"\} 3/);
});
