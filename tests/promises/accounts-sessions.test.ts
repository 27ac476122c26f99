import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changePassword } from "#app/domain/accounts/password.server.ts";
import { disablePerson } from "#app/domain/accounts/people.server.ts";
import { findSignedIn, hashOfToken } from "#app/domain/accounts/session.server.ts";
import { endOtherSessions, endOwnSession, listSessions } from "#app/domain/accounts/sessions.server.ts";
import { signIn, signOut } from "#app/domain/accounts/sign-in.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { addAccount, asOwner, sent, signInAs, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addOffice, type Colleague, type Office } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let office: Office;
let person: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
  office = await addOffice(fresh.owner, "KZ");
});
afterAll(() => fresh.drop());

const minutes = (count: number) => count * 60_000;
const later = <T>(ms: number, work: () => Promise<T>) => atInstant(new Date(Date.now() + ms), work);
const isIn = async (cookie: string) => (await findSignedIn(cookie)) !== null;
async function newPerson(): Promise<Colleague> {
  person = await addAccount(fresh.owner, office);
  return person;
}
async function rowOf(cookie: string) {
  const id = hashOfToken(cookie.split("=")[1] ?? "");
  const { rows } = await fresh.owner.query("SELECT * FROM session WHERE id = $1", [id]);
  return rows[0];
}

describe("how long a session lives", () => {
  test("29:59 without work is not too long, 30:00 is; coming back then is no error", async () => {
    const { cookie } = await signInAs(await newPerson());
    const { last_seen_at: seen } = await rowOf(cookie);
    const at = (ms: number) => atInstant(new Date(seen.getTime() + ms), () => findSignedIn(cookie));
    expect(await at(minutes(30))).toBeNull();
    expect(await at(minutes(30) - 1000)).not.toBeNull();
    // that was work, so the half hour starts anew
    expect(await at(minutes(59))).not.toBeNull();
  });

  test("a row that has been idle for real is simply signed out", async () => {
    const { cookie } = await signInAs(await newPerson());
    await fresh.owner.query("UPDATE session SET last_seen_at = now() - interval '31 minutes' WHERE person_id = $1", [
      person.personId,
    ]);
    expect(await findSignedIn(cookie)).toBeNull();
    expect((await rowOf(cookie)).revoked_at).toBeNull();
  });

  test("after twelve hours it ends, whatever happens in them", async () => {
    const { cookie } = await signInAs(await newPerson());
    for (let passed = 20; passed < 12 * 60; passed += 20) {
      expect(await later(minutes(passed), () => isIn(cookie))).toBe(true);
    }
    expect(await later(minutes(12 * 60) + 1, () => isIn(cookie))).toBe(false);
  });

  test("being seen is written at most once a minute", async () => {
    const { cookie } = await signInAs(await newPerson());
    const first = (await rowOf(cookie)).last_seen_at;
    await later(minutes(0.9), () => isIn(cookie));
    expect((await rowOf(cookie)).last_seen_at).toEqual(first);
    await later(minutes(1.1), () => isIn(cookie));
    expect((await rowOf(cookie)).last_seen_at.getTime()).toBeGreaterThan(first.getTime() + minutes(1));
  });
});

describe("a session ends at once", () => {
  test("at sign-out, and whoever listens is told", async () => {
    const { cookie, actor } = await signInAs(await newPerson());
    const heard: string[] = [];
    const client = await fresh.owner.connect();
    client.on("notification", ({ payload }) => heard.push(payload ?? ""));
    await client.query("LISTEN session");
    await signOut(actor);
    expect(await isIn(cookie)).toBe(false);
    await client.query("SELECT 1");
    expect(heard).toEqual([actor.sessionId]);
    client.release(true);
  });

  test("when the person ends it from another browser, and only the own ones", async () => {
    const here = await signInAs(await newPerson());
    const there = await signInAs(person, "Safari · iPhone");
    const stranger = await signInAs(await newPerson());
    const lines = await listSessions(here.actor);
    expect(lines.map(({ device, current }) => [device, current]).sort()).toEqual([
      ["Firefox · Linux", true],
      ["Safari · iPhone", false],
    ]);
    const keyOf = (id: string | null) => id?.slice(0, 16) ?? "";
    for (const key of [
      keyOf(stranger.actor.sessionId),
      "",
      "0".repeat(16),
      "%",
      "\u0000".repeat(16),
      keyOf(there.actor.sessionId).slice(1),
    ]) {
      await expect(endOwnSession(here.actor, key)).rejects.toMatchObject({ name: "NotFound" });
    }
    await endOwnSession(here.actor, keyOf(there.actor.sessionId));
    expect(await Promise.all([here, there, stranger].map(({ cookie }) => isIn(cookie)))).toEqual([true, false, true]);
  });

  test("all others, when the person says so or changes the password", async () => {
    const here = await signInAs(await newPerson());
    const others = [await signInAs(person), await signInAs(person)];
    expect(await endOtherSessions(here.actor)).toBe(2);
    const late = await signInAs(person);
    await changePassword(here.actor, { currentPassword: testPassword, password: "three white storks at noon" });
    expect(await isIn(here.cookie)).toBe(true);
    for (const { cookie } of [...others, late]) expect(await isIn(cookie)).toBe(false);
  });

  test("when the account is closed", async () => {
    const admin = await addAccount(fresh.owner, office, { globalRoles: ["user_admin"] });
    const { cookie } = await signInAs(await newPerson());
    await disablePerson(admin, person.personId);
    expect(await isIn(cookie)).toBe(false);
  });

  test("the oldest of six", async () => {
    await newPerson();
    const all: string[] = [];
    for (let count = 0; count < 6; count++) all.push((await signInAs(person)).cookie);
    expect(await Promise.all(all.map(isIn))).toEqual([false, true, true, true, true, true]);
  });

  test("signing in again makes a new token and ends the one the browser had", async () => {
    const before = await signInAs(await newPerson());
    const { cookie } = await signIn(
      { email: person.email, password: testPassword },
      { address: "192.0.2.1", device: "", session: before.actor.sessionId },
    );
    expect(sent(cookie)).not.toBe(before.cookie);
    expect([await isIn(before.cookie), await isIn(sent(cookie))]).toEqual([false, true]);
  });
});

describe("the cookie", () => {
  test("is for this host and for pages only, and dies with the session", async () => {
    const { cookie } = await signIn(
      { email: (await newPerson()).email, password: testPassword },
      { address: "192.0.2.1", device: "" },
    );
    expect(cookie).toMatch(/^jit-session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=\/; SameSite=Lax$/);
    process.env.PUBLIC_ORIGIN = "https://jit.example";
    try {
      const secure = await signIn(
        { email: person.email, password: testPassword },
        { address: "192.0.2.1", device: "" },
      );
      expect(secure.cookie).toMatch(
        /^__Host-jit-session=[\w-]{43}; HttpOnly; Max-Age=43200; Path=\/; SameSite=Lax; Secure$/,
      );
      // a cookie without the prefix, which another host of the domain could have set, is not taken
      expect(await isIn(sent(secure.cookie).replace("__Host-", ""))).toBe(false);
      expect(await isIn(sent(secure.cookie))).toBe(true);
    } finally {
      delete process.env.PUBLIC_ORIGIN;
    }
  });

  test("cannot be made from what the database holds", async () => {
    const { cookie, actor } = await signInAs(await newPerson());
    const { rows } = await fresh.owner.query("SELECT * FROM session WHERE person_id = $1", [person.personId]);
    const dump = JSON.stringify(rows);
    expect(dump).not.toContain(cookie.split("=")[1]);
    for (const kept of [actor.sessionId, actor.sessionId?.slice(0, 43)])
      expect(await isIn(`jit-session=${kept}`)).toBe(false);
  });

  test.each([
    null,
    "",
    "jit-session",
    "jit-session=",
    "jit-session=%",
    `jit-session=${"a".repeat(43)}`,
    `jit-session=${"a".repeat(100_000)}`,
    "jit-session=\u0000'; DROP TABLE session; --",
  ])("%j opens nothing", async (header) => {
    expect(await findSignedIn(header)).toBeNull();
  });

  test("is read beside cookies of others that nobody can decode", async () => {
    const { cookie } = await signInAs(await newPerson());
    expect(await isIn(`a=%; =; b; ${cookie}; c=%E0%A4%A`)).toBe(true);
  });
});

describe("when the database does not answer", () => {
  test("nobody is taken for signed out, nobody for signed in", async () => {
    const { cookie, actor } = await signInAs(await newPerson());
    await fresh.owner.query("REVOKE SELECT, UPDATE ON session FROM jit_runtime");
    try {
      await expect(findSignedIn(cookie)).rejects.toThrow();
      await expect(signOut(actor)).rejects.toThrow();
    } finally {
      await fresh.owner.query("GRANT SELECT, UPDATE ON session TO jit_runtime");
    }
    expect(await isIn(cookie)).toBe(true);
  });
});

test("the runtime login cannot delete sessions or move their end without an entry", async () => {
  await signInAs(await newPerson());
  const { default: pg } = await import("pg");
  const runtime = new pg.Client(fresh.url);
  await runtime.connect();
  const refused = (sql: string) => expect(runtime.query(sql, [person.personId])).rejects.toThrow();
  await refused("DELETE FROM session WHERE person_id = $1");
  await refused("UPDATE session SET expires_at = now() + interval '1 year' WHERE person_id = $1");
  await refused("UPDATE session SET revoked_at = NULL WHERE person_id = $1");
  await refused("UPDATE person SET global_roles = '{user_admin}' WHERE id = $1");
  await refused("UPDATE person SET password_hash = NULL WHERE id = $1");
  await runtime.end();
  await asOwner(fresh.owner, "UPDATE session SET revoked_at = now() WHERE person_id = $1", [person.personId]);
});
