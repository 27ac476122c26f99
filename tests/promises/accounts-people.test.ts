import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { addAuthority, listAuthorities } from "#app/domain/accounts/authorities.server.ts";
import { changePassword } from "#app/domain/accounts/password.server.ts";
import { choosePasswordByLink, findLinkOwner } from "#app/domain/accounts/password-links.server.ts";
import {
  AddPerson,
  addPerson,
  changeGlobalRoles,
  disablePerson,
  enablePerson,
  getPerson,
  listPeople,
  renewLink,
} from "#app/domain/accounts/people.server.ts";
import { changePreferences, Preferences } from "#app/domain/accounts/preferences.server.ts";
import { findSignedIn } from "#app/domain/accounts/session.server.ts";
import { signIn } from "#app/domain/accounts/sign-in.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { action as settingsAction } from "#app/routes/me.settings.tsx";
import { addAccount, signInAs, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addOffice, type Colleague, type Office } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let office: Office;
let admin: Colleague;
let people = 0;
beforeAll(async () => {
  fresh = await freshDatabase();
  office = await addOffice(fresh.owner, "EG", "Africa/Cairo");
  admin = await addAccount(fresh.owner, office, { globalRoles: ["user_admin"] });
});
beforeEach(() => fresh.owner.query("DELETE FROM rate_limit"));
afterAll(() => fresh.drop());

const chosen = "eleven quiet lanterns";
const form = () => ({
  email: `new-${++people}@exercise.example`,
  name: "نهى السيد",
  latinName: "Noha El-Sayed",
  function: "prosecutor",
  authority: office.id,
});
const add = (over: object = {}) => addPerson(admin, AddPerson.parse({ ...form(), ...over }));
const hours = (count: number, work: () => Promise<unknown>) =>
  atInstant(new Date(Date.now() + count * 3_600_000), work);
const reasonOf = (input: object) => {
  const issue = AddPerson.safeParse({ ...form(), ...input }).error?.issues[0];
  return [issue?.path[0], issue?.message];
};

describe("a new person", () => {
  test("chooses the password through a link that works once and signs nobody in", async () => {
    const { id, token } = await add();
    expect(await getPerson(admin, id)).toMatchObject({ hasPassword: false, languages: ["en"], state: "EG" });
    expect((await findLinkOwner(token))?.person).toBe(id);
    const { email } = await choosePasswordByLink({ token, password: chosen });
    expect(await findLinkOwner(token)).toBeNull();
    await expect(choosePasswordByLink({ token, password: "another one, by a thief" })).rejects.toMatchObject({
      reason: "link-used",
    });
    expect((await fresh.owner.query("SELECT * FROM session WHERE person_id = $1", [id])).rows).toEqual([]);
    await signIn({ email, password: chosen }, { address: "192.0.2.1", device: "" });
  });

  test("is never known by the link or password to the database or the record", async () => {
    const { token } = await add();
    await choosePasswordByLink({ token, password: chosen });
    const { rows } = await fresh.owner.query(
      `SELECT to_jsonb(p)::text AS kept FROM person p UNION ALL SELECT to_jsonb(l)::text FROM password_link l
       UNION ALL SELECT body FROM audit.entry UNION ALL SELECT details::text FROM audit.detail`,
    );
    const kept = JSON.stringify(rows);
    expect(kept).not.toContain(token);
    expect(kept).not.toContain(chosen);
  });

  test("who is slower than 72 hours asks for a new link, and only the newest works", async () => {
    const { id, token } = await add();
    expect(await hours(71.9, () => findLinkOwner(token))).not.toBeNull();
    expect(await hours(72, () => findLinkOwner(token))).toBeNull();
    await hours(72, () =>
      expect(choosePasswordByLink({ token, password: chosen })).rejects.toMatchObject({ reason: "link-used" }),
    );
    const newer = await renewLink(admin, id);
    expect(await findLinkOwner(token)).toBeNull();
    expect(await findLinkOwner(newer.token)).not.toBeNull();
  });

  test("a password that will not do leaves the link open", async () => {
    const { token } = await add();
    for (const [password, reason] of [
      ["short", "password-too-short"],
      ["x".repeat(129), "password-too-long"],
      ["Noha El-Sayed 2026", "password-too-common"],
    ] as const) {
      await expect(choosePasswordByLink({ token, password })).rejects.toMatchObject({ problems: { password: reason } });
    }
    await choosePasswordByLink({ token, password: chosen });
  });

  test("two with the same link at once: one gets through", async () => {
    const { token } = await add();
    const both = await Promise.allSettled([
      choosePasswordByLink({ token, password: chosen }),
      choosePasswordByLink({ token, password: "twelve loud lanterns" }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("a new password by link ends the sessions of whoever had the old one", async () => {
    const person = await addAccount(fresh.owner, office);
    const { cookie } = await signInAs(person);
    const { token } = await renewLink(admin, person.personId);
    expect(await findSignedIn(cookie)).not.toBeNull();
    await choosePasswordByLink({ token, password: chosen });
    expect(await findSignedIn(cookie)).toBeNull();
  });

  test.each([
    [{ email: "x" }, ["email", "email-invalid"]],
    [{ email: "a\u0000@b.example" }, ["email", "email-invalid"]],
    [{ email: `${"a".repeat(250)}@b.example` }, ["email", "too-long"]],
    [{ name: "" }, ["name", "required"]],
    [{ name: "a\u0007" }, ["name", "control-characters"]],
    [{ latinName: "x".repeat(201) }, ["latinName", "too-long"]],
    [{ function: "x".repeat(101) }, ["function", "too-long"]],
    [{ authority: "nonsense" }, ["authority", "authority-unknown"]],
    [{ globalRoles: ["emperor"] }, ["globalRoles", "role-unknown"]],
    [{ globalRoles: ["__proto__"] }, ["globalRoles", "role-unknown"]],
    [{ languages: ["<script>"] }, ["languages", "language-unknown"]],
  ])("is not added with %o", (input, expected) => {
    expect(reasonOf(input)).toEqual(expected);
  });

  test("needs an authority that is there and an address of one's own", async () => {
    await expect(add({ authority: newId() })).rejects.toMatchObject({ problems: { authority: "authority-unknown" } });
    await expect(add({ email: admin.email.toUpperCase() })).rejects.toMatchObject({
      problems: { email: "email-taken" },
    });
    const email = "twice@exercise.example";
    const both = await Promise.allSettled([add({ email }), add({ email })]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
});

describe("an account", () => {
  test("that is closed signs in nowhere, has no links, and can be opened again", async () => {
    const person = await addAccount(fresh.owner, office);
    const { token } = await renewLink(admin, person.personId);
    const { cookie, actor } = await signInAs(person);
    await disablePerson(admin, person.personId);
    expect([await findSignedIn(cookie), await findLinkOwner(token)]).toEqual([null, null]);
    await expect(renewLink(admin, person.personId)).rejects.toMatchObject({ reason: "account-closed" });
    await expect(changePreferences(actor, { language: "en", theme: "dark", timeZone: "UTC" })).rejects.toMatchObject({
      name: "Forbidden",
    });
    await enablePerson(admin, person.personId);
    expect([await findSignedIn(cookie), await findLinkOwner(token)]).toEqual([null, null]);
    await signIn({ email: person.email, password: testPassword }, { address: "192.0.2.1", device: "" });
  });

  test("has the roles it is given from the next request on, and the record says which before and after", async () => {
    const person = await addAccount(fresh.owner, office);
    const { cookie } = await signInAs(person);
    await changeGlobalRoles(admin, { person: person.personId, globalRoles: ["national_coordinator"] });
    expect((await findSignedIn(cookie))?.actor.globalRoles).toEqual(["practitioner", "national_coordinator"]);
    const { rows } = await fresh.owner.query(
      "SELECT body::jsonb -> 'facts' AS facts FROM audit.entry WHERE log = $1 ORDER BY seq DESC LIMIT 1",
      [platformLog],
    );
    expect(rows[0].facts).toEqual({
      person: person.personId,
      before: [],
      after: ["practitioner", "national_coordinator"],
    });
  });

  test("nobody closes or strips their own: an administrator remains", async () => {
    await expect(disablePerson(admin, admin.personId)).rejects.toMatchObject({ reason: "own-account" });
    await expect(changeGlobalRoles(admin, { person: admin.personId, globalRoles: [] })).rejects.toMatchObject({
      reason: "own-role",
    });
  });

  test("two administrators who close each other at once leave one", async () => {
    const second = await addAccount(fresh.owner, office, { globalRoles: ["user_admin"] });
    const third = await addAccount(fresh.owner, office, { globalRoles: ["user_admin"] });
    const both = await Promise.allSettled([
      disablePerson(second, third.personId),
      changeGlobalRoles(third, { person: second.personId, globalRoles: [] }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("ids that are nobody's are not found", async () => {
    for (const person of [newId(), "nonsense", "", "\u0000"]) {
      for (const act of [
        () => getPerson(admin, person),
        () => renewLink(admin, person),
        () => disablePerson(admin, person),
        () => enablePerson(admin, person),
        () => changeGlobalRoles(admin, { person, globalRoles: [] }),
      ]) {
        await expect(act()).rejects.toMatchObject({ name: "NotFound" });
      }
    }
    for (const token of ["", "nonsense", "\u0000", "x".repeat(100_000)]) expect(await findLinkOwner(token)).toBeNull();
  });
});

describe("without the role", () => {
  test.each([["platform_operator"], ["national_coordinator"], ["supervisor_auditor"], ["practitioner"]] as const)(
    "a %s changes no people",
    async (role) => {
      const actor: Actor = await addAccount(fresh.owner, office, { globalRoles: [role] });
      const before = (await fresh.owner.query("SELECT * FROM person ORDER BY id")).rows;
      for (const act of [
        () => listPeople(actor),
        () => addPerson(actor, AddPerson.parse(form())),
        () => renewLink(actor, admin.personId),
        () => disablePerson(actor, admin.personId),
        () => changeGlobalRoles(actor, { person: actor.personId, globalRoles: ["user_admin"] }),
        () => addAuthority(actor, { kind: "io", name: "X", timeZone: "UTC" }),
      ]) {
        await expect(act()).rejects.toMatchObject({ name: "Forbidden" });
      }
      // what the actor says of itself counts for nothing
      const boasting: Actor = { ...actor, globalRoles: ["user_admin"] };
      await expect(listPeople(boasting)).rejects.toMatchObject({ name: "Forbidden" });
      expect((await fresh.owner.query("SELECT * FROM person ORDER BY id")).rows).toEqual(before);
    },
  );
});

describe("one's own settings", () => {
  test("are kept, and the look goes with the cookies of the answer", async () => {
    const { cookie } = await signInAs(await addAccount(fresh.owner, office));
    const answer = await settings(cookie, {
      act: "prefer",
      language: "en",
      theme: "dark-contrast",
      timeZone: "Asia/Almaty",
    });
    expect((answer as Response).headers.getSetCookie().map((line) => line.split(";")[0])).toEqual([
      "lang=en",
      "theme=dark-contrast",
    ]);
    expect(await findSignedIn(cookie)).toMatchObject({
      theme: "dark-contrast",
      timeZone: "Asia/Almaty",
      language: "en",
    });
  });

  test.each([
    [{ theme: "neon", language: "en", timeZone: "UTC" }, "wrong-kind"],
    [{ theme: "dark", language: "en", timeZone: "Nowhere" }, "zone-unknown"],
    [{ theme: "dark", language: "en\u0000", timeZone: "UTC" }, "language-unknown"],
  ])("%o is refused", (input, reason) => {
    expect(Preferences.safeParse(input).error?.issues[0]?.message).toBe(reason);
  });

  test("the password changes only with the one in use, and neither comes back in the answer", async () => {
    const person = await addAccount(fresh.owner, office);
    const { cookie, actor } = await signInAs(person);
    const refused = await settings(cookie, { act: "password", currentPassword: "something wrong", password: chosen });
    expect((refused as { data: unknown }).data).toEqual({
      problems: { currentPassword: "wrong-current-password" },
      typed: { act: "password" },
    });
    await expect(
      changePassword(actor, { currentPassword: testPassword, password: person.email }),
    ).rejects.toMatchObject({ problems: { password: "password-too-common" } });
    await changePassword(actor, { currentPassword: testPassword, password: chosen });
    await signIn({ email: person.email, password: chosen }, { address: "192.0.2.1", device: "" });
  });
});

async function settings(cookie: string, fields: Record<string, string>): Promise<unknown> {
  const origin = "http://localhost:3000";
  const request = new Request(`${origin}/me/settings`, {
    method: "POST",
    headers: { Origin: origin, Cookie: cookie },
    body: new URLSearchParams(fields),
  });
  return settingsAction({ request, params: {}, context: {} } as never);
}

test("an authority has its official names by language", async () => {
  const { id } = await addAuthority(admin, {
    state: "UZ",
    kind: "prosecution",
    name: "Prosecutor General’s Office",
    ownName: "Bosh prokuratura",
    ownLanguage: "uz",
    timeZone: "Asia/Tashkent",
  });
  const added = (await listAuthorities(admin)).find((authority) => authority.id === id);
  expect(added).toMatchObject({ state: "UZ", names: { en: "Prosecutor General’s Office", uz: "Bosh prokuratura" } });
});
