import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#app/platform/database.server.ts";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type LivedTeam, livedTeam } from "#tests/support/lived-team.ts";
import { cookieOf } from "#tests/support/pages.ts";
import { startWeb } from "#tests/support/web.ts";

/* Files that are made when they are asked for, and the page behind the code on paper. */
let fresh: FreshDatabase;
let team: LivedTeam;
let web: Awaited<ReturnType<typeof startWeb>>;
let browser: Browser;
// Only pages run here: the text finds no server to connect to.
const visitors = visitorsOfEachTest(/WebSocket connection .* 503/);
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await livedTeam(fresh.owner);
  [web, browser] = await Promise.all([startWeb(fresh), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await web?.stop();
  await fresh?.drop();
});

async function visit(signedIn: boolean): Promise<Page> {
  const visitor = await newVisitor(browser, web.origin);
  visitors.push(visitor);
  const [name, value] = (await cookieOf(team.founder)).split("=");
  if (signedIn) await visitor.context.addCookies([{ name: name ?? "", value: value ?? "", url: web.origin }]);
  return visitor.page;
}

const agreement = () => `/jits/${team.reference}/agreement`;

test("a PDF comes with its name; one that takes long says so, can be given up, and asked for again", async () => {
  const page = await visit(true);
  await page.goto(agreement(), { waitUntil: "networkidle" });
  const link = page.getByRole("link", { name: "Download PDF" });
  let hold = true;
  const given: string[] = [];
  page.on("requestfailed", (request) => given.push(request.url()));
  await page.route("**/agreement/pdf", async (route) => {
    // Longer than anyone waits here: only giving up ends it.
    if (hold) await page.waitForEvent("requestfailed", (request) => request.url().endsWith("/pdf"));
    else await route.continue();
  });
  await link.click();
  await page.getByRole("progressbar", { name: "The file is being made" }).waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("progressbar").waitFor({ state: "detached" });
  expect(given).toContain(`${web.origin}${agreement()}/pdf`);
  hold = false;
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toBe(`${team.reference}-v1.pdf`);
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
});

test("where the answer is no file, the page says why", async () => {
  const page = await visit(true);
  await page.goto(agreement(), { waitUntil: "networkidle" });
  await page.route("**/agreement/pdf", (route) =>
    route.request().resourceType() === "fetch" ? route.fulfill({ status: 404, body: "" }) : route.continue(),
  );
  // Waited for from before the click: it may come before the next line.
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download PDF" }).click();
  await download;
});

test("the page behind the code says how things stand, to anyone, on a phone too", async () => {
  const { digest } = await database().frozenText.findFirstOrThrow({ where: { documentId: team.document } });
  const page = await visit(false);
  await page.goto(`/d/${digest}`);
  await page.getByRole("heading", { name: "Record of a document" }).waitFor();
  await page.getByText("The text is open for signature. It is not in force.").waitFor();
  await page.getByText("1 of 2 made").waitFor();
  await expectAccessible(page);
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(375);
  await page.goto(`/d/${"0".repeat(64)}`);
  await page.getByText("Nothing is recorded here for this digest").waitFor();
  await expectAccessible(page);
});
