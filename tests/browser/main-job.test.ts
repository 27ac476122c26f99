import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { mendPlantedFaults } from "#tests/support/complete-text.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { signInByPassword, textOf as text } from "#tests/support/exercise-pages.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";

/*
 * The main job, as the people of four States do it: write one arrangement together, freeze it, sign it, take it away.
 * One story; each test goes on where the one before stopped.
 */
const team = "/jits/JIT-2026-001";
let exercise: Exercise;
let browser: Browser;
let folder: string;
const desks = new Map<string, Awaited<ReturnType<typeof newVisitor>>>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jit-main-job-"));
  exercise = await startExercise();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The page of a person who is signed in, by name and password. */
async function desk(login: string): Promise<Page> {
  const known = desks.get(login);
  if (known) return known.page;
  const visitor = await newVisitor(browser, exercise.origin, { acceptDownloads: true });
  desks.set(login, visitor);
  const { page } = visitor;
  await signInByPassword(page, login);
  return page;
}

async function actor(login: string): Promise<Actor> {
  const person = await database().person.findUniqueOrThrow({
    where: { email: `${login}@${demonstrationDomain}` },
    include: { authority: true },
  });
  return {
    personId: person.id,
    sessionId: null,
    authorityId: person.authorityId,
    state: person.authority.state,
    globalRoles: [],
  };
}

const firstParagraphOf = (page: Page, clause: string) => text(page).locator(`[data-clause="${clause}"] > p`).first();

/** The words of the text alone: each browser also draws the carets of the others, with the codes of their States. */
function wordsOf(page: Page, clause: string): Promise<string> {
  return firstParagraphOf(page, clause).evaluate((paragraph) => {
    const copy = paragraph.cloneNode(true) as HTMLElement;
    for (const drawn of copy.querySelectorAll(".caret")) drawn.remove();
    return (copy.textContent ?? "").replace(/[\u2060\u200b\ufeff]/g, "");
  });
}

async function openText(login: string): Promise<Page> {
  const page = await desk(login);
  await page.goto(`${team}/agreement`);
  await text(page).getByRole("heading", { name: "Definitions" }).waitFor();
  return page;
}

async function putCaret(page: Page, clause: string): Promise<void> {
  await firstParagraphOf(page, clause).click();
  await page.keyboard.press("End");
}

async function write(page: Page, clause: string, words: string): Promise<void> {
  await putCaret(page, clause);
  await page.keyboard.type(words, { delay: 5 });
}

const saved = (page: Page) => page.getByText(/^Saved \d\d:\d\d/).waitFor();

test("people of three States write into the same clause at once and end with the same text", async () => {
  const pages = await Promise.all(["aigul", "wenjing", "noha"].map(openText));
  const words = [" Written in Almaty.", " Written in Beijing.", " Written in Cairo."];
  // More than once: each time their carets come from where they wrote before, and each clause is another place.
  for (const clause of ["C01", "C03", "C07"]) {
    await Promise.all(pages.map((page) => putCaret(page, clause)));
    await Promise.all(pages.map((page, index) => page.keyboard.type(words[index] ?? "", { delay: 5 })));
    await Promise.all(pages.map(saved));
    const texts = () => Promise.all(pages.map((page) => wordsOf(page, clause)));
    await expect.poll(async () => new Set(await texts()).size, { timeout: 20_000 }).toBe(1);
    const [text = ""] = await texts();
    // Nobody's letters stand inside the words of another, and none is missing.
    expect(words.filter((sentence) => !text.includes(sentence))).toEqual([]);
  }
  await expectAccessible(pages[0] as Page);
});

test("one who only reads sees it live and has no way to write", async () => {
  const reader = await openText("daniyar");
  const aigul = await desk("aigul");
  await write(aigul, "C02", " Seen by all.");
  await expect.poll(() => firstParagraphOf(reader, "C02").textContent(), { timeout: 20_000 }).toContain("Seen by all.");
  expect(await text(reader).getAttribute("contenteditable")).toBe("false");
  expect(await reader.getByRole("toolbar").count()).toBe(0);
});

test("one whose membership is revoked is cut off, and nothing of theirs is stored after", async () => {
  const jit = await database().jit.findUniqueOrThrow({ where: { reference: "JIT-2026-001" } });
  const karim = await actor("karim");
  const member = await database().member.findFirstOrThrow({ where: { jitId: jit.id, personId: karim.personId } });
  const target = { jit: jit.id, member: member.id };
  const administrator = await actor("aigul");
  await changeRoles(administrator, { ...target, roles: ["lead_negotiator"], from: {}, until: {} });
  const page = await openText("karim");
  await write(page, "C21", " Before.");
  await saved(page);
  await revokeMember(administrator, { ...target, reason: "He left the authority" });
  const { rows } = await exercise.owner.query("SELECT clock_timestamp() AS at");
  await page.keyboard.type(" After.").catch(() => {});
  await page.getByText("Your access to this text was taken back.").waitFor();
  const { rowCount } = await exercise.owner.query("SELECT 1 FROM document_update WHERE author_id = $1 AND at > $2", [
    karim.personId,
    rows[0].at,
  ]);
  expect(rowCount).toBe(0);
  await expect.poll(async () => (await page.goto(`${team}/agreement`))?.status()).toBe(404);
});

test("a yes to a clause is seen by all at once, and an edit of the clause clears it for all to see", async () => {
  const [aigul, wenjing] = [await desk("aigul"), await desk("wenjing")];
  const lineOf = (page: Page) => text(page).locator('[data-clause="C20"] .agree-line');
  for (const page of [aigul, wenjing]) {
    // Wide enough for the panel to stand beside the text.
    await page.setViewportSize({ width: 1440, height: 900 });
    await text(page).locator('[data-clause="C20"] > h2').click();
    await page.getByRole("tab", { name: "Clause 20" }).click();
    await page.getByRole("button", { name: "Agree to clause 20" }).click();
    await page.getByRole("button", { name: "Take back" }).waitFor();
  }
  await expect.poll(() => lineOf(aigul).textContent()).toContain("Agreed by 2 of 4.");
  await expectAccessible(aigul);
  await write(wenjing, "C20", " By its own law.");
  await expect
    .poll(() => lineOf(aigul).textContent())
    .toContain("An edit cleared the agreements of Kazakhstan and China.");
  await saved(wenjing);
});

test("finalising waits until every party has agreed to the very words, and stops everyone at once", async () => {
  const { id: document, jitId: jit } = await database().document.findFirstOrThrow({
    where: { jit: { reference: "JIT-2026-001" } },
  });
  // tests/browser/checks.test.ts mends them in the browser.
  await mendPlantedFaults({ jit, document }, await actor("aigul"));
  const wenjing = await desk("wenjing");
  const aigul = await desk("aigul");
  await aigul.goto(`${team}/agreement/finalise`);
  await aigul.getByText("Every party must first agree to the text as it stands.").waitFor();
  await expectAccessible(aigul);
  for (const login of ["aigul", "noha", "sanne"]) await agreeToAll(await desk(login));
  const elsewhere = await wenjing.context().newPage();
  await agreeToAll(elsewhere);
  await elsewhere.close();
  await aigul.goto(`${team}/agreement`);
  await aigul.getByText("Agreed by all 4 parties.").waitFor();
  await aigul.getByRole("link", { name: "Finalise…" }).click();
  await aigul.getByRole("button", { name: /^Finalise version/ }).click();
  await aigul.getByText(/^Finalised on/).waitFor();
  await wenjing.getByText(/^Finalised on/).waitFor();
  await expect.poll(() => text(wenjing).getAttribute("contenteditable")).toBe("false");
});

/** The party says yes to the text as it stands. */
async function agreeToAll(page: Page): Promise<void> {
  await page.goto(`${team}/agreement/agree`);
  await expectAccessible(page);
  await page.getByRole("button", { name: /^Agree for/ }).click();
  await page.getByRole("button", { name: /^Take back the agreement of/ }).waitFor();
}

test("all parties sign the frozen words, and the last signature puts the arrangement in force", async () => {
  const aigul = await desk("aigul");
  await aigul.getByRole("link", { name: "Open for signature…" }).click();
  await aigul.getByRole("button", { name: "Open for signature" }).click();
  await aigul.waitForURL("**/agreement/sign");
  await aigul.getByRole("region", { name: "Signatures", exact: true }).waitFor();
  for (const login of ["ermek", "jianguo", "hisham", "marijke"]) {
    const page = await desk(login);
    await page.goto(`${team}/agreement/sign`);
    await page.getByRole("link", { name: "Set up a second factor" }).click();
    const secret = await setUpApp(page, demonstrationPassword);
    await page.getByRole("link", { name: "Go back to signing" }).click();
    await page
      .getByRole("region", { name: /^The text you sign/ })
      .getByText("Seen by all.")
      .waitFor();
    await page.getByLabel("Place", { exact: true }).fill("The Hague");
    if (login === "ermek") await refusesWithoutPassword(page);
    await page.getByLabel("Your password, again").fill(demonstrationPassword);
    await page.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
    await page.getByRole("checkbox", { name: /^I sign for/ }).check();
    await page.getByRole("button", { name: /^Sign for/ }).click();
    await page.locator("tr.mine").getByText("Signed", { exact: true }).waitFor();
  }
  await aigul.goto(`${team}/agreement`);
  await aigul.getByText(/^In force since .* The last day is/).waitFor();
});

/** The form comes back with the sentence, and what was typed is still there. */
async function refusesWithoutPassword(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Sign for/ }).click();
  await page.getByRole("heading", { name: "There is a problem" }).waitFor();
  expect(await page.getByLabel("Place", { exact: true }).inputValue()).toBe("The Hague");
  await expectAccessible(page);
}

test("the PDF holds every clause and every signatory, and the record checks itself with ordinary tools", async () => {
  const aigul = await desk("aigul");
  const pdf = await aigul.request.get(`${team}/agreement/pdf`);
  expect(pdf.status()).toBe(200);
  const path = join(folder, "arrangement.pdf");
  writeFileSync(path, await pdf.body());
  const printed = execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
  for (const clause of clauses) expect(printed).toContain(clause.titles.en ?? "");
  for (const name of ["Ermek Tursynov", "Wang Jianguo", "Hisham Fouad", "Marijke van den Berg"])
    expect(printed).toContain(name);
  const bundle = await aigul.request.get(`${team}/agreement/export`);
  expect(bundle.status()).toBe(200);
  const files = unzipSync(await bundle.body());
  for (const [name, bytes] of Object.entries(files)) {
    if (name.endsWith("/")) continue;
    const file = join(folder, name.replaceAll("/", "__"));
    writeFileSync(file, bytes);
  }
  expect(Object.keys(files)).toContain("VERIFY.txt");
  expect(Object.keys(files).filter((name) => name.startsWith("signatures/") && name.endsWith(".sig"))).toHaveLength(4);
  expect(readFileSync(join(folder, "VERIFY.txt"), "utf8")).toContain("sha256sum -c");
});

test("the trail of all this verifies, and nobody's page complained", async () => {
  const aigul = await desk("aigul");
  await aigul.goto(`${team}/activity`);
  await aigul.getByRole("button", { name: "Verify the trail" }).click();
  await aigul.getByRole("heading", { name: "The trail is whole" }).waitFor();
  const complaints = [...desks].flatMap(([login, visitor]) => visitor.complaints.map((words) => `${login}: ${words}`));
  expect(complaints).toEqual([]);
});
