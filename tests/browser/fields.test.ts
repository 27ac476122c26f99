import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { clauses } from "#app/domain/templates/agreement.ts";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { clauseIn as clause, openArrangement, signInByPassword } from "#tests/support/exercise-pages.ts";

/* The panel of values beside the text, in a real browser: one person, two people, a keyboard, a phone. */
let exercise: Exercise;
let browser: Browser;
let aigul: Page;
let noha: Page;
const complaints: string[][] = [];

beforeAll(async () => {
  exercise = await startExercise();
  browser = await openBrowser();
  aigul = await signIn("aigul");
  noha = await signIn("noha");
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
  expect(complaints.flat()).toEqual([]);
});

beforeEach(async () => {
  await aigul.setViewportSize({ width: 1440, height: 900 });
  await openArrangement(aigul);
});

async function signIn(login: string): Promise<Page> {
  const visitor = await newVisitor(browser, exercise.origin, { viewport: { width: 1440, height: 900 } });
  const { page } = visitor;
  complaints.push(visitor.complaints);
  await signInByPassword(page, login);
  return page;
}

const panel = (page: Page) => page.getByRole("complementary", { name: "Beside the text" });
const field = (where: Locator, name: string) => where.locator(`[data-field-control="${name}"]`);
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d/).waitFor();

/** Puts the caret into the title of a clause: in its words there may be a value where one clicks. */
async function at(page: Page, id: string): Promise<Locator> {
  await clause(page, id).getByRole("heading").first().click();
  await panel(page)
    .getByRole("tab", { name: `Clause ${Number(id.slice(1))}`, exact: true })
    .click();
  return panel(page);
}

test("a word stays whole in every table of the text, on a phone too", async () => {
  for (const width of [1440, 700, 375]) {
    await aigul.setViewportSize({ width, height: 900 });
    const broken = await aigul.evaluate(() => {
      const found: string[] = [];
      for (const cell of document.querySelectorAll(".txt :is(th, td)")) {
        const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (const { 0: word, index } of (node.textContent ?? "").matchAll(/(?<!\S)[A-Za-z]{2,16}(?!\S)/g)) {
            const range = document.createRange();
            range.setStart(node, index);
            range.setEnd(node, index + word.length);
            if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) found.push(word);
          }
        }
      }
      return found;
    });
    expect(broken, `${width} px`).toEqual([]);
  }
});

describe("every value of every clause", () => {
  test("has a control, or follows the team or other values and says so", async () => {
    const without: string[] = [];
    for (const { id, fields } of clauses) {
      const beside = await at(aigul, id);
      for (const { name, type, fixed } of fields) {
        const follows = ["jitName", "jitReference", "exerciseFlag"].includes(name) || type.kind === "computed" || fixed;
        const controls = await field(beside, name).locator("input, select, textarea, button").count();
        if (!follows && controls === 0) without.push(name);
      }
      await beside.getByText("Typical trouble").waitFor();
      expect(await beside.getByRole("button", { name: "Add as a paragraph" }).count(), id).toBeGreaterThan(2);
    }
    expect(without).toEqual([]);
  }, 180_000);

  test("a value that cannot stand stays as it was typed, with a sentence, and is not written", async () => {
    const beside = await at(aigul, "C13");
    const days = beside.getByLabel("Days for which content is kept");
    const before = await days.inputValue();
    await days.fill("29");
    await days.press("Enter");
    await beside.getByText("This does not fit here. Type a number from 0 to 28.").waitFor();
    expect(await days.inputValue()).toBe("29");
    await expectAccessible(aigul);
    await days.press("Escape");
    expect(await days.inputValue()).toBe(before);
  });

  test("an amount, a rhythm, a day of the team and a name that is not listed are written as they read", async () => {
    const costs = await at(aigul, "C22");
    await costs.getByRole("button", { name: /Cost lines, row 1/ }).click();
    await costs.getByLabel("Budget: the amount").fill("1 250,50");
    await costs.getByLabel("Budget: the amount").press("Enter");
    await costs.getByLabel("Budget: the currency").selectOption("EUR");
    await clause(aigul, "C22").getByText("1,250.50 EUR").waitFor();
    const rhythm = await at(aigul, "C18");
    await rhythm.getByLabel("Consultation rhythm: every how many").fill("3");
    await rhythm.getByLabel("Consultation rhythm: every how many").press("Enter");
    await rhythm.getByLabel("Consultation rhythm: on which day").selectOption("TH");
    await clause(aigul, "C18").getByText("every 3 weeks on Thursday").waitFor();
    const leaders = await at(aigul, "C07");
    await leaders.getByRole("button", { name: /Leaders, row 1/ }).click();
    await leaders.getByLabel("From", { exact: true }).selectOption("First day of the team");
    await leaders.getByLabel("Deputy", { exact: true }).selectOption("Another name…");
    await leaders.getByLabel("Deputy: the name").fill("نهى السيد");
    await leaders.getByLabel("Deputy: the name").press("Enter");
    const table = clause(aigul, "C07").locator('[data-field-table="leaders"]');
    await table.getByText("first day of the team").waitFor();
    await table.getByText("نهى السيد").waitFor();
    await saved(aigul);
  });
});

describe("two people", () => {
  test("who write in two rows of one table at once both keep what they wrote", async () => {
    await openArrangement(noha);
    const [mine, theirs] = [await at(aigul, "C10"), await at(noha, "C10")];
    await mine.getByRole("button", { name: /Weapons, row 1/ }).click();
    await theirs.getByRole("button", { name: /Weapons, row 2/ }).click();
    const first = mine.getByLabel("Permit procedure");
    const second = theirs.getByLabel("Permit procedure");
    await first.fill("By letter to the ministry");
    await second.fill("By the host’s leader");
    await Promise.all([first.press("Enter"), second.press("Enter")]);
    for (const page of [aigul, noha]) {
      const table = clause(page, "C10").locator('[data-field-table="weapons"]');
      await table.getByText("By letter to the ministry").waitFor();
      await table.getByText("By the host’s leader").waitFor();
    }
  });

  test("who set the same value: the one who is overtaken reads by whom, and has the own value back", async () => {
    await openArrangement(noha);
    const [mine, theirs] = [await at(aigul, "C22"), await at(noha, "C22")];
    await mine.getByLabel("Cost rule").selectOption("shared equally");
    await expect.poll(() => theirs.getByLabel("Cost rule").inputValue()).toBe("shared");
    await theirs.getByLabel("Cost rule").selectOption("from external funding");
    const line = mine.getByText(
      /^Noha El-Sayed changed this to “from external funding” at \d\d:\d\d; yours was “shared equally”\.$/,
    );
    await line.waitFor();
    await expectAccessible(aigul);
    await mine.getByRole("button", { name: "Put yours back" }).click();
    await line.waitFor({ state: "detached" });
    for (const page of [aigul, noha])
      await expect
        .poll(() => clause(page, "C22").locator('[data-field="costRule"]').first().textContent())
        .toBe("shared equally");
    await theirs.getByText(/^Aigul Nurlanova changed this to “shared equally”/).waitFor();
    await theirs.getByRole("button", { name: "Leave it so" }).click();
  });

  test("what one is typing stays when somebody else sets the value meanwhile", async () => {
    await openArrangement(noha);
    const [mine, theirs] = [await at(aigul, "C04"), await at(noha, "C04")];
    const place = mine.getByLabel("Headquarters place");
    await place.fill("Almaty, half typ");
    await theirs.getByLabel("Headquarters place").fill("Cairo");
    await theirs.getByLabel("Headquarters place").press("Enter");
    await saved(noha);
    // Something else of hers, to know that the first has arrived too.
    await theirs.getByLabel("Work in one place").selectOption("Yes");
    await expect.poll(() => mine.getByLabel("Work in one place").inputValue()).toBe("true");
    expect(await place.inputValue()).toBe("Almaty, half typ");
    await place.press("Enter");
    await expect.poll(() => theirs.getByLabel("Headquarters place").inputValue()).toBe("Almaty, half typ");
  });
});

describe("rows by keyboard", () => {
  test("are added, filled in, moved and removed, and the focus stays where one goes on", async () => {
    const beside = field(await at(aigul, "C17"), "protectionContacts");
    const focused = () => aigul.evaluate(() => document.activeElement?.textContent ?? "");
    await beside.getByRole("button", { name: "Add a row" }).focus();
    await aigul.keyboard.press("Enter");
    await expect.poll(focused).toContain("row 5 of 5: Empty row");
    await aigul.keyboard.press("Tab");
    await aigul.keyboard.press("Tab");
    await aigul.keyboard.press("Tab");
    await expect.poll(() => aigul.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    await aigul.keyboard.type("Uzbek");
    await expect.poll(() => beside.getByLabel("State").inputValue()).toBe("UZ");
    await beside.getByRole("button", { name: /row 5 of 5/ }).focus();
    await aigul.keyboard.press("Alt+ArrowUp");
    await expect.poll(focused).toContain("row 4 of 5: Uzbekistan");
    await beside.getByRole("button", { name: "Protection contacts: move row 4 up" }).focus();
    await aigul.keyboard.press("Enter");
    await expect.poll(() => beside.getByRole("status").last().innerText()).toBe("Now row 3 of 5.");
    await beside.getByRole("button", { name: "Protection contacts: remove row 3" }).focus();
    await aigul.keyboard.press("Enter");
    await expect.poll(focused).toContain("row 3 of 4: Egypt");
    expect(await beside.getByText("Uzbekistan").count()).toBe(0);
  });
});

describe("the records of the team", () => {
  test("are taken over into a table in one edit, and shown in the text", async () => {
    const beside = field(await at(aigul, "C08"), "members");
    await beside.getByText("The records of the team say something else:").waitFor();
    await beside.getByRole("button", { name: "Take over from the team" }).click();
    await expect.poll(() => beside.getByText("The records of the team say something else:").count()).toBe(0);
    await beside.getByRole("button", { name: /Members, row 1/ }).click();
    await expect.poll(() => beside.getByLabel("Authority").inputValue()).toContain("Prosecutor");
    await saved(aigul);
  });
});

describe("ready wordings", () => {
  test("go to the caret, values included, or become a paragraph of the clause, for everybody", async () => {
    await openArrangement(noha);
    const before = await clause(aigul, "C16").locator("> p").count();
    const beside = await at(aigul, "C16");
    await beside.getByRole("button", { name: "Add as a paragraph: Incidents" }).click();
    const added = (page: Page) => clause(page, "C16").locator("> p").last();
    for (const page of [aigul, noha])
      await expect
        .poll(() => added(page).textContent())
        .toBe("A party that finds an incident reports it to the others within 72 hours, with what is known by then.");
    expect(await clause(aigul, "C16").locator("> p").count()).toBe(before + 1);
    await added(aigul).click({ position: { x: 2, y: 14 } });
    await beside.getByRole("button", { name: "Insert at the caret: Periods" }).click();
    await expect
      .poll(() => added(noha).textContent())
      .toContain("Personal data are erased when the period in the table has passed");
    expect(await clause(aigul, "C16").locator("> p").count()).toBe(before + 1);
    await saved(aigul);
  });
});

describe("on a phone", () => {
  test("a row is added and filled in, in the dark too, and axe finds nothing", async () => {
    await aigul.setViewportSize({ width: 375, height: 812 });
    await aigul.emulateMedia({ colorScheme: "dark" });
    await openArrangement(aigul);
    await clause(aigul, "C05").getByRole("heading").first().click();
    await clause(aigul, "C19").getByRole("heading").first().click();
    await aigul.getByRole("button", { name: "Clause 19" }).click();
    const dialog = aigul.getByRole("dialog");
    await field(dialog, "assetManagement").getByRole("button", { name: "Add a row" }).click();
    await dialog.getByLabel("Procedure").fill("يُجمَّد الحساب في اليوم نفسه");
    await dialog.getByLabel("Procedure").press("Enter");
    await field(dialog, "assetManagement")
      .getByRole("button", { name: /يُجمَّد الحساب/ })
      .waitFor();
    await expectAccessible(aigul);
    await aigul.emulateMedia({ colorScheme: "light" });
  });
});
