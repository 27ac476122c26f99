import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { offerSetup } from "#app/platform/start/setup.ts";
import { asOwner } from "#tests/support/account.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addColleague, addOffice } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

let fresh: FreshDatabase;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
const visitors = visitorsOfEachTest();
beforeAll(async () => {
  fresh = await freshDatabase();
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
});
beforeEach(() => fresh.owner.query("DELETE FROM rate_limit"));
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

async function visit(options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin, options);
  visitors.push(visitor);
  return visitor.page;
}

const admin = { email: "aigul@prokuror.example", password: "nine slow barges upstream" };
const colleague = { email: "daniyar@prokuror.example", password: "seven brass kettles singing" };

async function signIn(page: Page, { email, password } = admin): Promise<void> {
  await page.goto("/");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/home");
}

/** The administrator, put in directly when the test of set-up has not run. */
async function ensureAdmin(): Promise<void> {
  if ((await fresh.owner.query("SELECT 1 FROM person")).rowCount) return;
  const office = await addOffice(fresh.owner, "KZ");
  const { personId } = await addColleague(fresh.owner, office, { email: admin.email, globalRoles: ["user_admin"] });
  await asOwner(fresh.owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [
    personId,
    await hashPassword(admin.password),
  ]);
}

describe("an empty installation", () => {
  test("is set up with the code from the console, and the page is gone afterwards", async () => {
    const code = await offerSetup(fresh.ownerUrl);
    const page = await visit();
    await page.goto("/");
    await page.waitForURL("**/setup");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.title()).toMatch(/^Error: /);
    await expectAccessible(page);
    await page.getByLabel("Code from the console").fill(code ?? "");
    await page.getByLabel("Name in your own script").fill("Айгүл Нұрланова");
    await page.getByLabel("Name in Latin letters").fill("Aigul Nurlanova");
    await page.getByLabel("E-mail address").fill(admin.email);
    await page.getByLabel("New password").fill("too short");
    await page.getByLabel("Official name in English").fill("Prosecutor General’s Office");
    await page.getByLabel("State", { exact: true }).selectOption("KZ");
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByText("Use at least 15 characters").first().waitFor();
    // What was typed stays, except secrets, which are asked for again.
    expect(await page.getByLabel("Name in Latin letters").inputValue()).toBe("Aigul Nurlanova");
    await page.getByLabel("Code from the console").fill(code ?? "");
    await page.getByLabel("New password").fill(admin.password);
    await page.getByRole("button", { name: "Set up" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect((await page.goto("/setup"))?.status()).toBe(404);
  }, 240_000);
});

describe("signing in", () => {
  beforeAll(ensureAdmin);
  test("a wrong password is said in a sentence, the address stays, the right one leads home; and out again", async () => {
    const page = await visit();
    await page.goto("/");
    await expectAccessible(page);
    await page.getByLabel("E-mail address").fill(admin.email);
    await page.getByLabel("Password", { exact: true }).fill("not this one");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("The e-mail address or the password is not right").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(admin.email);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("alert");
    await expectAccessible(page);
    await page.getByLabel("Password", { exact: true }).fill(admin.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL("**/home");
    await page.getByRole("button", { name: /your pages/ }).click();
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(await page.content()).not.toContain("Nurlanova");
  });

  test("leads to the page that was asked for", async () => {
    const page = await visit();
    await page.goto("/me/settings?x=1");
    await page.getByLabel("E-mail address").fill(admin.email);
    await page.getByLabel("Password", { exact: true }).fill(admin.password);
    await page.getByLabel("Password", { exact: true }).press("Enter");
    await page.waitForURL("**/me/settings?x=1");
  });

  test("works without script", async () => {
    const page = await visit({ javaScriptEnabled: false });
    await signIn(page);
    await page.goto("/me/sessions");
    expect(await page.getByText("This device", { exact: true }).count()).toBe(1);
  });
});

describe("sessions", () => {
  beforeAll(ensureAdmin);
  test("one that is ended elsewhere is out at its next click, and comes back to where it was", async () => {
    const here = await visit();
    const there = await visit({ userAgent: "Mozilla/5.0 (iPhone) AppleWebKit/605 Version/18 Mobile Safari/604" });
    await signIn(here);
    await signIn(there);
    await here.goto("/me/sessions");
    await expectAccessible(here);
    await here.getByRole("button", { name: "End session on Safari · iPhone" }).click();
    await here.getByRole("button", { name: "End session on Safari · iPhone" }).waitFor({ state: "detached" });
    await there.getByRole("link", { name: "Teams", exact: true }).first().click();
    await there.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(new URL(there.url()).searchParams.get("next")).toBe("/jits");
    await here.reload();
    await here.getByText("This device", { exact: true }).waitFor();
  });
});

describe("settings", () => {
  beforeAll(ensureAdmin);
  test("change the look at once and for the next page, the sign-in page too", async () => {
    const page = await visit({ colorScheme: "light" });
    await signIn(page);
    await page.goto("/me/settings");
    await expectAccessible(page);
    await page.getByLabel("Dark", { exact: true }).check();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("Settings saved.").waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
    await page.waitForFunction(() => document.documentElement.dataset.theme === "dark");
    await expectAccessible(page);
    await page.goto("/me/sessions");
    await expectAccessible(page);
    await page.context().clearCookies({ name: "jit-session" });
    await page.goto("/");
    expect(await theme()).toBe("dark");
    await expectAccessible(page);
    await signIn(page);
    await page.goto("/me/settings");
    await page.getByLabel("As my system").check();
    await page.getByRole("button", { name: "Save settings" }).click();
    await page.getByText("Settings saved.").waitFor();
  });

  test("a wrong old password is said at its field, and nothing typed there comes back", async () => {
    const page = await visit();
    await signIn(page);
    await page.goto("/me/settings");
    await page.getByLabel("Password you use now").fill("not this one either");
    await page.getByLabel("New password").fill("eight green gates ajar");
    await page.getByRole("button", { name: "Change password" }).click();
    await page.getByText("The password you use now is not right").first().waitFor();
    expect(await page.content()).not.toMatch(/not this one either|eight green gates/);
    await expectAccessible(page);
  });
});

describe("people", () => {
  beforeAll(ensureAdmin);
  test("are added by an administrator who never learns the password, and closed with their sessions", async () => {
    const page = await visit({ viewport: { width: 375, height: 800 } });
    await signIn(page);
    await page.goto("/admin/authorities");
    await expectAccessible(page);
    await page.getByLabel("Official name in English").fill("Police Academy");
    await page.getByLabel("State", { exact: true }).selectOption("UZ");
    await page.getByRole("button", { name: "Add an authority" }).click();
    await page.getByRole("cell", { name: "Police Academy" }).waitFor();

    await page.goto("/admin/people");
    await expectAccessible(page);
    await page.getByLabel("Name in your own script").fill("Данияр Ахметов");
    await page.getByLabel("Name in Latin letters").fill("Daniyar Akhmetov");
    await page.getByLabel("E-mail address").fill(colleague.email);
    await page.getByLabel("Office held").fill("Investigator");
    await page.getByLabel("Authority", { exact: true }).selectOption({ index: 1 });
    await page.getByRole("button", { name: "Add a person" }).click();
    const link = await page.getByLabel("Link to pass on").inputValue();
    await page.getByRole("link", { name: /Daniyar Akhmetov/ }).waitFor();
    await expectAccessible(page);

    const guest = await visit();
    await guest.goto(link);
    await guest.getByText(colleague.email).waitFor();
    await expectAccessible(guest);
    await guest.getByLabel("New password").fill(colleague.password);
    await guest.getByRole("button", { name: "Choose this password" }).click();
    await guest.getByRole("heading", { name: "Sign in" }).waitFor();
    await guest.goto(link);
    await guest.getByRole("heading", { name: "This link no longer works" }).waitFor();
    await signIn(guest, colleague);
    expect((await guest.goto("/admin/people"))?.status()).toBe(403);

    await page.getByRole("link", { name: /Daniyar Akhmetov/ }).click();
    await page.getByRole("heading", { name: "Daniyar Akhmetov", level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("National coordinator: founds teams").check();
    await page.getByRole("button", { name: "Save roles" }).click();
    await page.getByText("Roles saved.").waitFor();
    await page.getByRole("button", { name: "Close account" }).click();
    await page.getByText("Closed", { exact: true }).waitFor();
    await guest.goto("/home");
    await guest.getByRole("heading", { name: "Sign in" }).waitFor();
  });
});
