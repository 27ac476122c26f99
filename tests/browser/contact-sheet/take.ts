import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { chromium } from "playwright-core";
import { build, preview } from "vite";

/**
 * Takes pictures of the kit for looking at, beside the mock-ups: `npx tsx tests/browser/contact-sheet/take.ts FOLDER [sheet…]`.
 * Builds the sheet as a page of its own; nothing of it is part of the product.
 */
const [folder = join(tmpdir(), "contact-sheet"), ...asked] = process.argv.slice(2);
const root = fileURLToPath(new URL(".", import.meta.url));
const outDir = join(folder, "page");
const settings = {
  root,
  configFile: false as const,
  logLevel: "warn" as const,
  plugins: [tailwindcss()],
  esbuild: { jsx: "automatic" as const },
  build: { outDir, emptyOutDir: true },
  preview: { port: 3120, strictPort: true },
};

const shots = [
  ["kit", ""],
  ["kit", "theme=dark"],
  ["kit", "contrast=more"],
  ["kit", "lang=ar"],
  ["home", "at=/home"],
  ["overview", ""],
  ["overview", "theme=dark"],
  ["overview", "lang=ar"],
  ["people", "at=/jits/JIT-2026-001/people"],
  ["form", "at=/jits/JIT-2026-001/people"],
  ["form", "theme=dark&contrast=more"],
  ["activity", "at=/jits/JIT-2026-001/activity"],
  ["signin", ""],
  ["refused", ""],
] as const;
const phones = ["home", "overview", "people", "form", "activity", "signin"] as const;

mkdirSync(folder, { recursive: true });
await build(settings);
const server = await preview(settings);
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
});
try {
  for (const [sheet, look] of shots) await take(sheet, look, 1440);
  for (const sheet of phones) await take(sheet, "", 375);
  await take("overview", "lang=ar", 375);
} finally {
  await browser.close();
  await server.close();
}

async function take(sheet: string, look: string, width: number) {
  if (asked.length > 0 && !asked.includes(sheet)) return;
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  page.on("pageerror", (error) => console.error(sheet, error.message));
  page.on("console", (message) => message.type() === "error" && console.error(sheet, message.text()));
  await page.goto(`http://localhost:3120/?sheet=${sheet}&${look}`);
  await page.waitForSelector("#content");
  await page.evaluate(() => document.fonts.ready);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) console.error(`${sheet} ${look} at ${width}: ${wide} px too wide`);
  const name = [sheet, look.replace(/[^a-z]+/g, "-").replace(/-?at-.*/, ""), width === 1440 ? "" : width]
    .filter(Boolean)
    .join("-");
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await page.close();
}
