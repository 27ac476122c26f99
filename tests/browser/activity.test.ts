import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type LivedTeam, livedTeam } from "#tests/support/lived-team.ts";
import { cookieOf } from "#tests/support/pages.ts";
import { foundTeam } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

let fresh: FreshDatabase;
let team: LivedTeam;
let address: string;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
const visitors = visitorsOfEachTest();
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await livedTeam(fresh.owner);
  address = `/jits/${team.reference}/activity`;
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

async function visitAs(person: Actor, options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin, options);
  visitors.push(visitor);
  const [name, value] = (await cookieOf(person)).split("=");
  await visitor.context.addCookies([{ name: name ?? "", value: value ?? "", url: web.origin }]);
  return visitor.page;
}

const download = async (person: Actor, query = "") =>
  fetch(`${web.origin}${address}.csv${query}`, { headers: { Cookie: await cookieOf(person) } });

describe("the trail of a team", () => {
  test("says who did what and when, and a button says whether it is whole", async () => {
    const page = await visitAs(team.founder);
    await page.goto(address);
    await page.getByRole("heading", { level: 1, name: "Activity" }).waitFor();
    const signed = page.getByRole("listitem").filter({ hasText: /^\d+.*Signed/s });
    await expectText(signed.first(), /Kazakhstan/);
    await expectAccessible(page);
    await page.getByRole("button", { name: "Verify the trail" }).click();
    await page.getByRole("heading", { name: "The trail is whole" }).waitFor();
    await page.getByText(/^Sealed to entry \d+ at \d\d:\d\d:\d\d UTC$/).waitFor();
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 800 });
    await expectAccessible(page);
  });

  test("is filtered without script, in an address that can be sent on, and verified without script", async () => {
    const page = await visitAs(team.founder, { javaScriptEnabled: false });
    await page.goto(address);
    await page.getByLabel("What", { exact: true }).selectOption({ label: "Signature" });
    await page.getByRole("button", { name: "Show" }).click();
    expect(page.url()).toContain("kind=signature");
    const lines = await page.locator(".ev").allInnerTexts();
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toMatch(/Signed|Opened the text for signature/);
    await page.getByRole("button", { name: "Verify the trail" }).click();
    await page.getByRole("heading", { name: "The trail is whole" }).waitFor();
  });

  test("answers a day that is none with a sentence, keeps the other choices, and shows what it can", async () => {
    const page = await visitAs(team.founder);
    await page.goto(`${address}?kind=text&from=2026-02-30`);
    await page.getByRole("alert").getByText("This is not a day of the calendar.").waitFor();
    expect(await page.getByLabel("What", { exact: true }).inputValue()).toBe("text");
    expect(await page.locator(".ev").count()).toBeGreaterThan(0);
    await expectAccessible(page);
    await page.goto(`${address}?until=2001-01-01`);
    await page.getByText("Nothing here fits what you chose.").waitFor();
    await expectAccessible(page);
  });

  test("shows the own party's part to those who may read only that, and nothing to strangers", async () => {
    const page = await visitAs(team.negotiator);
    await page.goto(address);
    await page.getByText("What your party did and what was done to it").waitFor();
    expect(await page.getByText("Founded the team").count()).toBe(0);
    const stranger = (await foundTeam(fresh.owner)).founder;
    expect((await (await visitAs(stranger)).goto(address))?.status()).toBe(404);
    const translator = await team.bring("eg", ["translator"]);
    expect((await (await visitAs(translator)).goto(address))?.status()).toBe(403);
    expect((await download(translator)).status).toBe(403);
    expect((await download(stranger)).status).toBe(404);
  });
});

describe("the trail as a file", () => {
  test("holds the same entries, never a formula, and taking it is an entry", async () => {
    await fresh.owner.query(
      "SET session_replication_role = replica; UPDATE person SET name = '=HYPERLINK(\"http://evil.example\")'",
    );
    await fresh.owner.query("SET session_replication_role = DEFAULT");
    const answer = await download(team.founder, "?kind=signature");
    expect(answer.headers.get("Content-Type")).toContain("text/csv");
    expect(answer.headers.get("Content-Disposition")).toContain(`${team.reference}-activity.csv`);
    const lines = (await answer.text()).trim().split("\r\n");
    expect(lines[0]).toContain("When (UTC)");
    expect(lines.slice(1).length).toBeGreaterThan(0);
    for (const line of lines.slice(1)) expect(line).toMatch(/signature\.sign|signing\.open/);
    expect(lines.join("\n")).toContain("'=HYPERLINK");
    expect(lines.join("\n")).not.toMatch(/(^|,)"?=HYPERLINK/m);
    const page = await visitAs(team.founder);
    await page.goto(address);
    await page.getByText("Downloaded the trail").first().waitFor();
  });

  test("is refused with a sentence for days that are none", async () => {
    const answer = await download(team.founder, "?from=never");
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("This is not a day of the calendar.");
  });
});

test("an entry that was changed behind the product's back is named, and can be looked at", async () => {
  const client = await fresh.owner.connect();
  await client.query("SET session_replication_role = replica");
  await client.query(
    `UPDATE audit.entry SET body = replace(body, 'party.add', 'jit.archive') WHERE log = $1 AND seq = 2`,
    [team.jit],
  );
  await client.query("SET session_replication_role = DEFAULT");
  client.release();
  const page = await visitAs(team.founder);
  await page.goto(address);
  await page.getByRole("button", { name: "Verify the trail" }).click();
  await page.getByRole("heading", { name: "Do not rely on this trail: entry 2 does not fit" }).waitFor();
  await page.getByText("The text of entry 2 was changed").waitFor();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Show entry 2" }).click();
  await expect.poll(() => page.locator(".ev").first().getAttribute("id"), { timeout: 30_000 }).toBe("entry-2");
});

async function expectText(locator: ReturnType<Page["locator"]>, text: RegExp): Promise<void> {
  expect(await locator.innerText()).toMatch(text);
}
