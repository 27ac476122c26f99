/** Makes the pictures of the README from the demonstration: npm run screenshots. Needs the pages built. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { newVisitor, openBrowser } from "./browser.ts";
import { startDemonstration } from "./demonstration.ts";
import { signInByPassword } from "./exercise-pages.ts";

const folder = "public/pictures";
const wide = { width: 1440, height: 900 };

async function open(browser: Browser, origin: string, login: string, viewport = wide): Promise<Page> {
  const { page } = await newVisitor(browser, origin, { viewport });
  await signInByPassword(page, login);
  return page;
}

async function take(page: Page, path: string, file: string): Promise<void> {
  await page.goto(path);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}/${file}.png` });
  console.log(`${folder}/${file}.png`);
}

/** Cover, a page of clauses, and the page of signatures of the sealed PDF. */
async function takePdf(page: Page, path: string): Promise<void> {
  const place = mkdtempSync(join(tmpdir(), "jit-pictures-"));
  const file = join(place, "arrangement.pdf");
  writeFileSync(file, await (await page.request.get(path)).body());
  const texts = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f");
  const pages = {
    cover: 1,
    clauses: 4,
    signatures: 1 + texts.findLastIndex((text) => /^\s*Signature page\s*$/m.test(text)),
  };
  for (const [name, number] of Object.entries(pages)) {
    const only = ["-f", String(number), "-l", String(number), "-singlefile"];
    execFileSync("pdftoppm", ["-png", "-r", "80", ...only, file, `${folder}/pdf-${name}`]);
    console.log(`${folder}/pdf-${name}.png`);
  }
  rmSync(place, { recursive: true });
}

const demonstration = await startDemonstration();
const browser = await openBrowser();
try {
  mkdirSync(folder, { recursive: true });
  const aigul = await open(browser, demonstration.origin, "aigul");
  const sanne = await open(browser, demonstration.origin, "sanne");
  const team = "/jits/JIT-2026-001";
  await take(aigul, team, "overview");
  await sanne.goto(`${team}/agreement`);
  await sanne.locator('[data-clause="C05"] > p').first().click();
  await aigul.goto(`${team}/agreement#C05`);
  await aigul.locator('[data-clause="C05"] > p').first().click();
  await aigul.locator(".caret").first().waitFor();
  await aigul.getByRole("tab", { name: /^Findings \d/ }).waitFor();
  await aigul.screenshot({ path: `${folder}/agreement.png` });
  console.log(`${folder}/agreement.png`);
  await take(aigul, `${team}/activity`, "activity");
  const elena = await open(browser, demonstration.origin, "elena");
  await take(elena, "/jits/JIT-2025-004/agreement/sign", "sign");
  await takePdf(elena, "/jits/JIT-2025-004/agreement/pdf");
  await take(elena, "/jits/JIT-2025-004/tasks", "board");
  await take(aigul, `${team}/plan`, "plan");
  const phone = await open(browser, demonstration.origin, "aigul", { width: 375, height: 812 });
  await take(phone, team, "phone");
} finally {
  await browser.close();
  await demonstration.stop();
}
