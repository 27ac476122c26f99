import type { Page } from "playwright-core";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";

/**
 * Signs in as one of the exercise accounts, by name and password, and arrives at home. The form is sent without being
 * shown: that it can be filled in is what the tests of accounts are for, and here it would be seen a hundred times.
 */
export async function signInByPassword(page: Page, login: string): Promise<void> {
  const { request } = page.context();
  const { origin } = new URL((await request.get("/")).url());
  const form = { next: "", email: `${login}@${demonstrationDomain}`, password: demonstrationPassword };
  await request.post("/?index", { form, headers: { origin } });
  await page.goto("/home");
  await page.waitForURL("**/home");
}

export const textOf = (page: Page) => page.getByRole("textbox", { name: "Text of the arrangement" });
export const clauseIn = (page: Page, id: string) => textOf(page).locator(`[data-clause="${id}"]`);

/** The text of SAIGA, once its words are there. */
export async function openArrangement(page: Page): Promise<void> {
  await page.goto("/jits/JIT-2026-001/agreement");
  await textOf(page).getByRole("heading", { name: "Definitions" }).waitFor();
}
