import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { mendPlantedFaults } from "#tests/support/complete-text.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import { signInByPassword } from "#tests/support/exercise-pages.ts";
import { codeOf, setUpApp } from "#tests/support/second-factors.ts";
import { pdfOf } from "#tests/support/slots.ts";

/* Authorities that sign in different ways: China in ink, with Kazakhstan looking at the paper. */
const team = "/jits/JIT-2026-001";
let exercise: Exercise;
let browser: Browser;
let digest: string;
const complaints: string[] = [];

beforeAll(async () => {
  exercise = await startExercise();
  browser = await openBrowser();
  const { id: document, jitId: jit } = await database().document.findFirstOrThrow({
    where: { annex: null, jit: { reference: "JIT-2026-001" } },
  });
  const aigul = await actor("aigul");
  await mendPlantedFaults({ jit, document }, aigul);
  await agreeForAll({ jit, document });
  digest = (await finaliseDocument(aigul, { jit, document })).digest;
});

afterAll(async () => {
  await browser?.close();
  await exercise?.stop();
});

async function actor(login: string): Promise<Actor> {
  const person = await database().person.findUniqueOrThrow({
    where: { email: `${login}@${demonstrationDomain}` },
    include: { authority: true },
  });
  const { id: personId, authorityId, authority } = person;
  return { personId, sessionId: null, authorityId, state: authority.state, globalRoles: [] };
}

async function desk(login: string, path: string): Promise<Page> {
  const visitor = await newVisitor(browser, exercise.origin, { acceptDownloads: true });
  await signInByPassword(visitor.page, login);
  visitor.page.on("close", () => complaints.push(...visitor.complaints));
  await visitor.page.goto(path);
  return visitor.page;
}

test("who opens for signature says who signs in which way, and by when", async () => {
  const page = await desk("aigul", `${team}/agreement/open`);
  await expectAccessible(page);
  const china = page.getByRole("region", { name: "For China" });
  await china.getByLabel("Signs", { exact: true }).first().selectOption({ label: "in ink" });
  await china.getByLabel("By the end of").first().fill("2150-12-18");
  await page.getByRole("button", { name: "Open for signature" }).click();
  await page.waitForURL("**/agreement/sign");
  await page
    .getByText("by Friday, 18 December 2150")
    .or(page.getByText(/by .*18 December 2150/))
    .first()
    .waitFor();
  await expectAccessible(page);
  await page.close();
});

test("the signatory hands in the scan of the paper; what is no scan is refused, and nothing typed is lost", async () => {
  const page = await desk("jianguo", `${team}/agreement/sign`);
  await page.getByRole("link", { name: "Sign on paper…" }).click();
  await page.getByLabel("Place on the paper").fill("北京");
  await page.getByLabel("Day on the paper").fill("2024-11-20");
  const file = (name: string, bytes: Uint8Array) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(bytes) });
  await page
    .getByLabel("Scan of the paper")
    .setInputFiles(file("paper.pdf", new TextEncoder().encode("MZ not a scan")));
  await page.getByRole("button", { name: "Hand in the paper" }).click();
  await page.getByText("This is neither a PDF nor a JPEG or PNG picture.").first().waitFor();
  expect(await page.getByLabel("Place on the paper").inputValue()).toBe("北京");
  await expectAccessible(page);
  await page.getByLabel("Scan of the paper").setInputFiles(file("paper.pdf", pdfOf(2)));
  await page.getByRole("button", { name: "Hand in the paper" }).click();
  await page.waitForURL("**/agreement/sign");
  await page.locator("tr.mine").getByText("Paper to be checked by another party").waitFor();
  await page.close();
});

test("an officer of another party types the digest and the pages; a wrong number counts for nothing", async () => {
  const page = await desk("aigul", "/home");
  await page.getByRole("link", { name: "Look at the paper" }).click();
  await page.getByRole("link", { name: "Look at the paper…" }).click();
  // Not by an open session alone: whoever confirms proves to be there.
  await page.getByText("Confirming a paper needs a second factor, and you have none yet.").waitFor();
  await page.getByRole("link", { name: "Set up a second factor" }).click();
  const secret = await setUpApp(page, demonstrationPassword);
  await page.getByRole("link", { name: "Go back to signing" }).click();
  await expectAccessible(page);
  const prove = async () => {
    await page.getByLabel("Your password, again").fill(demonstrationPassword);
    await page.getByLabel("Code of your authenticator app").fill(codeOf(secret, 1));
  };
  await prove();
  await page.getByLabel("The 16 digits at the foot of the pages").fill(digest.slice(0, 16));
  await page.getByLabel("Number of pages of the scan").fill("3");
  await page.getByRole("button", { name: "Confirm the paper" }).click();
  await page.getByText("The file does not have this number of pages.").first().waitFor();
  await page.getByLabel("Number of pages of the scan").fill("2");
  await prove();
  await page.getByRole("button", { name: "Confirm the paper" }).click();
  await page.waitForURL("**/agreement/sign");
  const china = page.locator("tr").filter({ hasText: "China" });
  await china.getByText("Signed", { exact: true }).waitFor();
  await china.getByText(/^Scan confirmed by/).waitFor();
  await page.goto(`${team}/agreement/approvals`);
  await expectAccessible(page);
  await page.close();
});

test("the signatory takes it back with a reason, and everybody is told at home", async () => {
  const page = await desk("jianguo", `${team}/agreement/sign`);
  await page.getByRole("link", { name: "Take the signature back…" }).click();
  await page.getByLabel("Reason").fill("Clause 14 must be read again");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.waitForURL("**/agreement/sign");
  await page.close();
  const told = await desk("hisham", "/home");
  await told.getByText("Clause 14 must be read again").waitFor();
  await expectAccessible(told);
  await told.close();
  expect(complaints).toEqual([]);
});
