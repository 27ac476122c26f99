import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { clauseIn as clause } from "#tests/support/exercise-pages.ts";

/* Annexes as two delegations start, write and withdraw them, in a real browser with the real servers. */
const { signIn } = exerciseInBrowser({ viewport: { width: 1440, height: 900 } });

const list = "/jits/JIT-2026-001/annexes";
const row = (page: Page, name: RegExp) => page.getByRole("row", { name });

describe("annexes", { timeout: 90_000 }, () => {
  test("are started from the list, written by two at once, checked, and stand against finalising", async () => {
    const aigul = await signIn("aigul");
    await aigul.goto("/jits/JIT-2026-001");
    await aigul.getByRole("link", { name: "Annexes" }).click();
    await aigul.getByRole("button", { name: "Start A4" }).click();
    await aigul.getByRole("heading", { name: "Annex A4: Evidence exchange protocol", level: 1 }).waitFor();
    await clause(aigul, "A4.02").getByText("Electronic evidence is handed over").waitFor();
    const sanne = await signIn("sanne");
    await sanne.goto(list);
    await row(sanne, /^A4/).getByRole("link", { name: "Open A4" }).click();
    await clause(sanne, "A4.04").getByText("Originals are returned").waitFor();
    await clause(aigul, "A4.04").locator("p").last().click();
    await aigul.keyboard.press("End");
    await aigul.keyboard.type(" Seized cash is kept by the State that seized it.");
    await clause(sanne, "A4.04").getByText("Seized cash is kept").waitFor();
    // A yes just after the last letter is a yes to it: the server has it by then, and the words are those on the screen.
    await aigul.getByRole("tab", { name: "Clause 4" }).click();
    await clause(aigul, "A4.04").locator("p").last().click();
    await aigul.keyboard.press("End");
    await aigul.keyboard.type(" So is gold.");
    await aigul.getByRole("button", { name: "Agree to clause 4" }).click();
    await aigul.getByRole("button", { name: "Take back" }).waitFor();
    await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
    await aigul.getByRole("link", { name: "Finalise…" }).click();
    await aigul
      .getByText(/Formats/)
      .first()
      .waitFor();
    await aigul.goto("/jits/JIT-2026-001/agreement/finalise");
    await aigul.goto(list);
    await aigul.getByText("Still written: A4.").waitFor();
    await expectAccessible(aigul);
    await row(aigul, /^A4/).getByRole("link", { name: "Open A4" }).click();
    await aigul.getByRole("link", { name: "Withdraw…" }).click();
    await aigul.getByLabel("Reason").fill("The protocol of the ministries is used.");
    await aigul.getByRole("button", { name: "Withdraw the annex" }).click();
    await aigul.getByText(/^Withdrawn on/).waitFor();
    // Who was writing is stopped at once.
    await expect.poll(() => sanne.locator("[contenteditable=true]").count()).toBe(0);
  });

  test("of which there can be several ask what they are about first; on a phone and in the dark too", async () => {
    const page = await signIn("aigul", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    await page.goto(list);
    await page.getByRole("link", { name: "Start A2…" }).click();
    await expect.poll(() => page.getByLabel("Body").evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByRole("button", { name: "Start A2", exact: true }).click();
    await page.getByText("Body is missing. Enter it.").first().waitFor();
    await expectAccessible(page);
    await page.getByLabel("Body").fill("منظمة الجمارك العالمية");
    await page.getByRole("button", { name: "Start A2", exact: true }).click();
    await page
      .getByRole("heading", { name: "Annex A2-1: Participants (one per body) – منظمة الجمارك العالمية" })
      .waitFor();
  });

  test("are read by who only reads, and start for nobody who may not write", async () => {
    const page = await signIn("daniyar");
    await page.goto(list);
    await page.getByRole("heading", { name: "Annexes", level: 1 }).waitFor();
    expect(await page.getByRole("button", { name: /Start/ }).count()).toBe(0);
    expect(await page.getByRole("link", { name: /Start/ }).count()).toBe(0);
  });

  test("ask what they are about without a script too", async () => {
    const page = await signIn("aigul", { javaScriptEnabled: false });
    await page.goto(list);
    await page.getByRole("link", { name: /^Start (another )?A2…$/ }).click();
    await page.getByLabel("Body").waitFor();
  });
});
