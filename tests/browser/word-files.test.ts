import { readFileSync } from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectAccessible, newVisitor, openBrowser } from "#tests/support/browser.ts";
import { type Exercise, startExercise } from "#tests/support/exercise.ts";
import {
  clauseIn as clause,
  openArrangement,
  signInByPassword,
  textOf as text,
} from "#tests/support/exercise-pages.ts";
import { heading, paragraph, wordFile } from "#tests/support/word-files.ts";

/* The text goes out to Word, is written on there, and comes back into the open text of everybody. */
let exercise: Exercise;
let browser: Browser;
let aigul: Page;
let wenjing: Page;
const complaints: string[][] = [];
const agreement = "/jits/JIT-2026-001/agreement";

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

async function signIn(login: string): Promise<Page> {
  const visitor = await newVisitor(browser, exercise.origin, { viewport: { width: 1440, height: 900 } });
  complaints.push(visitor.complaints);
  await signInByPassword(visitor.page, login);
  return visitor.page;
}

async function read(file: Uint8Array, name = "proposal.docx", language?: "ru"): Promise<void> {
  await aigul.goto(`${agreement}/import`);
  if (language) {
    await aigul.getByRole("link", { name: "Русский" }).click();
    await aigul.waitForURL(`**/import?text=${language}`);
  }
  const buffer = Buffer.from(file);
  await aigul.getByLabel("Word file").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
  await aigul.getByRole("button", { name: "Read the file" }).click();
}

/** The copy that the page gives out, with its words changed as Word would. */
async function copyWith(change: (xml: string) => string): Promise<Uint8Array> {
  await openArrangement(aigul);
  const [download] = await Promise.all([
    aigul.waitForEvent("download"),
    aigul.getByRole("link", { name: "Working copy for Word" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("JIT-2026-001-v1-working-copy.docx");
  const parts = unzipSync(new Uint8Array(readFileSync(await download.path())));
  const main = change(strFromU8(parts["word/document.xml"] as Uint8Array));
  return zipSync({ ...parts, "word/document.xml": strToU8(main) });
}

test("a copy that was written on brings back what is new, as the person's own edit, and undo takes it back", async () => {
  const file = await copyWith((xml) => xml.replace("No party speaks to the media", "No party speaks to any media"));
  await openArrangement(wenjing);
  await read(file, "working-copy.docx");
  await aigul.getByRole("heading", { name: "Clause 21: Media" }).waitFor();
  expect(await aigul.getByRole("article").count()).toBe(1);
  await aigul.getByText("87 clauses in other languages: the words of one language come in at a time.").waitFor();
  await expectAccessible(aigul);
  await aigul.getByRole("button", { name: "Put into the text" }).click();
  await aigul.getByText("1 part of the file was put into the text.", { exact: false }).waitFor();
  await clause(wenjing, "C21").getByText("No party speaks to any media", { exact: false }).waitFor();
  await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
  expect(await clause(aigul, "C21").locator("[data-field]").count()).toBeGreaterThan(0);
  await aigul.getByRole("button", { name: /^Undo/ }).click();
  await clause(wenjing, "C21").getByText("No party speaks to the media", { exact: false }).waitFor();
});

test("a file comes into the text of the language that is chosen, and the English stays as it was", async () => {
  await read(
    wordFile(heading("21. Средства массовой информации") + paragraph("Стороны не общаются с прессой.")),
    "ru.docx",
    "ru",
  );
  await aigul.getByRole("heading", { name: /^Clause 21: / }).waitFor();
  await aigul.getByLabel("What becomes of it").selectOption("add");
  await aigul.getByRole("button", { name: "Put into the text" }).click();
  await aigul.waitForURL("**/agreement?text=ru");
  await clause(aigul, "C21").getByText("Стороны не общаются с прессой.", { exact: false }).waitFor();
  await aigul.getByText(/^Saved \d\d:\d\d/).waitFor();
  await openArrangement(wenjing);
  await clause(wenjing, "C21").getByText("No party speaks to the media", { exact: false }).waitFor();
  expect(await text(wenjing).getByText("Стороны не общаются", { exact: false }).count()).toBe(0);
});

test("a file of another hand adds below what is there, makes new clauses, and keeps directions", async () => {
  await openArrangement(wenjing);
  const before = await text(wenjing).locator(".clause").count();
  await read(
    wordFile(
      [
        heading("Clause 10 – Weapons and equipment"),
        paragraph("SGKU-1 لا يحمل أحد سلاحا.", "<w:bidi/>"),
        heading("Care of seized animals"),
        paragraph("Animals are cared for by the host State."),
      ].join(""),
    ),
  );
  await aigul.getByRole("heading", { name: "Clause 10: Weapons and equipment" }).waitFor();
  expect(await aigul.getByLabel("What becomes of it").first().inputValue()).toBe("add");
  await aigul.getByRole("button", { name: "Put into the text" }).click();
  const arabic = clause(wenjing, "C10").getByText("SGKU-1", { exact: false });
  await arabic.waitFor();
  expect(await arabic.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  await clause(wenjing, "C10").getByText("Whether a seconded member may carry", { exact: false }).waitFor();
  await text(wenjing).getByRole("heading", { name: "Care of seized animals", level: 2 }).waitFor();
  expect(await text(wenjing).locator(".clause").count()).toBe(before + 1);
});

test("as much as a file may bring at once is stored", async () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, n) => paragraph(`${n} ${"сайга ".repeat(11)}`)).join("");
  await read(wordFile(heading("Annex of findings") + lines(990) + heading("One more") + lines(990)));
  await aigul.getByText("This is more than can come in at once", { exact: false }).waitFor();
  await aigul.getByLabel("What becomes of it").last().selectOption("leave");
  await aigul.getByRole("button", { name: "Put into the text" }).click();
  await aigul.getByText(/^Saved \d\d:\d\d/).waitFor({ timeout: 60_000 });
  await openArrangement(wenjing);
  await text(wenjing).getByText("989 сайга", { exact: false }).waitFor();
});

test("what cannot be read gets a sentence, and the text stays as it was", async () => {
  await read(new TextEncoder().encode("not a Word file"));
  await aigul.getByText("This is not a Word file (.docx).", { exact: false }).first().waitFor();
  await expectAccessible(aigul);
  expect(complaints.flat()).toEqual([]);
});

test("on paper there is the text, its numbers and values, and that it is a working copy", async () => {
  await openArrangement(aigul);
  await aigul.emulateMedia({ media: "print" });
  await aigul.getByText("Working copy of JIT-2026-001, version 1", { exact: false }).waitFor();
  for (const name of ["Working copy for Word", "Finalise…"]) {
    expect(await aigul.getByRole("link", { name }).isVisible()).toBe(false);
  }
  expect(await aigul.getByRole("toolbar").isVisible()).toBe(false);
  expect(await aigul.getByText(/^Saved/).isVisible()).toBe(false);
  expect(await clause(aigul, "C05").getByText("12 months").first().isVisible()).toBe(true);
  await aigul.emulateMedia({ media: null });
});
