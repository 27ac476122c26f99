import { hash } from "@node-rs/argon2";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { confirmPassword, hashesComputed, hashPassword } from "#app/domain/accounts/password.server.ts";
import { SignIn, signIn } from "#app/domain/accounts/sign-in.server.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { action } from "#app/routes/_index.tsx";
import { addAccount, asOwner, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addColleague, addOffice, type Colleague, type Office } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let office: Office;
let person: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
  office = await addOffice(fresh.owner, "KZ");
  person = await addAccount(fresh.owner, office);
});
beforeEach(() => fresh.owner.query("DELETE FROM rate_limit"));
afterAll(() => fresh.drop());

const here = { address: "192.0.2.7", device: "Firefox · Linux" };
const wrong = "not the password of anybody";
const unknown = "nobody@exercise.example";
const guess = (email: string, password = wrong, address = here.address) =>
  signIn({ email, password }, { ...here, address });

/** Signs in over HTTP, as the page does. */
async function post(fields: Record<string, string>) {
  const origin = "http://localhost:3000";
  const request = new Request(`${origin}/?index`, {
    method: "POST",
    headers: { Origin: origin },
    body: new URLSearchParams(fields),
  });
  const answer = (await action({ request, params: {}, context: { clientAddress: here.address } } as never)) as
    | Response
    | { data: unknown; init: ResponseInit };
  return answer instanceof Response
    ? { status: answer.status, headers: answer.headers, body: null }
    : { status: answer.init.status, headers: new Headers(answer.init.headers), body: JSON.stringify(answer.data) };
}

async function entries(action: string) {
  const { rows } = await fresh.owner.query(
    `SELECT e.body, d.details FROM audit.entry e LEFT JOIN audit.detail d USING (log, seq)
      WHERE e.log = $1 AND e.body::jsonb ->> 'action' = $2 ORDER BY seq`,
    [platformLog, action],
  );
  return rows.map(({ body, details }) => ({ ...JSON.parse(body), details }));
}

describe("who is not let in", () => {
  test("learns nothing: unknown, wrong, closed and without a password answer alike, for the same work", async () => {
    const closed = await addAccount(fresh.owner, office);
    await asOwner(fresh.owner, "UPDATE person SET disabled_at = now() WHERE id = $1", [closed.personId]);
    const without = await addColleague(fresh.owner, office);
    const cases = [
      { email: unknown, password: wrong },
      { email: person.email, password: wrong },
      { email: closed.email, password: testPassword },
      { email: without.email, password: wrong },
    ];
    const answers: unknown[] = [];
    const before = (await entries("account.signInRefused")).length;
    for (const { email, password } of cases) {
      const computed = hashesComputed();
      const { status, headers, body } = await post({ email, password });
      answers.push({
        status,
        headers: [...headers],
        body: body?.replaceAll(email, "…"),
        work: hashesComputed() - computed,
      });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 422, work: 1 });
    const recorded = (await entries("account.signInRefused")).slice(before);
    expect(recorded.map(({ facts }) => facts.reason)).toEqual(Array(4).fill("wrong-password"));
    expect(recorded[0]).toMatchObject({ actor: { visitor: true }, details: { address: here.address } });
  });

  test("gets back what was typed, except the password", async () => {
    const { body } = await post({ email: unknown, password: wrong, next: "/jits" });
    expect(JSON.parse(body ?? "")).toEqual({
      problems: { "": "wrong-password" },
      typed: { email: unknown, next: "/jits" },
    });
  });

  test.each([
    ["nothing", { email: "", password: "" }, { email: "required", password: "required" }],
    ["blanks", { email: "  ", password: "x" }, { email: "required" }],
    ["a control character", { email: "a\u0000@exercise.example", password: "x" }, { email: "email-invalid" }],
    ["an address of a megabyte", { email: "a".repeat(1_000_000), password: "x" }, { email: "too-long" }],
    ["a password of a megabyte", { email: unknown, password: "x".repeat(1_000_000) }, { password: "too-long" }],
  ])("is told about %s before any work is done", async (_, fields, problems) => {
    const computed = hashesComputed();
    const { status, body } = await post(fields);
    expect([status, JSON.parse(body ?? "").problems, hashesComputed() - computed]).toEqual([422, problems, 0]);
  });
});

describe("who is let in", () => {
  test("goes on to where they wanted, and the sign-in is in the record", async () => {
    const { status, headers } = await post({
      email: ` ${person.email.toUpperCase()} `,
      password: testPassword,
      next: "/jits?x=1",
    });
    expect([status, headers.get("Location")]).toEqual([302, "/jits?x=1"]);
    const cookies = headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split("=")[0])).toEqual(["jit-session", "lang", "theme"]);
    for (const cookie of cookies) expect(cookie).toMatch(/; HttpOnly.*; SameSite=Lax/);
    const last = (await entries("account.signIn")).at(-1);
    expect(last).toMatchObject({ actor: { person: person.personId }, details: { address: here.address } });
    expect(JSON.stringify(last)).not.toContain(cookies[0]?.split(/[=;]/)[1]);
  });

  test("needs every character: nothing is cut, folded or trimmed", async () => {
    const long = "ünïcode ☂ and spaces ".repeat(6).slice(0, 120);
    await asOwner(fresh.owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [
      person.personId,
      await hashPassword(`${long}X`),
    ]);
    for (const near of [`${long}Y`, long, `${long}x`, `${long}X `]) {
      await expect(guess(person.email, near)).rejects.toMatchObject({ problems: { "": "wrong-password" } });
    }
    await guess(person.email, `${long}X`);
  });

  test("with a hash of an older cost: it is made anew", async () => {
    const weak = await hash(testPassword, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
    await asOwner(fresh.owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [person.personId, weak]);
    await guess(person.email, testPassword);
    const { rows } = await fresh.owner.query("SELECT password_hash FROM person WHERE id = $1", [person.personId]);
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    const computed = hashesComputed();
    await guess(person.email, testPassword);
    expect(hashesComputed() - computed).toBe(1);
  });
});

describe("guessing", () => {
  const pass = (kind: string, seconds: number) =>
    fresh.owner.query("UPDATE rate_limit SET expire = 1 WHERE key LIKE $1", [`${kind}-${seconds}:%`]);

  test("at one account from everywhere: of a hundred at once five are looked at, the wait grows, none is for good", async () => {
    const computed = hashesComputed();
    const all = await Promise.allSettled(
      Array.from({ length: 100 }, (_, count) => guess(person.email, wrong, `198.51.100.${count}`)),
    );
    expect(all.every(({ status }) => status === "rejected")).toBe(true);
    expect(hashesComputed() - computed).toBe(5);
    await expect(guess(person.email)).rejects.toMatchObject({ reason: "rate-limited-minute" });
    // the right password has to wait too, or waiting would tell
    await expect(guess(person.email, testPassword)).rejects.toMatchObject({ reason: "rate-limited-minute" });
    await pass("account", 60);
    for (let count = 0; count < 5; count++)
      await expect(guess(person.email)).rejects.toMatchObject({ name: "Invalid" });
    await pass("account", 60);
    await expect(guess(person.email)).rejects.toMatchObject({ reason: "rate-limited" });
    for (let round = 0; round < 2; round++) {
      await pass("account", 60);
      await pass("account", 900);
      for (let count = 0; count < 5; count++)
        await expect(guess(person.email)).rejects.toMatchObject({ name: "Invalid" });
    }
    await pass("account", 60);
    await pass("account", 900);
    await expect(guess(person.email)).rejects.toMatchObject({ reason: "rate-limited-hour" });
    expect(hashesComputed() - computed).toBe(20);
    expect((await entries("account.signInRefused")).at(-1)?.facts.reason).toBe("rate-limited-hour");
    for (const seconds of [60, 900, 3600]) await pass("account", seconds);
    await guess(person.email, testPassword);
  });

  test("an account that does not exist is counted like one that does", async () => {
    for (let count = 0; count < 5; count++) await expect(guess(unknown)).rejects.toMatchObject({ name: "Invalid" });
    await expect(guess(unknown)).rejects.toMatchObject({ reason: "rate-limited-minute" });
  });

  test("from one address, or one network of IPv6, at many accounts", async () => {
    await fresh.owner.query("DELETE FROM rate_limit");
    await expect(guess(unknown, wrong, "2001:db8:1:2::1")).rejects.toMatchObject({ name: "Invalid" });
    await fresh.owner.query("UPDATE rate_limit SET points = 60 WHERE key LIKE 'address-60:%'");
    for (const [address, refusal] of [
      ["2001:db8:1:2:ffff::9", { reason: "rate-limited-minute" }],
      ["2001:0db8:0001:0002::", { reason: "rate-limited-minute" }],
      ["2001:db8:1:3::1", { name: "Invalid" }],
    ] as const) {
      await expect(guess(`other-${address}@exercise.example`, wrong, address)).rejects.toMatchObject(refusal);
    }
  });

  test("right answers are held against nobody: an office shares an address", async () => {
    for (let count = 0; count < 6; count++) await guess(person.email, testPassword);
    const { rows } = await fresh.owner.query("SELECT key, points FROM rate_limit WHERE points > 0");
    expect(rows).toEqual([]);
  });

  test("at the password asked again before signing", async () => {
    for (let count = 0; count < 6; count++) expect(await confirmPassword(person, testPassword)).toBe(true);
    for (let count = 0; count < 5; count++) expect(await confirmPassword(person, wrong)).toBe(false);
    await expect(confirmPassword(person, testPassword)).rejects.toMatchObject({ reason: "rate-limited-minute" });
  });

  test("keeps no address and no name, and counts that have ended are swept out", async () => {
    await expect(guess(unknown)).rejects.toThrow();
    const { rows } = await fresh.owner.query("SELECT * FROM rate_limit");
    expect(JSON.stringify(rows)).not.toMatch(/nobody|exercise|192\.0\.2/);
    await fresh.owner.query("UPDATE rate_limit SET expire = 1");
    await expect(guess("another@exercise.example", wrong, "203.0.113.9")).rejects.toThrow();
    expect((await fresh.owner.query("SELECT * FROM rate_limit WHERE expire = 1")).rowCount).toBe(0);
  });

  test("when tries cannot be counted nobody is let in", async () => {
    await fresh.owner.query("REVOKE INSERT ON rate_limit FROM jit_runtime");
    const computed = hashesComputed();
    try {
      await expect(guess(person.email, testPassword)).rejects.toThrow();
    } finally {
      await fresh.owner.query("GRANT INSERT ON rate_limit TO jit_runtime");
    }
    expect(hashesComputed()).toBe(computed);
  });
});

test("of a crowd two are worked on at a time, twenty wait, the others are told to come back", async () => {
  const all = await Promise.allSettled(Array.from({ length: 40 }, () => hashPassword(wrong)));
  const busy = all.filter((one) => one.status === "rejected");
  expect(busy.length).toBe(18);
  for (const one of busy) expect((one as PromiseRejectedResult).reason).toMatchObject({ reason: "busy" });
  await hashPassword(wrong);
});

test("the schema takes nothing it does not name", () => {
  const input = {
    email: "a@b.example",
    password: "x",
    globalRoles: ["user_admin"],
    id: "1",
    __proto__: { next: "/x" },
  };
  expect(Object.keys(SignIn.parse(input)).sort()).toEqual(["email", "next", "password"]);
});
