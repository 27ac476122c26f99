import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "#app/platform/ids.ts";
import { type Desk, knock, openDesk, origin, type SignedInPerson } from "#tests/support/collab.ts";
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
