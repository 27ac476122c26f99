import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import {
  clauseIn as clause,
  openArrangement,
  signInByPassword,
  textOf as text,
} from "#tests/support/exercise-pages.ts";

/* Two people of two States at one text, in a real browser with the real servers behind it. */
let exercise: Exercise;
let browser: Browser;
let aigul: Page;
let wenjing: Page;
const complaints: string[][] = [];

beforeAll(async () => {
  exercise = await startExercise();
  browser = await openBrowser();
  aigul = await signIn("aigul");
  wenjing = await signIn("wenjing");
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
});

/**
 * Said by the browser about what these tests do on purpose: paste styles and handlers of events, which newer browsers
 * name when they block them while the paste is read, and stop the server.
 */
const meant = /^(?:Applying inline style|Executing inline event handler) violates|^WebSocket connection to .* failed/;
afterEach(() => expect(complaints.flat().filter((complaint) => !meant.test(complaint))).toEqual([]));

beforeEach(async () => {
  await openArrangement(aigul);
});

async function signIn(login: string): Promise<Page> {
  const visitor = await newVisitor(browser, exercise.origin, { viewport: { width: 1440, height: 900 } });
  complaints.push(visitor.complaints);
  await signInByPassword(visitor.page, login);
  return visitor.page;
}

const tool = (page: Page, name: string) => page.getByRole("toolbar", { name: "Text" }).getByRole("button", { name });
const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d/).waitFor();
/** As they stand there, whether or not the page draws that clause at the moment. */
const words = (page: Page, id: string) => clause(page, id).textContent();

/** Begins a paragraph behind the last words of a clause. */
async function newParagraph(page: Page, id: string): Promise<void> {
  await clause(page, id).locator("p").last().click();
  await heardByEditor(page, () =>
    clause(page, id).evaluate((element) => {
      const selection = window.getSelection();
      selection?.selectAllChildren([...element.querySelectorAll(":scope > p")].at(-1) ?? element);
      selection?.collapseToEnd();
    }),
  );
  await page.keyboard.press("Enter");
}

const moveCaret = (page: Page, key: string) => heardByEditor(page, () => page.keyboard.press(key));

/** The browser tells the editor of a new selection a moment after it has made it; no person is that quick. */
async function heardByEditor(page: Page, select: () => Promise<void>): Promise<void> {
  const heard = await page.evaluateHandle(() => ({
    selection: new Promise((done) => document.addEventListener("selectionchange", done, { once: true })),
  }));
  await select();
  await heard.evaluate(async ({ selection }) => void (await selection));
}

/** What a browser does when something is pasted: the event with its data. */
function paste(page: Page, html: string, plain = ""): Promise<void> {
  return page.evaluate(
    ([html, plain]) => {
      const data = new DataTransfer();
      if (html) data.setData("text/html", html);
      data.setData("text/plain", plain ?? "");
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".ProseMirror")?.dispatchEvent(event);
    },
    [html, plain] as const,
  );
}

describe("writing", () => {
  test("undo takes back one's own paragraph, its id included, and nothing of another person's", async () => {
    await openArrangement(wenjing);
    const before = await clause(aigul, "C07").locator("> p").count();
    await newParagraph(aigul, "C07");
    await aigul.keyboard.type("Mine.");
    await saved(aigul);
    await newParagraph(wenjing, "C08");
    await wenjing.keyboard.type("Theirs.");
    await clause(aigul, "C08").getByText("Theirs.").waitFor();
    for (let press = 0; press < 5; press++) await aigul.keyboard.press("Control+z");
    await expect.poll(() => clause(aigul, "C07").locator("> p").count()).toBe(before);
    expect(await words(aigul, "C08")).toContain("Theirs.");
    await expect.poll(() => words(wenjing, "C07")).not.toContain("Mine.");
  });

  test("a paragraph takes the direction that one gives it, also for others, and its letters decide again after", async () => {
    await openArrangement(wenjing);
    await newParagraph(aigul, "C09");
    await aigul.keyboard.type("SGKU-204481-6 تقدم السلطة ردها.");
    const paragraph = (page: Page) => clause(page, "C09").locator("p").last();
    expect(await paragraph(aigul).evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
    await tool(aigul, "Right to left").click();
    await expect.poll(() => paragraph(wenjing).getAttribute("dir")).toBe("rtl");
    await tool(aigul, "Right to left").click();
    await expect.poll(() => paragraph(wenjing).getAttribute("dir")).toBe("auto");
  });

  test("a link leads where a browser may go, or nowhere", async () => {
    await newParagraph(aigul, "C12");
    await tool(aigul, "Link").click();
    const address = aigul.getByLabel("Address");
    await address.fill("javascript:alert(1)");
    await aigul.getByRole("button", { name: "Set link" }).click();
    await aigul.getByText("This address cannot be used.", { exact: false }).waitFor();
    await address.fill("https://www.unodc.org/");
    await aigul.getByRole("button", { name: "Set link" }).click();
    const link = clause(aigul, "C12").getByRole("link", { name: "https://www.unodc.org/" });
    expect(await link.getAttribute("rel")).toContain("noopener");
  });

  test("a fixed clause stays, and the person reads why", async () => {
    await clause(aigul, "C05").locator("p").first().click();
    await aigul.keyboard.press("Control+a");
    await aigul.keyboard.press("Delete");
    await aigul.getByText("Not removed: a fixed clause can be worded, not removed.").waitFor();
    expect(await text(aigul).locator(".clause").count()).toBe(29);
  });
});

describe("fields", () => {
  test("Enter on a value leads to its control, and the new value shows in every place, for everybody", async () => {
    await openArrangement(wenjing);
    const chip = clause(aigul, "C05").locator('[data-field="duration"]').first();
    await chip.click();
    await aigul.keyboard.press("Enter");
    const months = aigul.getByLabel("Duration, months");
    await expect.poll(() => months.evaluate((input) => input === document.activeElement)).toBe(true);
    await months.fill("18");
    await aigul.keyboard.press("Enter");
    for (const page of [aigul, wenjing]) {
      await expect
        .poll(() => clause(page, "C05").locator('[data-field="duration"]').first().textContent())
        .toBe("18 months");
    }
  });

  test("where a click leaves the caret inside a value, words go in beside it", async () => {
    await clause(aigul, "C05").locator("p").first().click();
    await aigul.keyboard.type("(centre)");
    await expect.poll(() => words(aigul, "C05")).toContain("(centre)");
    const chip = clause(aigul, "C05").locator('[data-field="duration"]').first();
    await heardByEditor(aigul, () =>
      chip.evaluate((element) => window.getSelection()?.collapse(element, element.childNodes.length)),
    );
    await aigul.keyboard.type("(beside)");
    await expect.poll(() => words(aigul, "C05")).toContain("(beside)");
    expect(await chip.innerText()).not.toContain("(beside)");
  });
});

describe("what is pasted", () => {
  test("5 MB are refused in a sentence, and nothing is lost", async () => {
    await newParagraph(aigul, "C18");
    await aigul.keyboard.type("Before the paste.");
    await paste(aigul, "", "x".repeat(5_000_000));
    await aigul.getByText("Not pasted: the text is too long", { exact: false }).waitFor();
    await aigul.keyboard.type(" After it.");
    await saved(aigul);
    expect(await words(aigul, "C18")).toContain("Before the paste. After it.");
  });

  test("words copied from one sentence join another, without a new paragraph", async () => {
    await newParagraph(aigul, "C18");
    await aigul.keyboard.type("Alpha Beta");
    for (let letter = 0; letter < 4; letter++) await moveCaret(aigul, "Shift+ArrowLeft");
    const before = await clause(aigul, "C18").locator("> p").count();
    await aigul.keyboard.press("Control+c");
    await moveCaret(aigul, "ArrowRight");
    await aigul.keyboard.press("Control+v");
    await expect.poll(() => words(aigul, "C18")).toContain("Alpha BetaBeta");
    expect(await clause(aigul, "C18").locator("> p").count()).toBe(before);
  });

  test("a document from elsewhere becomes paragraphs, headings, lists and tables of the clause", async () => {
    await newParagraph(aigul, "C19");
    await paste(
      aigul,
      `<h1>Assets</h1><p style="color:red">One <b>bold</b> <font size=7>word</font></p><ul><li>a</li></ul>
       <table><tr><td colspan="900">wide</td></tr></table><blockquote>quoted</blockquote>`,
    );
    await saved(aigul);
    const made = clause(aigul, "C19");
    expect(await text(aigul).locator(".clause").count()).toBe(29);
    await made.getByRole("heading", { name: "Assets", level: 3 }).waitFor();
    expect(await made.locator("td").first().getAttribute("colspan")).toBe("40");
    expect(await made.locator("[style*=color], font, blockquote").count()).toBe(0);
    await openArrangement(wenjing);
    await clause(wenjing, "C19").getByRole("heading", { name: "Assets", level: 3 }).waitFor();
  });

  test.each(hostile())("%s executes nothing and leaves nothing", async (_name, html) => {
    await newParagraph(aigul, "C22");
    await aigul.evaluate(() => Object.assign(window, { harmed: 0 }));
    await paste(aigul, `<p>before</p>${html}<p>behind</p>`);
    await clause(aigul, "C22").getByText("behind").last().waitFor();
    const found = await aigul.evaluate(() => {
      const editor = document.querySelector(".ProseMirror");
      const elements = [...(editor?.querySelectorAll("*") ?? [])];
      const isHostile = (element: Element) =>
        /^(script|iframe|object|embed|form|input|img|svg|math|style|link|meta|base|video|audio)$/i.test(
          element.tagName,
        ) &&
        element.getAttribute("class") !== "i" &&
        !element.matches(".ProseMirror-separator");
      const acts = (element: Element) =>
        element.getAttributeNames().some((name) => name.startsWith("on")) ||
        /^\s*(javascript|data|vbscript):/i.test(element.getAttribute("href") ?? "");
      return {
        harmed: (window as unknown as { harmed: number }).harmed,
        left: elements.filter((element) => isHostile(element) || acts(element)).map((element) => element.outerHTML),
      };
    });
    expect(found).toEqual({ harmed: 0, left: [] });
    expect(await text(aigul).locator(".clause").count()).toBe(29);
  });
});

/** Ways in which markup has run scripts before; each counts in `harmed` when it does. */
function hostile(): [string, string][] {
  const harm = "window.harmed++";
  return [
    ["a script", `<script>${harm}</script>`],
    ["an image that fails", `<img src=x onerror="${harm}">`],
    ["a drawing", `<svg onload="${harm}"><script>${harm}</script><animate onbegin="${harm}" attributeName=x></svg>`],
    ["a frame", `<iframe srcdoc="<script>parent.${harm}</script>"></iframe>`],
    ["a link that is a script", `<a href="java&#10;script:${harm}">x</a><a href=" javascript:${harm}">y</a>`],
    ["a document in a link", `<a href="data:text/html,<script>${harm}</script>">x</a>`],
    ["a field that is focused", `<input autofocus onfocus="${harm}"><details open ontoggle="${harm}">d</details>`],
    ["mathematics with a link", `<math><mtext><a xlink:href="javascript:${harm}">x</a></mtext></math>`],
    ["a form that posts", `<form action="javascript:${harm}"><button>x</button></form>`],
    ["styles", `<style>@import 'javascript:${harm}';</style><p style="background:url(javascript:${harm})">s</p>`],
    ["a name that hides a part of the page", `<a id="content" name="content" href="https://x.example">c</a>`],
    [
      "a field of ours with words that are markup",
      `<span data-field="duration" data-yes="<img src=x onerror=${harm}>"></span>`,
    ],
    ["a field of ours with a name that is a path", '<span data-field="../../x">x</span>'],
    ["a clause of ours that calls itself fixed", '<section data-clause="C06" data-fixed><h2>T</h2><p>t</p></section>'],
  ];
}

describe("a server that goes away", () => {
  test("what is written meanwhile is kept, said so, and sent when it is back", async () => {
    await newParagraph(aigul, "C25");
    exercise.kill("collab");
    await aigul.getByText("The connection was cut.").waitFor();
    await aigul.keyboard.type("Written without a connection.");
    await saved(aigul);
    await openArrangement(wenjing);
    await clause(wenjing, "C25").getByText("Written without a connection.").waitFor();
  });
});

describe("on a phone", () => {
  test("the text, its clauses and the clause's fields are in reach, and axe finds nothing", async () => {
    await aigul.setViewportSize({ width: 375, height: 812 });
    await openArrangement(aigul);
    await expectAccessible(aigul);
    await aigul.getByRole("button", { name: "Clauses" }).click();
    await aigul
      .getByRole("dialog")
      .getByRole("link", { name: /Use limitation/ })
      .click();
    await expect
      .poll(() => clause(aigul, "C14").evaluate((element) => element.getBoundingClientRect().top))
      .toBeLessThan(300);
    await clause(aigul, "C14").locator("p").first().click();
    await aigul.getByRole("button", { name: "Clause 14" }).click();
    await aigul.getByRole("dialog").getByText("Why this clause").waitFor();
    await expectAccessible(aigul);
  });
});
