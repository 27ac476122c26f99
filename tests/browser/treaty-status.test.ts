import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAccount, testPassword } from "#tests/support/account.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addOffice, type Colleague } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

/* The record of treaty status as administrators keep it, in a real browser. */
let fresh: FreshDatabase;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
let admin: Colleague;
const visitors = visitorsOfEachTest();
beforeAll(async () => {
  fresh = await freshDatabase();
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
  const office = await addOffice(fresh.owner, "EG", "Africa/Cairo");
  await addOffice(fresh.owner, "KZ", "Asia/Almaty");
  admin = await addAccount(fresh.owner, office, { globalRoles: ["user_admin"] });
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

async function signIn(options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin, options);
  visitors.push(visitor);
  const { page } = visitor;
  await page.goto("/");
  await page.getByLabel("E-mail address").fill(admin.email);
  await page.getByLabel("Password", { exact: true }).fill(testPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/home");
  return page;
}

const listed = (page: Page) => page.getByRole("region", { name: "States", exact: true }).getByRole("row");
const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);

test("an administrator finds a State, is told what is missing, records it, and reads the history", async () => {
  const page = await signIn({ viewport: { width: 1366, height: 800 } });
  await page.getByRole("link", { name: "Treaty status" }).click();
  await page.getByRole("heading", { name: "Treaty status", level: 1 }).waitFor();
  expect(await listed(page).filter({ hasText: "Nothing recorded" }).count()).toBe(2);
  await expectAccessible(page);
  await page.getByLabel("State", { exact: true }).fill("nether");
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/\?q=nether/);
  await page.getByText("1 State", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Netherlands" }).click();
  await page.getByRole("heading", { name: "Netherlands", level: 1 }).waitFor();
  await page.getByLabel("Yes", { exact: true }).check();
  await page.getByLabel(/^Other reservations/).fill("Applies to the territory in Europe.");
  await page.getByRole("button", { name: "Record" }).click();
  const problems = page.getByRole("alert");
  await problems.getByRole("link", { name: "Source is missing. Enter it." }).waitFor();
  await problems.getByRole("link", { name: "Looked up on is missing. Enter it." }).waitFor();
  await expectAccessible(page);
  await page.getByLabel("Source").fill("UN Treaty Collection");
  await page.getByLabel("Looked up on", { exact: true }).fill(day(0));
  await page.getByRole("button", { name: "Record" }).click();
  await problems.getByRole("link", { name: "A party has a day since which" }).waitFor();
  expect(await page.getByLabel("Source").inputValue()).toBe("UN Treaty Collection");
  expect(await page.getByLabel("Yes", { exact: true }).isChecked()).toBe(true);
  expect(await page.getByLabel(/^Other reservations/).inputValue()).toBe("Applies to the territory in Europe.");
  await page.getByLabel("In force for this State since").fill("2004-06-25");
  await page.getByRole("button", { name: "Record" }).click();
  await page.getByText(/^Recorded\./).waitFor();
  await expectAccessible(page);
  const history = page.getByRole("region", { name: "History", exact: true });
  await history.getByText("Yes, since 25 June 2004").waitFor();
  await page.getByLabel(/^Not known/).check();
  await page.getByLabel("In force for this State since").fill("");
  await page.getByLabel("Source").fill("Another page of the UN Treaty Collection");
  await page.getByLabel("Looked up on", { exact: true }).fill(day(0));
  await page.getByRole("button", { name: "Record" }).click();
  await history.getByText("Not known", { exact: true }).waitFor();
  expect(await history.getByRole("row").filter({ hasText: "UN Treaty Collection" }).count()).toBe(2);
});

test("a table is shown before it is recorded; what cannot be used is named, and what was pasted stays", async () => {
  const page = await signIn({ viewport: { width: 1366, height: 800 } });
  await page.goto("/admin/treaty-status");
  await page.getByRole("link", { name: "Import a table…" }).click();
  const heads = "state\tparty\tin_force_on\tarticle_35_2\tsource\tlooked_up_on";
  const wrong = `${heads}\nKZ\tyes\t\t\tUNTC\t${day(200)}\nXX\tno\t\t\tUNTC\t${day(1)}`;
  await page.getByLabel("Table", { exact: true }).fill(wrong);
  await page.getByRole("button", { name: "Show what would change" }).click();
  const problems = page.getByRole("alert");
  await problems.getByText(/^Line 2, in_force_on: A party has a day/).waitFor();
  await problems.getByText(/^Line 3, state: These are not the two letters/).waitFor();
  await expectAccessible(page);
  expect(await page.getByLabel("Table", { exact: true }).inputValue()).toBe(wrong);
  const right = `${heads}\nKZ\tyes\t2008-08-30\t\tUNTC\t${day(200)}\nCN\tyes\t2003-10-23\tNot bound.\tUNTC\t${day(1)}`;
  await page.getByLabel("Or a file").setInputFiles({ name: "t.csv", mimeType: "text/csv", buffer: Buffer.from(right) });
  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByText("New: 2. Changed: 0.", { exact: false }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Record these lines" }).click();
  await page.getByText(/^2 States recorded\./).waitFor();
  await listed(page)
    .filter({ hasText: "Kazakhstan" })
    .getByText(/more than 180 days ago/)
    .waitFor();
  await listed(page).filter({ hasText: "China" }).getByText("article 35(2)").waitFor();
  await expectAccessible(page);
});

test("everything is there on a phone and in the dark", async () => {
  const page = await signIn({ viewport: { width: 375, height: 800 }, colorScheme: "dark" });
  for (const path of ["/admin/treaty-status", "/admin/treaty-status/NL", "/admin/treaty-status/import"]) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await expectAccessible(page);
  }
  await page.goto("/admin/treaty-status?q=%E5%9B%BD%E5%AE%B6");
  await page.getByText("No State has this name.").waitFor();
  await expectAccessible(page);
});
