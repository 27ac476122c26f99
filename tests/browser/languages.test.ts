import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { clauseIn as clause, openArrangement } from "#tests/support/exercise-pages.ts";

/* A text in several authentic languages, written by two delegations in a real browser with the real servers. */
const { signIn } = exerciseInBrowser({ viewport: { width: 1500, height: 900 } });

async function openIn(login: string, language: string): Promise<Page> {
  const page = await signIn(login);
  await openArrangement(page);
  await page.getByRole("navigation", { name: "Languages of this text" }).getByText(language).click();
  return page;
}

test("the Arabic is written from right to left, live beside the other delegations, and compared with the English", async () => {
  const [noha, aigul] = [await openIn("noha", "العربية"), await openIn("aigul", "العربية")];
  await noha.getByRole("tab", { name: /^Clause/ }).click();
  const own = clause(noha, "C06").locator("> p").first();
  await own.click();
  await noha.getByText("Compared: it says the same").waitFor();
  expect(await own.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  await noha.keyboard.press("End");
  await noha.keyboard.type(" ولا يغيّر ذلك ولايته.");
  await clause(aigul, "C06").getByText("ولا يغيّر ذلك ولايته").waitFor();
  await aigul.getByRole("link", { name: /Arabic and English: not compared/ }).waitFor();
  await noha.getByRole("heading", { name: "The same clause in English" }).waitFor();
  await noha.getByText(/^Saved \d\d:\d\d/).waitFor();
  await expectAccessible(noha);
  await noha.getByRole("button", { name: "It says the same as the English" }).click();
  await noha.getByText("Compared: it says the same").waitFor();
  await aigul.getByRole("link", { name: /Arabic and English: not compared/ }).waitFor({ state: "detached" });
  // Back in English there are the English words, and the connection is the same.
  await noha.getByRole("navigation", { name: "Languages of this text" }).getByText("English").click();
  await clause(noha, "C06").getByText("sovereignty").first().waitFor();
});

test("a language that clause 23 names is begun with the clauses and values of the others; any other is not", async () => {
  const page = await openIn("aigul", "English");
  await page.goto("/jits/JIT-2026-001/agreement?text=fr");
  await page.getByText("Clause 23 does not name French as authentic.", { exact: false }).waitFor();
  await page.getByRole("navigation", { name: "Languages of this text" }).getByText("English").click();
  await page.getByRole("tab", { name: /^Clause/ }).click();
  await clause(page, "C23").locator("> p").first().click();
  const authentic = page.getByRole("group", { name: "Authentic languages" });
  await authentic.getByRole("combobox").selectOption({ label: "French" });
  await page.getByRole("navigation", { name: "Languages of this text" }).getByText("français not begun").click();
  await page.getByText("There is no text in French yet.").waitFor();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Begin the text in French" }).click();
  await clause(page, "C28").waitFor();
  expect(await page.locator(".txt .clause").count()).toBe(29);
});
