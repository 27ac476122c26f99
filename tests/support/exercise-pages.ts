import type { Page } from "playwright-core";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";

/** Signs in as one of the exercise accounts, by name and password, and arrives at home. */
export async function signInByPassword(page: Page, login: string): Promise<void> {
  await page.goto("/");
  await page.getByLabel("E-mail address").fill(`${login}@${demonstrationDomain}`);
  await page.getByLabel("Password", { exact: true }).fill(demonstrationPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/home");
}

export const textOf = (page: Page) => page.getByRole("textbox", { name: "Text of the arrangement" });
export const clauseIn = (page: Page, id: string) => textOf(page).locator(`[data-clause="${id}"]`);

/** The text of SAIGA, once its words are there. */
export async function openArrangement(page: Page): Promise<void> {
  await page.goto("/jits/JIT-2026-001/agreement");
  await textOf(page).getByRole("heading", { name: "Definitions" }).waitFor();
}
