import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectAccessible, newVisitor, openBrowser, visitorsOfEachTest } from "#tests/support/browser.ts";
import { startDemonstration } from "#tests/support/demonstration.ts";
import { signInByPassword } from "#tests/support/exercise-pages.ts";
import { wordsOf } from "#tests/support/pdf.ts";

/* The operational plan from its first line to paper, in a real browser: by mouse, by keyboard, from right to left. */
let demonstration: Awaited<ReturnType<typeof startDemonstration>>;
let browser: Browser;
const visitors = visitorsOfEachTest();

beforeAll(async () => {
  demonstration = await startDemonstration();
  browser = await openBrowser();
}, 400_000);
afterAll(async () => {
  await browser?.close();
  await demonstration?.stop();
});

const plan = "/jits/JIT-2026-001/plan";
async function signIn(login: string, options: Parameters<typeof newVisitor>[2] = {}): Promise<Page> {
  const viewport = { width: 1440, height: 1000 };
  const visitor = await newVisitor(browser, demonstration.origin, { viewport, ...options });
  visitors.push(visitor);
  await signInByPassword(visitor.page, login);
  return visitor.page;
}
const shoot = (page: Page, name: string) =>
  process.env.PLAN_SHOTS ? page.screenshot({ path: `${process.env.PLAN_SHOTS}/${name}.png`, fullPage: true }) : null;

const bar = (page: Page, code: string) => page.getByRole("button", { name: new RegExp(`^${code}[,:]`) });

/** Near enough that a week is still seen to move in the picture, whose width is the time of all actions. */
const inFortyDays = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

describe("the plan", { timeout: 120_000 }, () => {
  test("goes from its first line to print: a line, actions that wait, a circle refused, a card, the paper", async () => {
    const page = await signIn("aigul");
    await page.goto("/jits/JIT-2026-001");
    await page.getByRole("link", { name: "Plan", exact: true }).click();
    await bar(page, "C1").waitFor();
    await page.getByText("Late by").first().waitFor();
    await shoot(page, "timeline-light");
    await expectAccessible(page);
    await page.getByRole("link", { name: "Add line of inquiry" }).click();
    await page.getByLabel("Title").fill("Перевозчики");
    await page.getByRole("button", { name: "Add line of inquiry" }).click();
    await page.getByRole("link", { name: "Перевозчики" }).waitFor();
    for (const [title, after] of [
      ["سؤال شركة النقل", ""],
      ["Hear the two drivers", "E1"],
    ] as const) {
      await page.getByRole("link", { name: "Add action" }).click();
      await page.getByLabel("Title").fill(title);
      await page.getByLabel("Line of inquiry").selectOption("E");
      await page.getByLabel("Due").fill(inFortyDays);
      await page.getByLabel("Begins after").fill(after);
      await page.getByRole("button", { name: "Add action" }).click();
      await page.getByRole("link", { name: title }).waitFor();
    }
    await page.goto(`${plan}/action/E1/change`);
    await page.getByLabel("Begins after").fill("E2");
    await page.getByLabel("Outcome").fill("The answer came by post.");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("in a circle: E1 → E2 → E1").first().waitFor();
    expect(await page.getByLabel("Outcome").inputValue()).toBe("The answer came by post.");
    await page.getByLabel("Begins after").fill("");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "سؤال شركة النقل", level: 1 }).waitFor();
    await shoot(page, "row");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Make a card" }).click();
    await page.getByRole("link", { name: "Plan line E1" }).click();
    await page.getByRole("link", { name: /^T-\d+$/ }).waitFor();
    await page.goto(plan);
    for (const paper of ["A4", "A3"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: `Print ${paper}` }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      if (process.env.PLAN_SHOTS) await download.saveAs(`${process.env.PLAN_SHOTS}/plan-${paper}.pdf`);
      const words = wordsOf(Buffer.concat(chunks));
      for (const one of ["Перевозчики", "Hear the two drivers", "after E1", "EXERCISE"]) expect(words).toContain(one);
    }
    await page.goto(`${plan}?view=table`);
    await shoot(page, "table");
    await expectAccessible(page);
  });

  test("on a phone and in the dark it is a list; without script it is read and changed by forms", async () => {
    const page = await signIn("wenjing", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await page.goto(plan);
    await page.getByRole("link", { name: "Accounts of sellers mapped" }).waitFor();
    await shoot(page, "phone-dark");
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    const state = await page.context().storageState();
    const plain = await newVisitor(browser, demonstration.origin, { javaScriptEnabled: false, storageState: state });
    visitors.push(plain);
    await plain.page.goto(`${plan}/risk/new`);
    await plain.page.getByLabel("Risk", { exact: true }).fill("走漏消息");
    await plain.page.getByRole("button", { name: "Add risk" }).click();
    await plain.page.getByText("走漏消息").waitFor();
  });
});
