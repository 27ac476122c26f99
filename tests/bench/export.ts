/**
 * The PDF of an arrangement of 10, 60 and 134 pages in one to four languages, beside Chromium printing the same words in
 * the same run: time, memory, size. Prints a table and ends with one line of JSON. Never part of the verdict of the
 * tests. Each document is made by a process that was not there before, as the first download after a pause is; "again"
 * is a second document in the same process. What is compared and why: README.md.
 */
import { availableParallelism, loadavg } from "node:os";
import { renderArrangement } from "#app/domain/export/arrangement-pdf.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { openBrowser } from "#tests/support/browser.ts";
import { overPdf } from "#tests/support/pdf.ts";
import { asHtml, margins } from "./export/as-html.ts";
import { languages, longArrangement } from "./export/long-arrangement.ts";
import { withMemory } from "./export/memory.ts";

const sizes = process.argv.includes("--quick") ? [10] : [10, 60, 134];
const rounds = process.argv.includes("--once") || process.argv.includes("--quick") ? 1 : 3;
const targets = { "134 pages ms": 5_000, "134 pages MB": 500, "of Chromium's time": 0.5 };
const [before = 0] = loadavg();

type Made = { pages: number; ms: number; again: number; mb: number; kb: number };
type Input = ReturnType<typeof longArrangement>;

const pagesOf = (pdf: Uint8Array) => Number(/Pages: +(\d+)/.exec(overPdf(pdf, "pdfinfo", "%"))?.[1]);

/** As many paragraphs as fill the pages, found by trying: languages need different room. */
async function filling(used: readonly string[], pages: number): Promise<Input> {
  let paragraphs = pages * 8;
  for (let attempt = 0; ; attempt++) {
    const input = longArrangement(used, paragraphs);
    const got = pagesOf(await renderArrangement(input));
    if (got === pages || attempt === 6) return input;
    // Cover, parties, contents and signatures are about as many in a long document as in a short one.
    paragraphs = Math.max(used.length, Math.round((paragraphs * Math.max(1, pages - 7)) / Math.max(1, got - 7)));
  }
}

async function ours(input: Input): Promise<Made> {
  stopPdf();
  const { result, peakMb } = await withMemory(async () => {
    const first = await timed(() => renderArrangement(input));
    const second = await timed(() => renderArrangement({ ...input, version: 2 }));
    return { pdf: first.result, ms: first.ms, again: second.ms };
  });
  stopPdf();
  const { pdf, ...times } = result;
  return { pages: pagesOf(pdf), ...times, mb: peakMb, kb: Math.round(pdf.length / 1024) };
}

async function chromiums(input: Input): Promise<Made> {
  const { result, peakMb } = await withMemory(async () => {
    const started = performance.now();
    const browser = await openBrowser();
    try {
      const first = await print(browser, input);
      const ms = Math.round(performance.now() - started);
      const second = await timed(() => print(browser, { ...input, version: 2 }));
      return { pdf: first, ms, again: second.ms };
    } finally {
      await browser.close();
    }
  });
  const { pdf, ...times } = result;
  return { pages: pagesOf(pdf), ...times, mb: peakMb, kb: Math.round(pdf.length / 1024) };
}

async function print(browser: Awaited<ReturnType<typeof openBrowser>>, input: Input): Promise<Uint8Array> {
  const page = await browser.newPage();
  await page.setContent(asHtml(input), { waitUntil: "load", timeout: 120_000 });
  const pdf = await page.pdf({
    format: "A4",
    displayHeaderFooter: true,
    ...margins(input),
    tagged: true,
    outline: true,
    margin: { top: "29mm", bottom: "34mm", left: "29mm", right: "27mm" },
  });
  await page.close();
  return pdf;
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; ms: number }> {
  const started = performance.now();
  const result = await work();
  return { result, ms: Math.round(performance.now() - started) };
}

/** Of several runs, the one in the middle by time; memory is the most that any took. */
function middle(runs: Made[]): Made {
  const sorted = [...runs].sort((a, b) => a.ms - b.ms);
  return { ...sorted[Math.floor(sorted.length / 2)]!, mb: Math.max(...runs.map((run) => run.mb)) };
}

type Row = { languages: number; ours: Made; chromium: Made };
const rows: Row[] = [];
console.log(`load ${before.toFixed(2)}, ${availableParallelism()} cores, ${rounds} rounds, median\n`);
console.log("| languages | pages | ours ms | again ms | MB | KB | Chromium pages | ms | again ms | MB | KB | ratio |");
console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
for (const size of sizes) {
  for (let count = 1; count <= languages.length; count++) {
    const input = await filling(languages.slice(0, count), size);
    const [own, other]: [Made[], Made[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      own.push(await ours(input));
      other.push(await chromiums(input));
    }
    const row = { languages: count, ours: middle(own), chromium: middle(other) };
    rows.push(row);
    const cells = [row.ours, row.chromium].flatMap(({ pages, ms, again, mb, kb }) => [pages, ms, again, mb, kb]);
    console.log(`| ${[count, ...cells, (row.ours.ms / row.chromium.ms).toFixed(2)].join(" | ")} |`);
  }
}
const largest = rows.filter(({ ours: { pages } }) => pages > 100);
const missed = [
  ...largest.flatMap(({ languages: count, ours: { ms, mb } }) => [
    ...(ms > targets["134 pages ms"] ? [`${count} languages: ${ms} ms`] : []),
    ...(mb > targets["134 pages MB"] ? [`${count} languages: ${mb} MB`] : []),
  ]),
  ...rows
    .filter((row) => row.ours.ms > row.chromium.ms * targets["of Chromium's time"])
    .map(
      (row) =>
        `${row.ours.pages} pages in ${row.languages}: ${(row.ours.ms / row.chromium.ms).toFixed(2)} of Chromium's time`,
    ),
];
console.log(`\n${JSON.stringify({ bench: "export", load: before, targets, rows, missed })}`);
