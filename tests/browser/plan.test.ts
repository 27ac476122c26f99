import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { wordsOf } from "#tests/support/pdf.ts";

/* The operational plan from its first line to paper, in a real browser: by mouse, by keyboard, from right to left. */
const { signIn, visit } = exerciseInBrowser({ viewport: { width: 1440, height: 1000 } });

const plan = "/jits/JIT-2026-001/plan";

const bar = (page: Page, code: string) => page.getByRole("button", { name: new RegExp(`^${code}[,:]`) });
/** Where the bar lies, in whole pixels. */
const edges = async (page: Page, code: string) => {
  const box = await bar(page, code).locator("rect").boundingBox();
  return { left: Math.round(box?.x ?? 0), right: Math.round((box?.x ?? 0) + (box?.width ?? 0)) };
};

/** Near enough that a week is still seen to move in the picture, whose width is the time of all actions. */
const inFortyDays = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

describe("the plan", { timeout: 120_000 }, () => {
  test("goes from its first line to print: a line, actions that wait, a circle refused, a card, the paper", async () => {
    const page = await signIn("aigul");
    await page.goto("/jits/JIT-2026-001");
    await page.getByRole("link", { name: "Plan", exact: true }).click();
    await bar(page, "C1").waitFor();
    await page.getByText("Late by").first().waitFor();
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
      const words = wordsOf(Buffer.concat(chunks));
      for (const one of ["Перевозчики", "Hear the two drivers", "after E1", "EXERCISE"]) expect(words).toContain(one);
    }
    await page.goto(`${plan}?view=table`);
    await expectAccessible(page);
  });

  test("by keyboard alone an action moves, grows and is taken back; from right to left the arrows are mirrored", async () => {
    const page = await signIn("noha");
    await page.goto(plan, { waitUntil: "networkidle" });
    const before = await edges(page, "B1");
    await bar(page, "B1").focus();
    for (let day = 0; day < 7; day++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await edges(page, "B1")).left).toBeGreaterThan(before.left + 5);
    await page.reload({ waitUntil: "networkidle" });
    const moved = await edges(page, "B1");
    expect(moved.left).toBeGreaterThan(before.left + 5);
    // The interface speaks English only so far; what is tried is the layout of a page that reads from the right.
    await page.evaluate(() => document.documentElement.setAttribute("dir", "rtl"));
    const mirrored = await edges(page, "B1");
    expect(mirrored.left).not.toBe(moved.left);
    await bar(page, "B1").focus();
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Escape");
    expect(await edges(page, "B1")).toEqual(mirrored);
    for (let day = 0; day < 7; day++) await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await edges(page, "B1")).left).toBeLessThan(mirrored.left - 5);
    expect((await edges(page, "B1")).right).toBe(mirrored.right);
    await expectAccessible(page);
    await bar(page, "B1").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Container history of SGKU-204481-6", level: 1 }).waitFor();
  });

  test("an action is dragged with the mouse, and another person's form of it is told", async () => {
    const [aigul, sanne] = [await signIn("aigul"), await signIn("sanne")];
    await sanne.goto(`${plan}/action/D2/change`);
    const noha = await signIn("noha");
    await noha.goto(plan, { waitUntil: "networkidle" });
    // Before the page has its script, a bar is only seen.
    await aigul.goto(plan, { waitUntil: "networkidle" });
    // The mouse reaches only what is on the screen.
    await bar(aigul, "D2").scrollIntoViewIfNeeded();
    const before = await bar(aigul, "D2").locator("rect").boundingBox();
    if (!before) throw new Error("the bar is not there");
    await aigul.mouse.move(before.x + before.width / 2, before.y + 9);
    await aigul.mouse.down();
    await aigul.mouse.move(before.x + before.width / 2 + 60, before.y + 9, { steps: 4 });
    await aigul.mouse.up();
    await expect.poll(async () => (await edges(aigul, "D2")).left).toBeGreaterThan(Math.round(before.x) + 20);
    await aigul.waitForLoadState("networkidle");
    // Whoever moves it from where it no longer is, is told so in words on the page.
    await bar(noha, "D2").focus();
    await noha.keyboard.press("ArrowRight");
    await noha.keyboard.press("Enter");
    await noha.getByText("D2 was not moved.").waitFor();
    await sanne.getByLabel("Due").fill("2099-01-01");
    await sanne.getByRole("button", { name: "Save" }).click();
    await sanne.getByText("Due is now:").waitFor();
    expect(await sanne.getByLabel("Due").inputValue()).toBe("2099-01-01");
  });

  test("on a phone and in the dark it is a list; without script it is read and changed by forms", async () => {
    const page = await signIn("wenjing", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await page.goto(plan);
    await page.getByRole("link", { name: "Accounts of sellers mapped" }).waitFor();
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(375);
    const state = await page.context().storageState();
    const plain = await visit({ javaScriptEnabled: false, storageState: state });
    await plain.page.goto(`${plan}/risk/new`);
    await plain.page.getByLabel("Risk", { exact: true }).fill("走漏消息");
    await plain.page.getByRole("button", { name: "Add risk" }).click();
    await plain.page.getByText("走漏消息").waitFor();
  });
});
