/**
 * The editor with an agreement of 60 pages and twelve people connected, beside a plain TipTap page that holds the same
 * text, in one Chromium, in turns: from the key to the painted letter, opening, memory of the tab, and running all
 * checks. Prints a table and ends with one line of JSON. Never part of the verdict of the tests. `--quick`: fewer
 * letters; `--rounds N`.
 */
import { createServer } from "node:http";
import { availableParallelism, loadavg } from "node:os";
import pg from "pg";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { startDemonstration } from "#tests/support/demonstration.ts";
import { signInByPassword } from "#tests/support/exercise-pages.ts";
import { type Colleague, comeIn, writeLong } from "./editor/company.ts";
import { type Felt, heapOf, typeAndWatch, watchKeys } from "./editor/page.ts";

const quick = process.argv.includes("--quick");
const rounds = Number(process.argv[process.argv.indexOf("--rounds") + 1] || 0) || (quick ? 2 : 5);
const letters = quick ? 40 : 120;
/** 60 pages of 2,500 letters, of which the template brings some */
const longText = 140_000;
const team = "JIT-2026-001";
const others = ["wenjing", "noha", "sanne", "daniyar", "ermek", "hisham", "jianguo", "marijke", "olga", "haifeng"];
const targets = { "key p50": 1.5, opening: 1.5, memory: 1.5, "checks ms": 50 };
const [before = 0] = loadavg();

const median = (values: readonly number[]) => percentile(values, 50);
function percentile(values: readonly number[], which: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * which) / 100))] ?? Number.NaN;
}

async function cookieOf(origin: string, login: string): Promise<string | null> {
  const body = new URLSearchParams({ email: `${login}@${demonstrationDomain}`, password: demonstrationPassword });
  const answer = await fetch(`${origin}/?index`, {
    method: "POST",
    body,
    headers: { Origin: origin },
    redirect: "manual",
  });
  return answer.headers.get("set-cookie")?.split(";")[0] ?? null;
}

/** The plain page as one script, and a server that gives it out with the text. */
async function plainPage(given: object) {
  const made = await build({
    configFile: false,
    logLevel: "error",
    resolve: { dedupe: ["yjs"] },
    build: { write: false, lib: { entry: "tests/bench/editor/plain.ts", formats: ["es"], fileName: "plain" } },
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const [{ output }] = (Array.isArray(made) ? made : [made]) as [{ output: { code?: string }[] }];
  const script = output.map(({ code }) => code ?? "").join("\n");
  const html = `<!doctype html><meta charset="utf-8"><div id="text"></div><script type="application/json" id="given">${JSON.stringify(given).replaceAll("<", "\\u003c")}</script><script>window.given=JSON.parse(document.querySelector("#given").textContent)</script><script type="module" src="/plain.js"></script>`;
  const server = createServer(({ url }, response) => {
    response.setHeader("Content-Type", url === "/plain.js" ? "text/javascript" : "text/html");
    response.end(url === "/plain.js" ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as { port: number };
  return { origin: `http://127.0.0.1:${address.port}`, stop: () => server.close() };
}

/** Opens the address in a tab of its own, types at the end of a paragraph in the middle, and leaves. */
async function feel(page: Page, address: string, text: string): Promise<Felt> {
  const session = await page.context().newCDPSession(page);
  const began = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  await page.locator(`${text} p`).nth(100).waitFor();
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
  const opening = performance.now() - began;
  // Until what comes after the text is there too: panels, findings, presence.
  await page.waitForTimeout(4_000);
  await page.locator(`${text} p`).nth(60).click();
  await page.keyboard.press("End");
  await watchKeys(page);
  await typeAndWatch(page, 10);
  const keys = await typeAndWatch(page, letters);
  const heapMb = await heapOf(session);
  await page.goto("about:blank");
  return { opening, keys, heapMb };
}

const demonstration = await startDemonstration();
const { origin, ownerUrl } = demonstration;
const company: Colleague[] = [];
let browser: Browser | undefined;
try {
  const database = new pg.Client(ownerUrl);
  await database.connect();
  const { rows } = await database.query(
    "SELECT d.id FROM document d JOIN jit j ON j.id = d.jit_id WHERE j.reference = $1 AND d.kind = 'agreement'",
    [team],
  );
  await database.end();
  const document = rows[0].id as string;
  const own = await cookieOf(origin, "aigul");
  const writer = await comeIn(origin, own ?? "", document);
  company.push(writer);
  await writeLong(writer.doc, longText);
  for (const login of others) {
    const cookie = await cookieOf(origin, login);
    if (cookie) company.push(await comeIn(origin, cookie, document));
  }
  browser = await openBrowser();
  const ours = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: origin });
  await signInByPassword(ours, "aigul");
  const answer = await ours.request.get(`${origin}/jits/${team}/agreement/assents`);
  const { checking } = (await answer.json()) as { checking: { facts: object } };
  const { fieldsOf, languagesOf, readText } = await import("#app/domain/documents/text.ts");
  const languages = Object.fromEntries(languagesOf(writer.doc).map((one) => [one, readText(writer.doc, one)]));
  const plain = await plainPage({
    text: languages.en,
    input: { fields: fieldsOf(writer.doc), languages, facts: checking.facts },
  });
  const bare = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const felt = { ours: [] as Felt[], plain: [] as Felt[] };
  let checks = { first: 0, median: 0 };
  for (let round = 0; round <= rounds; round++) {
    const one = await feel(ours, `${origin}/jits/${team}/agreement`, ".txt");
    const other = await feel(bare, plain.origin, "#text");
    // The first of each warms caches and compiles, and is not counted.
    if (round > 0) {
      felt.ours.push(one);
      felt.plain.push(other);
    }
  }
  await bare.goto(plain.origin);
  await bare.locator("#text p").nth(100).waitFor();
  checks = await bare.evaluate(() =>
    (window as unknown as { timeChecks(runs: number): { first: number; median: number } }).timeChecks(31),
  );
  plain.stop();
  report(felt, checks, company.length + 1);
} finally {
  for (const { leave } of company) leave();
  await browser?.close();
  await demonstration.stop();
}
process.exit(0);

function report(felt: { ours: Felt[]; plain: Felt[] }, checks: { first: number; median: number }, people: number) {
  const figures = (of: Felt[]) => ({
    "key p50": median(of.flatMap(({ keys }) => keys)),
    "key p95": percentile(
      of.flatMap(({ keys }) => keys),
      95,
    ),
    opening: median(of.map(({ opening }) => opening)),
    memory: median(of.map(({ heapMb }) => heapMb)),
  });
  const [ours, plain] = [figures(felt.ours), figures(felt.plain)];
  const ratios: Record<string, number> = { "checks ms": Number(checks.median.toFixed(1)) };
  console.log(
    `${people} people, ${longText / 2500} pages and more, ${rounds} rounds of ${letters} letters; load ${before.toFixed(1)}, ${availableParallelism()} cores`,
  );
  console.log("            ours      plain     ratio");
  for (const name of Object.keys(ours) as (keyof typeof ours)[]) {
    const ratio = ours[name] / plain[name];
    ratios[name] = Number(ratio.toFixed(2));
    const unit = name === "memory" ? "MB" : "ms";
    console.log(
      `${name.padEnd(10)} ${`${ours[name].toFixed(1)} ${unit}`.padStart(10)} ${`${plain[name].toFixed(1)} ${unit}`.padStart(10)} ${ratio.toFixed(2).padStart(8)}`,
    );
  }
  console.log(`all checks: ${checks.median.toFixed(1)} ms, the first time ${checks.first.toFixed(1)} ms`);
  const missed = Object.entries(targets).filter(([name, most]) => !((ratios[name] ?? Number.NaN) <= most));
  console.log(JSON.stringify({ bench: "editor", ratios, targets, missed: missed.map(([name]) => name) }));
}
