import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { demonstrationDomain } from "#prisma/demonstration/accounts.ts";
import { expectAccessible } from "#tests/support/browser.ts";
import { exerciseInBrowser } from "#tests/support/exercise-browser.ts";
import { clauseIn as clause, textOf } from "#tests/support/exercise-pages.ts";

/* The library as its readers, its editor and somebody at a text use it, in a real browser with the real servers. */
const { signIn, visit, visitors, owner } = exerciseInBrowser({ viewport: { width: 1440, height: 900 } });

const found = (page: Page) => page.getByRole("list", { name: "Clauses found" }).getByRole("listitem");
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d/).waitFor();
const dialog = (page: Page) => page.getByRole("dialog", { name: "Insert from the library" });

describe("the page of the library", () => {
  test("lists a wording for every clause, and the search stands in the address", async () => {
    const page = await signIn("daniyar");
    await page.getByRole("link", { name: "Clause library" }).click();
    await page.getByRole("heading", { name: "Clause library", level: 1 }).waitFor();
    await expect.poll(() => found(page).count()).toBe(29);
    await expectAccessible(page);
    await page.getByLabel("Words").fill("联合调查组的工作语言");
    await page.getByRole("button", { name: "Search" }).click();
    await page.waitForURL(/\/library\?q=/);
    await expect.poll(() => found(page).count()).toBe(1);
    expect(await found(page).locator(".lib-wording").getAttribute("lang")).toBe("zh");
    await page.reload();
    expect(await found(page).count()).toBe(1);
    expect(await page.getByRole("link", { name: "Add a clause" }).count()).toBe(0);
  });

  test("searches without script too", async () => {
    const page = await signIn("daniyar");
    const { context } = visitors.at(-1)!;
    const cookies = await context.cookies();
    const plain = await visit({ javaScriptEnabled: false });
    await plain.context.addCookies(cookies);
    await plain.page.goto("/library");
    await plain.page.getByLabel("Words").fill("فريق");
    await plain.page.getByRole("button", { name: "Search" }).click();
    expect(await found(plain.page).first().locator(".lib-wording").getAttribute("dir")).toBe("rtl");
    await page.close();
  });

  test("is read on a phone and in the dark", async () => {
    const page = await signIn("aigul", { viewport: { width: 375, height: 800 }, colorScheme: "dark" });
    for (const path of ["/library?q=team", "/library/CL-006"]) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await expectAccessible(page);
    }
  });
});

describe("the editor of the library", () => {
  test("adds a clause, changes it, retires it with a reason and brings it back; all of it can be read", async () => {
    const page = await signIn("editor");
    await page.goto("/library");
    await page.getByRole("link", { name: "Add a clause" }).click();
    await page.getByLabel("Title").fill("Joint press day");
    await page.getByRole("button", { name: "Add a clause" }).click();
    await page.getByRole("alert").waitFor();
    await expectAccessible(page);
    expect(await page.getByLabel("Title").inputValue()).toBe("Joint press day");
    await page.getByLabel("Clause of the template").selectOption("C21");
    await page.getByLabel("Source").fill("House wording");
    await page.getByLabel("Wording in English").fill("The parties speak to the press together.\nOne of them leads.");
    await page.getByLabel("Wording in Arabic").fill("تتحدث الأطراف إلى الصحافة معًا.");
    await page.getByRole("button", { name: "Add a clause" }).click();
    await page.getByRole("heading", { name: "Joint press day", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Change", exact: true }).click();
    await page.getByLabel("Wording in English").fill("The parties speak to the press on the same day.");
    await page.getByRole("button", { name: "Save a new version" }).click();
    await page.getByText("The parties speak to the press on the same day.").waitFor();
    await page.getByRole("link", { name: "Added: version 1" }).click();
    await page.getByText("The parties speak to the press together.").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Read the version that stands" }).click();
    await page.getByRole("link", { name: "Retire…" }).click();
    await page.getByLabel("Reason").fill("Replaced by the media protocol.");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Retire the clause" }).click();
    await page.getByText("Reason: Replaced by the media protocol.").waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Bring it back" }).click();
    await page.getByRole("link", { name: "Retire…" }).waitFor();
    const rows = page.getByRole("region", { name: "History", exact: true }).getByRole("row");
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(4);
    expect(await rows.filter({ hasText: "Inès Carvalho" }).count()).toBe(4);
  });

  test("who saves second is told, keeps the own words, and saves after seeing the others", async () => {
    const [first, second] = [await signIn("editor"), await signIn("editor")];
    for (const page of [first, second]) await page.goto("/library/CL-002/change");
    await first.getByLabel("Source").fill("From the first");
    await first.getByRole("button", { name: "Save a new version" }).click();
    await first.waitForURL("**/library/CL-002");
    await second.getByLabel("Source").fill("From the second");
    await second.getByRole("button", { name: "Save a new version" }).click();
    await second.getByText("Somebody changed this clause while you wrote.", { exact: false }).waitFor();
    await second.getByText("From the first").waitFor();
    expect(await second.getByLabel("Source").inputValue()).toBe("From the second");
    await expectAccessible(second);
    await second.getByRole("button", { name: "Save a new version" }).click();
    await second.waitForURL("**/library/CL-002");
    await second.getByText("From the second").waitFor();
  });
});

describe("in the text", () => {
  async function openText(page: Page): Promise<void> {
    await page.goto("/jits/JIT-2026-001/agreement");
    await clause(page, "C21").waitFor();
  }
  /** Whose words the history says the newest are. */
  async function lastAuthor(): Promise<string> {
    const { rows } = await owner().query(
      `SELECT p.email FROM document_update u JOIN person p ON p.id = u.author_id
         JOIN document d ON d.id = u.document_id JOIN jit j ON j.id = d.jit_id
        WHERE j.reference = 'JIT-2026-001' ORDER BY u.epoch DESC, u.sequence DESC LIMIT 1`,
    );
    return rows[0]?.email;
  }
  async function openDialog(page: Page, id: string): Promise<void> {
    // At its beginning: in the middle may stand a value.
    await clause(page, id)
      .locator("p")
      .first()
      .click({ position: { x: 8, y: 18 } });
    // The browser tells the editor of the caret a moment later.
    await page.locator(`.is-current[data-clause="${id}"]`).waitFor();
    await page.getByRole("button", { name: "Insert from the library" }).click();
    await dialog(page).getByRole("list", { name: "Clauses found" }).getByRole("listitem").first().waitFor();
  }

  test("a wording comes in below the caret with its values, for others too, and one undo takes it out", async () => {
    const [aigul, wenjing] = [await signIn("aigul"), await signIn("wenjing")];
    await Promise.all([openText(aigul), openText(wenjing)]);
    const paragraphs = (page: Page) => clause(page, "C05").locator("> p");
    const before = await paragraphs(aigul).count();
    await openDialog(aigul, "C05");
    expect(await dialog(aigul).getByLabel("Clause of the template").inputValue()).toBe("C05");
    await expectAccessible(aigul);
    await dialog(aigul).getByRole("button", { name: "Insert “Period”" }).press("Enter");
    await expect.poll(() => paragraphs(aigul).count()).toBe(before + 1);
    await saved(aigul);
    await expect.poll(() => paragraphs(wenjing).count()).toBe(before + 1);
    expect(await paragraphs(wenjing).nth(1).locator('[data-field="duration"]').count()).toBe(1);
    expect(await lastAuthor()).toBe(`aigul@${demonstrationDomain}`);
    await expect.poll(() => aigul.evaluate(() => document.activeElement?.classList.contains("ProseMirror"))).toBe(true);
    await aigul.keyboard.press("Control+z");
    await expect.poll(() => paragraphs(wenjing).count()).toBe(before);
  });

  test("as a clause of its own it stands behind the clause at the caret, under its title", async () => {
    const page = await signIn("aigul");
    await openText(page);
    const clauses = textOf(page).locator(".clause");
    const before = await clauses.count();
    await openDialog(page, "C12");
    await dialog(page)
      .getByRole("radio", { name: /as a clause of its own/ })
      .check();
    await dialog(page).getByLabel("Clause of the template").selectOption("");
    await dialog(page).getByLabel("Words").fill("media team agreement");
    await dialog(page).getByRole("button", { name: "Insert “Media”" }).click();
    await expect.poll(() => clauses.count()).toBe(before + 1);
    const at = await clauses.evaluateAll((all) => all.findIndex((one) => one.getAttribute("data-clause") === "C12"));
    expect(
      await clauses
        .nth(at + 1)
        .getByRole("heading")
        .innerText(),
    ).toBe("Media");
    await saved(page);
    await page.keyboard.press("Control+z");
    await expect.poll(() => clauses.count()).toBe(before);
  });

  test("on a phone the dialog fits, and without the network it says so and takes nothing away", async () => {
    const page = await signIn("aigul", { viewport: { width: 375, height: 800 } });
    await openText(page);
    await openDialog(page, "C07");
    await expectAccessible(page);
    await page.route("**/library/find**", (route) => route.abort());
    visitors.at(-1)!.complaints.length = 0;
    await dialog(page).getByLabel("Words").fill("leader");
    await page.getByText("The library could not be opened because the connection was cut.", { exact: false }).waitFor();
    await page.keyboard.press("Escape");
    await clause(page, "C07").waitFor();
    // The browser itself names a request that did not get through.
    const own = visitors.at(-1)!.complaints.filter((line) => !/^Failed to load resource: net::ERR_FAILED/.test(line));
    visitors.at(-1)!.complaints.splice(0, Number.POSITIVE_INFINITY, ...own);
  });
});
