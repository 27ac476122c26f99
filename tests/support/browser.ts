import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterEach, expect } from "vitest";
import browsers from "./browsers.json" with { type: "json" };

/** Debian's Chromium, without windows if it is there, or the one named by CHROMIUM. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? browsers.find(existsSync),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Someone at a browser of their own. What the page complains about in the console is kept. */
export async function newVisitor(browser: Browser, origin: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ baseURL: origin, locale: "en", ...options });
  // Two browsers at a time on two cores: what is there at once on a quiet machine may take long on another.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A refused form is a 4xx on purpose; the browser says so in the console.
    const expected = /^Failed to load resource.* (401|403|404|409|422) /.test(message.text());
    if (message.type() === "error" && !expected) complaints.push(message.text());
  });
  return { context, page, complaints };
}

export type Visitor = Awaited<ReturnType<typeof newVisitor>>;

/** Put visitors in: each test of the file ends with them gone, and none has complained of anything but what is meant. */
export function visitorsOfEachTest(meant?: RegExp): Visitor[] {
  const visitors: Visitor[] = [];
  afterEach(async () => {
    const complaints = visitors.flatMap((visitor) => visitor.complaints);
    for (const { context } of visitors.splice(0)) await context.close();
    expect(complaints.filter((complaint) => !meant?.test(complaint))).toEqual([]);
  });
  return visitors;
}

/** axe finds nothing, and nothing sticks out of the screen at the side. */
export async function expectAccessible(page: Page): Promise<void> {
  // React Aria reads out "working" through an element of its own, which names a button that may be gone by then.
  // No page has frames: what a scan does for them, and a list of all that is well, are three quarters of its time.
  const scan = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  const { violations } = await scan.exclude("[data-live-announcer]").analyze();
  const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  expect(found, page.url()).toEqual([]);
  await expectWithinScreen(page);
}

/** Nothing sticks out of the screen at the side. */
export async function expectWithinScreen(page: Page): Promise<void> {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}
