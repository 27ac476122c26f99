/**
 * The board under load: 200 connected people on 20 boards and 20 moves a second; the same at ten times the moves, and
 * with ten times the screens; a board of 5,000 cards, and one of 50,000 beside it. Prints tables and ends with one line
 * of JSON. `--quick` for a few seconds of each, `--large` for the large boards alone. Never part of the verdict of the tests. Needs the pages built.
 */
import { availableParallelism, loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { newVisitor, openBrowser } from "#tests/support/browser.ts";
import { type Figures, moveAround, percentile } from "./board/load.ts";
import { type BoardOf, openPlace } from "./board/place.ts";

const quick = process.argv.includes("--quick");
const targets = { "others' screens p95 ms": 300, "open 5,000 cards ms": 1_000, "move server p95 ms": 100 };
const [before = 0] = loadavg();
const missed: string[] = [];
const ratios: Record<string, number> = {};
const beside: Record<string, number> = {};

function tell({ people, rate, moves, heard, answered, refused, lost, doubled }: Figures): void {
  const cells = [people, rate, moves, ...[0.5, 0.95, 0.99].map((share) => percentile(heard, share))];
  const more = [percentile(answered, 0.5), percentile(answered, 0.95), refused, lost, doubled];
  console.log([...cells, ...more].map((value) => value.toFixed(0).padStart(9)).join(""));
}

type Opened = { server: number; shown: number; kb: number; move: number };

/** Server time of the page, until Chromium shows its first cards, its weight, and server time of a move (ms, KB). */
async function openLarge(origin: string, { reference, cookies, columns, tasks }: BoardOf): Promise<Opened> {
  const address = `${origin}/jits/${reference}/tasks`;
  const [cookie = ""] = cookies;
  const server: number[] = [];
  let kb = 0;
  for (let time = 0; time < 15; time++) {
    const answer = await fetch(address, { headers: { Cookie: cookie } });
    kb = gzipSync(await answer.text()).length / 1024;
    server.push(Number(/total;dur=([\d.]+)/.exec(answer.headers.get("Server-Timing") ?? "")?.[1]));
  }
  const move: number[] = [];
  for (let time = 0; time < 40; time++) {
    const body = new URLSearchParams({ task: tasks[time * 50]!, column: columns[time % 4]!, place: "last" });
    const at = performance.now();
    const answer = await fetch(`${address}/move`, {
      method: "POST",
      headers: { Cookie: cookie, Origin: origin },
      body,
    });
    await answer.text();
    if (!answer.ok) throw new Error(`the move was answered ${answer.status}`);
    move.push(performance.now() - at);
  }
  const browser = await openBrowser();
  const shown: number[] = [];
  try {
    const { context, page } = await newVisitor(browser, origin);
    const [name = "", value = ""] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: origin }]);
    for (let time = 0; time < 5; time++) {
      await page.goto("about:blank");
      const at = performance.now();
      await page.goto(address, { waitUntil: "commit" });
      await page.locator("[data-task]").first().waitFor();
      shown.push(performance.now() - at);
    }
  } finally {
    await browser.close();
  }
  return { server: percentile(server, 0.95), shown: percentile(shown, 0.5), kb, move: percentile(move, 0.95) };
}

async function load(): Promise<void> {
  const boards: BoardOf[] = [];
  for (let team = 0; team < 20; team++) boards.push(await place.furnish(10, 120));
  console.log("                              heard by others, ms      answered, ms");
  console.log("  screens  moves/s    moves      p50      p95      p99      p50      p95  refused     lost  doubled");
  const plain = await moveAround(place.origin, boards, { rate: 20, seconds: quick ? 5 : 20, screens: 1, round: 0 });
  tell(plain);
  const faster = await moveAround(place.origin, boards, { rate: 200, seconds: quick ? 3 : 10, screens: 1, round: 1 });
  tell(faster);
  const wider = await moveAround(place.origin, boards, { rate: 20, seconds: quick ? 5 : 20, screens: 10, round: 0 });
  tell(wider);
  const p95 = percentile(plain.heard, 0.95);
  ratios["others' screens p95 ms / 300"] = Number((p95 / 300).toFixed(2));
  if (p95 > targets["others' screens p95 ms"]) missed.push(`others' screens p95 ${p95.toFixed(0)} ms`);
  for (const { people, rate, lost, doubled, refused } of [plain, faster, wider]) {
    if (lost + doubled + refused > 0)
      missed.push(`${people} screens, ${rate}/s: ${lost} lost, ${doubled} doubled, ${refused} refused`);
  }
  beside["200 moves/s p95 ms"] = Math.round(percentile(faster.heard, 0.95));
  beside["2,000 screens p95 ms"] = Math.round(percentile(wider.heard, 0.95));
}

async function large(): Promise<void> {
  console.log("    cards   server p95 ms   shown p50 ms     KB   move p95 ms");
  for (const cards of [5_000, 50_000]) {
    const { server, shown, kb, move } = await openLarge(place.origin, await place.furnish(1, cards));
    const cells = [String(cards).padStart(9), server.toFixed(0).padStart(16), shown.toFixed(0).padStart(15)];
    console.log([...cells, kb.toFixed(0).padStart(7), move.toFixed(0).padStart(14)].join(""));
    if (cards === 5_000) {
      ratios["open 5,000 cards ms / 1000"] = Number((shown / 1_000).toFixed(2));
      ratios["move with 5,000 cards p95 ms / 100"] = Number((move / 100).toFixed(2));
      if (shown > targets["open 5,000 cards ms"]) missed.push(`5,000 cards shown after ${shown.toFixed(0)} ms`);
      if (move > targets["move server p95 ms"]) missed.push(`move with 5,000 cards ${move.toFixed(0)} ms`);
    } else {
      beside["50,000 cards shown ms"] = Math.round(shown);
      beside["50,000 cards move p95 ms"] = Math.round(move);
    }
  }
}

const place = await openPlace();
try {
  if (!process.argv.includes("--large")) await load();
  await large();
} finally {
  await place.close();
}
console.log(
  `${availableParallelism()} cores, load of the machine before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}`,
);
console.log(JSON.stringify({ bench: "board", ratios, "at ten times": beside, targets, missed }));
