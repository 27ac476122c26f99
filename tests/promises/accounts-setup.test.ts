import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashesComputed } from "#app/domain/accounts/password.server.ts";
import { findSignedIn } from "#app/domain/accounts/session.server.ts";
import { CompleteSetup, completeSetup, needsSetup } from "#app/domain/accounts/setup.server.ts";
import { signIn } from "#app/domain/accounts/sign-in.server.ts";
import { offerSetup } from "#app/platform/start/setup.ts";
import { action, loader } from "#app/routes/setup.tsx";
import { sent } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";

let fresh: FreshDatabase;
let code: string;
beforeAll(async () => {
  fresh = await freshDatabase();
  code = (await offerSetup(fresh.ownerUrl)) ?? "";
});
beforeEach(() => fresh.owner.query("DELETE FROM rate_limit"));
afterAll(() => fresh.drop());

const password = "nine slow barges upstream";
const typed = {
  name: "Prosecutor General’s Office",
  ownName: "Бас прокуратура",
  ownLanguage: "kk",
  otherName: "Генеральная прокуратура",
  otherLanguage: "ru",
  state: "KZ",
  kind: "prosecution",
  timeZone: "Asia/Almaty",
  person: "Айгүл Нұрланова",
  latinName: "Aigul Nurlanova",
  email: "Admin@Prokuror.example",
  password,
};
const setUp = (over: Partial<Record<keyof typeof typed | "code", string>> = {}, address = "192.0.2.1") =>
  completeSetup(CompleteSetup.parse({ ...typed, code, ...over }), address);
const people = async () => (await fresh.owner.query("SELECT * FROM person")).rows;

async function post(fields: Record<string, string>) {
  const origin = "http://localhost:3000";
  const request = new Request(`${origin}/setup`, {
    method: "POST",
    headers: { Origin: origin },
    body: new URLSearchParams(fields),
  });
  return (await action({ request, params: {}, context: {} } as never)) as unknown as {
    data: { problems: Record<string, string>; typed: Record<string, string> };
    init: { status: number };
  };
}

describe("before there is anybody", () => {
  test("what is kept of the code cannot be typed", async () => {
    const { rows } = await fresh.owner.query("SELECT * FROM setup_code");
    expect(JSON.stringify(rows)).not.toContain(code);
    await expect(setUp({ code: rows[0].code_hash.slice(0, 40) })).rejects.toMatchObject({
      problems: { code: "setup-code-wrong" },
    });
  });

  test("a wrong code costs no hash, and after five the wait begins", async () => {
    const computed = hashesComputed();
    for (let count = 0; count < 5; count++) {
      await expect(setUp({ code: "AAAA-BBBB-CCCC-DDDD" })).rejects.toMatchObject({ name: "Invalid" });
    }
    await expect(setUp()).rejects.toMatchObject({ reason: "rate-limited-minute" });
    expect([hashesComputed() - computed, await people()]).toEqual([0, []]);
  });

  test.each([
    [{ email: "nobody" }, { email: "email-invalid" }],
    [{ email: "a\u0000@b.example" }, { email: "email-invalid" }],
    [{ person: "A\u0000B" }, { person: "control-characters" }],
    [{ person: "Aigul \u202egnp.exe" }, { person: "control-characters" }],
    [{ name: "x".repeat(201) }, { name: "too-long" }],
    [{ latinName: "x".repeat(5_000_000) }, { latinName: "too-long" }],
    [{ state: "XX" }, { state: "state-unknown" }],
    [{ state: "kz" }, { state: "state-unknown" }],
    [{ state: "" }, { state: "state-needed" }],
    [{ kind: "io" }, { kind: "organisation-without-state" }],
    [{ kind: "toString" }, { kind: "wrong-kind" }],
    [{ timeZone: "Mars/Olympus" }, { timeZone: "zone-unknown" }],
    [{ ownLanguage: "../../etc" }, { ownLanguage: "language-unknown" }],
    [{ ownLanguage: "" }, { ownLanguage: "required" }],
    [{ otherName: "" }, { otherName: "required" }],
    [{ otherLanguage: "kk" }, { otherLanguage: "already-listed" }],
    [{ password: "fourteen chars" }, { password: "password-too-short" }],
    [{ password: "Aigul Nurlanova 2026" }, { password: "password-too-common" }],
    [{ code: "" }, { code: "required" }],
  ])("%o is refused with a sentence, and nothing is done", async (over, problems) => {
    const answer = await post({ ...typed, code, ...over });
    expect(answer.data.problems).toEqual(problems);
    expect(answer.init.status).toBe(422);
    expect(Object.keys(answer.data.typed)).not.toContain("password");
    expect(Object.keys(answer.data.typed)).not.toContain("code");
    expect(await people()).toEqual([]);
  });

  test("a post from another site is refused", async () => {
    const request = new Request("http://localhost:3000/setup", {
      method: "POST",
      headers: { Origin: "https://evil.example" },
      body: new URLSearchParams({ ...typed, code }),
    });
    await expect(action({ request, params: {}, context: {} } as never)).rejects.toMatchObject({ status: 403 });
    expect(await people()).toEqual([]);
  });

  test("of fifty at once with the right code one becomes administrator; the code is used up", async () => {
    // Nobody can finish until two stand at the same place, or the work of the hash would let them in one by one.
    const holder = await fresh.owner.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE authority IN SHARE MODE");
    const trying = Promise.allSettled(
      Array.from({ length: 50 }, (_, count) =>
        setUp({ email: `admin-${count}@prokuror.example` }, `198.51.100.${count}`),
      ),
    );
    const waiting = async () => (await holder.query("SELECT 1 FROM pg_locks WHERE NOT granted")).rowCount ?? 0;
    while ((await waiting()) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await holder.query("COMMIT");
    holder.release();
    const all = await trying;
    expect(all.filter(({ status }) => status === "fulfilled").length).toBe(1);
    const [admin, ...others] = await people();
    expect(others).toEqual([]);
    expect(admin.global_roles).toEqual(["practitioner", "user_admin", "national_coordinator"]);
    expect(admin.password_hash).toMatch(/^\$argon2id\$/);
    const { rows } = await fresh.owner.query("SELECT * FROM authority");
    expect(rows.map(({ state, names }) => [state, names])).toEqual([
      ["KZ", { en: typed.name, kk: typed.ownName, ru: typed.otherName }],
    ]);
    expect((await fresh.owner.query("SELECT * FROM setup_code")).rows).toEqual([]);
    const { cookie } = await signIn({ email: admin.email, password }, { address: "192.0.2.1", device: "" });
    expect((await findSignedIn(sent(cookie)))?.actor.state).toBe("KZ");
  });
});

describe("once there is somebody", () => {
  test("the page is gone, for looking and for sending, and costs no hash", async () => {
    expect(await needsSetup()).toBe(false);
    const get = { request: new Request("http://localhost:3000/setup"), params: {}, context: {} } as never;
    await expect(loader(get)).rejects.toMatchObject({ status: 404 });
    const computed = hashesComputed();
    await expect(post({ ...typed, code })).rejects.toMatchObject({ status: 404 });
    await expect(setUp()).rejects.toMatchObject({ name: "NotFound" });
    expect([hashesComputed() - computed, (await people()).length]).toEqual([0, 1]);
  });

  test("the next start prints no code, and one left over opens nothing", async () => {
    expect(await offerSetup(fresh.ownerUrl)).toBeNull();
    await fresh.owner.query("INSERT INTO setup_code (id, code_hash, created_at) VALUES (1, repeat('0', 64), now())");
    await expect(setUp()).rejects.toMatchObject({ name: "NotFound" });
  });
});
