import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { clauseIn, openArrangement, signInByPassword, textOf as text } from "#tests/support/exercise-pages.ts";

/*
 * A leader takes the negotiation of the demonstration from its planted faults to an empty list of findings, beside the
 * text, and finalises. One story; each test goes on where the one before stopped.
 */
let exercise: Exercise;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  exercise = await startExercise();
  browser = await openBrowser();
  ({ page, complaints } = await signIn("aigul"));
  await open(page);
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
});

async function signIn(login: string) {
  const visitor = await newVisitor(browser, exercise.origin, { viewport: { width: 1440, height: 900 } });
  await signInByPassword(visitor.page, login);
  return visitor;
}

async function open(at: Page): Promise<void> {
  await openArrangement(at);
  await at.getByText(/^Checked at/).waitFor();
}

const clause = (id: string) => clauseIn(page, id);
const finding = (words: string | RegExp) => page.getByRole("tabpanel").getByRole("link", { name: words });
const control = (name: string) => page.getByLabel(name, { exact: true });
const isFocused = (name: string) =>
  expect.poll(() => control(name).evaluate((element) => element === document.activeElement)).toBe(true);

async function back(): Promise<void> {
  await page.getByRole("tab", { name: /^Findings/ }).click();
}

/** Goes from the finding to its place, does what it says there, and the finding is gone. */
async function mend(words: string | RegExp, act: () => Promise<void>): Promise<void> {
  await back();
  await finding(words).first().click();
  await act();
  await back();
  await finding(words).waitFor({ state: "detached" });
}

/** A value that is typed is set when the person leaves the field. */
async function fill(name: string, value: string): Promise<void> {
  await control(name).fill(value);
  await page.keyboard.press("Tab");
}

/** Every finding in its words, without the marks that keep foreign words in their direction. */
async function listed(): Promise<string[]> {
  const all = await page.getByRole("tabpanel").locator(".f-group li > a").allInnerTexts();
  return all.map((one) =>
    one
      .replace(/[\u2068\u2069]/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
}

test("what is beside the text follows by itself when it did not come at first, and the text is there meanwhile", async () => {
  const { page: late, context } = await signIn("daniyar");
  const asked = { times: 0 };
  await late.route("**/assets/FindingsPanel-*.js", (route) => (asked.times++ < 2 ? route.abort() : route.continue()));
  await openArrangement(late);
  await late.getByText("This part could not be loaded.").first().waitFor();
  await late.getByText(/^Checked at/).waitFor();
  expect(asked.times).toBeGreaterThan(2);
  await context.close();
});

test("the panel lists the planted faults by what they block, with counts and clauses in words", async () => {
  const begins = [
    /^11 Clause 11: INTERPOL takes part, but its annex is not signed/,
    /^12 Clause 12: Chosen without an order: controlled delivery/i,
    /^23 Clause 23: Not written yet in Russian, Arabic,? and Chinese/,
    /^2 Clause 2: China: an approval is not granted yet: central authority \(exercise\)/,
    /^2 Clause 2: Netherlands: an approval is not granted yet: ministry \(exercise\)/,
    /^0 Clause 0: Kazakhstan, China, Egypt, and Netherlands: the treaty status was looked up more than 180 days ago/,
    /^5 Clause 5: The numbers differ between English and Chinese: “12” in the first, “18” in the second/,
    /^14 Clause 14: It is open whether the death penalty is possible/,
    /^15 Clause 15: Kept back in China and Egypt/,
    /^27 Clause 27: China has made a declaration on article 35\(2\)/,
    /^27 Clause 27: Egypt has made a declaration on article 35\(2\)/,
  ];
  const found = await listed();
  expect(found).toHaveLength(begins.length);
  for (const [index, pattern] of begins.entries()) expect(found[index]).toMatch(pattern);
  for (const group of ["Block finalising 3", "Block signature 2", "Warnings 6"]) {
    await page.getByRole("heading", { name: group }).waitFor();
  }
  await page.getByRole("tab", { name: "Findings 11", selected: true }).waitFor();
  await expectAccessible(page);
});

test("the source of a rule is shown when one asks for it", async () => {
  const row = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: /Chosen without an order/ }) });
  expect(await row.getByText("Convention, article 20").isVisible()).toBe(false);
  await row.getByText(/^Why/).click();
  await row.getByText("Convention, article 20").waitFor();
  await row.getByText(/^Why/).click();
});

test("a telephone number is marked while it is typed, its finding leads to it, and taking it out ends both", async () => {
  // A clause that has no words yet in the other languages: none of them gets out of step.
  await clause("C17").locator("> p").first().click();
  await page.keyboard.press("End");
  await page.keyboard.type(" Call +7 701 234 56 78.", { delay: 5 });
  const marked = clause("C17").locator(".finding");
  await expect.poll(() => marked.allInnerTexts()).toEqual(["+7 701 234 56 78"]);
  await text(page).locator('[data-clause="C20"] > p').first().click();
  await finding(/reads as a telephone number/).click();
  await expect.poll(() => page.evaluate(() => String(window.getSelection()))).toBe("+7 701 234 56 78");
  await page.keyboard.press("Delete");
  await finding(/reads as a telephone number/).waitFor({ state: "detached" });
  expect(await marked.count()).toBe(0);
});

test("finalising is refused with the same list as long as something blocks", async () => {
  const inText = (await listed()).slice(0, 3);
  await page.goto("/jits/JIT-2026-001/agreement/finalise");
  await page.getByText("3 findings block finalising.", { exact: false }).waitFor();
  const onPage = await page
    .getByRole("region", { name: "What stands against this step" })
    .locator("li > a")
    .allInnerTexts();
  const plain = onPage.map((one) =>
    one
      .replace(/[\u2068\u2069]/g, "")
      .replace(/\s+/g, " ")
      .trim(),
  );
  expect(plain.slice(0, 3)).toEqual(inText);
  const act = page.getByRole("button", { name: /^Finalise version/ });
  expect(await act.getAttribute("aria-disabled")).toBe("true");
  await expectAccessible(page);
  await open(page);
});

test("what blocks is mended at its place, by keyboard where it leads", async () => {
  await mend(/takes part, but its annex/, async () => {
    await isFocused("Annex");
    await fill("Annex", "A2-1 (signed)");
  });
  await mend(/Chosen without an order/, async () => {
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Add a row");
    await page.keyboard.press("Enter");
    await fill("Technique", "Controlled delivery");
    await control("State").selectOption("KZ");
    await control("Authority").selectOption("Another name…");
    await fill("Authority: the name", "Specialised court");
    await fill("Order", "EX-17");
    const day = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    await fill("Valid from", day(1));
    await fill("Valid to", day(90));
  });
  await mend(/Not written yet in/, async () => {
    const languages = page.getByRole("group", { name: "Authentic languages" });
    for (const name of ["Russian", "Arabic", "Chinese"])
      await languages.getByRole("button", { name: `Take out ${name}` }).click();
  });
  await expect.poll(async () => (await listed()).some((one) => one.includes("The numbers differ"))).toBe(false);
  for (const state of ["China", "Netherlands"]) {
    // Each finding opens the row of its own party.
    await mend(new RegExp(`${state}.*: an approval is not granted yet`), async () => {
      await page.getByRole("button", { name: /^Approvals, row 1 of 1/ }).click();
      await fill("Status", "granted");
    });
  }
});

test("an old record of treaty status is mended by the administrator, and the warning goes from the open text", async () => {
  await back();
  await finding(/the treaty status was looked up more than 180 days ago/).click();
  await page.getByRole("tab", { name: "Clause 0", exact: true, selected: true }).waitFor();
  const { page: at, complaints: heard } = await signIn("admin");
  for (const state of ["Kazakhstan", "China", "Egypt", "Netherlands"]) {
    await at.goto("/admin/treaty-status");
    await at.getByRole("link", { name: state, exact: true }).click();
    await at.getByLabel("Source").fill("UN Treaty Collection (exercise)");
    await at.getByLabel("Looked up on", { exact: true }).fill(new Date().toISOString().slice(0, 10));
    await at.getByRole("button", { name: "Record" }).click();
    await at.getByText(/^Recorded\./).waitFor();
  }
  expect(heard).toEqual([]);
  // The text stayed open all the while: it hears of it by itself.
  await expect.poll(async () => (await listed()).filter((one) => one.includes("treaty status"))).toEqual([]);
});

test("warnings are mended, or overridden with a reason that everybody reads", async () => {
  await mend(/It is open whether the death penalty/, async () => {
    await control("Death penalty assurance").selectOption("assurance_given");
  });
  await page.getByRole("button", { name: /^Override: .*Kept back in China and Egypt/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Override with this reason" }).click();
  await dialog.getByText("Reason is missing. Enter it.").waitFor();
  await expectAccessible(page);
  // A colleague who has the text open sees it at once, and that it is taken back.
  const { page: colleague, complaints: theirs } = await signIn("sanne");
  await open(colleague);
  const reasons = colleague.getByRole("tabpanel").getByText("Their courts decide case by case.");
  await dialog.getByLabel("Reason").fill("Their courts decide case by case.");
  await dialog.getByRole("button", { name: "Override with this reason" }).click();
  await dialog.waitFor({ state: "detached" });
  await reasons.waitFor();
  await page.getByRole("button", { name: /^Take back: .*Kept back in China and Egypt/ }).click();
  await dialog.getByLabel("Reason").fill("The ministries ask us to look again.");
  await dialog.getByRole("button", { name: "Take it back with this reason" }).click();
  await dialog.waitFor({ state: "detached" });
  await reasons.waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Override: .*Kept back in China and Egypt/ }).click();
  await dialog.getByLabel("Reason").fill("Their courts decide case by case.");
  await dialog.getByRole("button", { name: "Override with this reason" }).click();
  await dialog.waitFor({ state: "detached" });
  await reasons.waitFor();
  expect(theirs).toEqual([]);
  await colleague.context().close();
  for (const state of ["China", "Egypt"]) {
    await finding(new RegExp(`${state}.* has made a declaration`)).click();
    await page.getByRole("tab", { name: "Clause 27", exact: true, selected: true }).waitFor();
    await back();
    await page.getByRole("button", { name: new RegExp(`^Override: .*${state}.* has made a declaration`) }).click();
    await dialog.getByLabel("Reason").fill("The clause provides for consultation only.");
    await dialog.getByRole("button", { name: "Override with this reason" }).click();
    await dialog.waitFor({ state: "detached" });
  }
  await expect.poll(async () => (await listed()).filter((one) => !/Kept back|declaration/.test(one))).toEqual([]);
  await page.getByRole("tabpanel").getByText("Nothing stands against this text.").waitFor();
  await page.getByRole("tab", { name: "Findings 0" }).waitFor();
  await expectAccessible(page);
  const reader = await signIn("daniyar");
  await open(reader.page);
  await reader.page.getByText(/Aigul Nurlanova, .*: Their courts decide case by case\./).waitFor();
  expect(await reader.page.getByRole("button", { name: /^Override/ }).count()).toBe(0);
  expect(reader.complaints).toEqual([]);
});

test("on a phone the findings open from a button and lead back into the text", async () => {
  const visitor = await signIn("sanne");
  await visitor.page.setViewportSize({ width: 375, height: 812 });
  await visitor.page.goto("/jits/JIT-2026-001/agreement");
  await visitor.page.getByRole("button", { name: "Findings 0" }).click();
  const drawer = visitor.page.getByRole("dialog");
  await drawer.getByText("Nothing stands against this text.").waitFor();
  await expectAccessible(visitor.page);
  await drawer.getByRole("link", { name: /Kept back in China and Egypt/ }).click();
  const beside = visitor.page.getByRole("dialog", { name: "Clause 15" });
  const rule = beside.getByLabel("This arrangement", { exact: true });
  await expect.poll(() => rule.evaluate((element) => element === document.activeElement)).toBe(true);
  await visitor.page.keyboard.press("Escape");
  await beside.waitFor({ state: "detached" });
  const place = text(visitor.page).locator('[data-clause="C15"]');
  await expect.poll(() => place.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(812);
  expect(visitor.complaints).toEqual([]);
});

test("the text is finalised, and no page complained", async () => {
  const team = { reference: "JIT-2026-001" };
  const { id: document, jitId: jit } = await database().document.findFirstOrThrow({ where: { jit: team } });
  // tests/browser/main-job.test.ts lets the parties agree in the browser.
  await agreeForAll({ jit, document });
  await page.getByRole("link", { name: "Finalise…" }).click();
  await page.getByRole("button", { name: /^Finalise version/ }).click();
  await page.getByText(/^Finalised on/).waitFor();
  expect(complaints).toEqual([]);
});
