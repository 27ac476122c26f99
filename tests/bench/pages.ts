/**
 * Server time of pages with 50 people at work, what a request costs in statements, how much JavaScript a page loads, and
 * how long a second start takes. Prints a table and ends with one line of JSON. Never part of the verdict of the tests.
 *
 * At work: each of the 50 has a session of the own, opens a page, looks at it for 2 to 8 seconds and opens the next;
 * the target is about that, because it is what 50 people do. The burst, 50 requests in the same instant, is shown beside
 * it without a target: one process answers one after the other, so its p95 is 47 times what a page takes alone and says
 * nothing that "alone" does not. The load of the machine says whether anything else was running.
 */
import { availableParallelism, loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { startDemonstration } from "#tests/support/demonstration.ts";
import { secondStart } from "./second-start.ts";
import { work } from "./visits.ts";

const people = 50;
const rounds = 3;
const times = { warmUp: 10_000, run: 60_000 };
const targets = { "p95 ms": 300, "page KB": 180, "editor KB": 450, "second start s": 10 };
const [before = 0] = loadavg();
// Ten, because a person may have five sessions.
const logins = ["aigul", "wenjing", "noha", "sanne", "daniyar", "elena", "fatou", "giulia", "ermek", "hisham"];
const paths: Record<string, (login: string) => string> = {
  list: () => "/jits",
  overview: (login) => `/jits/${teamOf(login)}`,
  agreement: (login) => `/jits/${teamOf(login)}/agreement`,
  activity: (login) => `/jits/${teamOf(login)}/activity`,
};

function teamOf(login: string): string {
  if (login === "elena" || login === "fatou") return "JIT-2025-004";
  return login === "giulia" ? "JIT-2024-002" : "JIT-2026-001";
}

type Sample = { total: number; queries: number };
type Session = { login: string; cookie: string };

async function signIn(origin: string, login: string): Promise<Session> {
  const response = await fetch(`${origin}/?index`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ email: `${login}@${demonstrationDomain}`, password: demonstrationPassword }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  if (!cookie) throw new Error(`${login} could not sign in: ${response.status}`);
  return { login, cookie };
}

async function load(origin: string, path: string, cookie: string): Promise<{ sample: Sample; body: string }> {
  // A session that has ended leads to the sign-in page, which is not what is measured.
  const response = await fetch(origin + path, { headers: { Cookie: cookie }, redirect: "manual" });
  const body = await response.text();
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  const timing = response.headers.get("Server-Timing") ?? "";
  const total = Number(/total;dur=([\d.]+)/.exec(timing)?.[1]);
  const queries = Number(/db;desc="(\d+)/.exec(timing)?.[1]);
  return { sample: { total, queries }, body };
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function cell(value: number, width: number): string {
  return value.toFixed(0).padStart(width);
}

/** What a script imports, at once or when it is asked for. */
const atOnce = /(?:from|import)\s*"\.\/([^"]+\.js)"/g;
const whenAsked = /import\("\.\/([^"]+\.js)"\)/g;
const scripts = new Map<string, { bytes: number; imports: string[]; asks: string[] }>();

async function script(origin: string, path: string) {
  const known = scripts.get(path);
  if (known) return known;
  const text = await (await fetch(origin + path)).text();
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => `/assets/${name}`);
  const read = { bytes: gzipSync(text, { level: 9 }).length, imports: named(atOnce), asks: named(whenAsked) };
  scripts.set(path, read);
  return read;
}

/** These scripts with all that they import at once. */
async function withImports(origin: string, paths: Iterable<string>): Promise<Set<string>> {
  const seen = new Set<string>();
  const waiting = [...paths];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    waiting.push(...(await script(origin, path)).imports);
  }
  return seen;
}

/**
 * Compressed KB of the scripts that a page names, and of all that these import. `asked`: how often what was loaded asks
 * for more: the page of an agreement asks for the editor (1), and the editor for what is beside the text (2).
 */
async function scriptWeight(origin: string, body: string, asked: 0 | 1 | 2): Promise<number> {
  let seen = await withImports(
    origin,
    [...body.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map(([, path]) => path as string),
  );
  for (let time = 0; time < asked; time++) {
    const more = await Promise.all([...seen].map(async (path) => (await script(origin, path)).asks));
    seen = await withImports(origin, [...seen, ...more.flat()]);
  }
  const sizes = await Promise.all([...seen].map(async (path) => (await script(origin, path)).bytes));
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1024;
}

const missed: string[] = [];
const ratios: Record<string, number> = {};
/** 50 in the same instant: no target */
const bursts: Record<string, number> = {};
const server = await startDemonstration();
try {
  const sessions: Session[] = [];
  for (let number = 0; number < people; number++) {
    sessions.push(await signIn(server.origin, logins[number % logins.length]!));
  }
  const names = Object.keys(paths);
  const open = async ({ login, cookie }: Session, page: string) =>
    (await load(server.origin, paths[page]!(login), cookie)).sample;
  for (const page of names) for (const session of sessions.slice(0, logins.length)) await open(session, page);
  const alone: Record<string, Sample[]> = {};
  for (const page of names) {
    alone[page] = [];
    for (let turn = 0; turn < 30; turn++) alone[page].push(await open(sessions[turn % sessions.length]!, page));
  }
  const visitors = sessions.map((session) => ({ open: async (page: string) => (await open(session, page)).total }));
  const atWork = await work(visitors, names, times);
  console.log("              alone   50 at work, ms    burst of 50, ms");
  console.log("page         p50 ms   p50  p95 opened    p50    p95      statements");
  for (const page of names) {
    const visits = atWork[page] ?? [];
    const burst: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const { total } of await Promise.all(sessions.map((session) => open(session, page)))) burst.push(total);
    }
    const p95 = percentile(visits, 0.95);
    const statements = [...new Set(alone[page]?.map(({ queries }) => queries))].sort((a, b) => a - b);
    const figures = [
      cell(percentile(alone[page]?.map(({ total }) => total) ?? [], 0.5), 8),
      cell(percentile(visits, 0.5), 6),
      cell(p95, 5),
      cell(visits.length, 7),
      cell(percentile(burst, 0.5), 7),
      cell(percentile(burst, 0.95), 7),
    ];
    console.log(`${page.padEnd(11)}${figures.join("")}      ${statements.join(", ")}`);
    ratios[`${page} p95 ms / 300`] = Number((p95 / targets["p95 ms"]).toFixed(2));
    bursts[`${page} p95 ms`] = Math.round(percentile(burst, 0.95));
    if (p95 > targets["p95 ms"]) missed.push(`${page} p95 ${p95.toFixed(0)} ms`);
  }
  const first = sessions[0] as Session;
  const overview = await load(server.origin, `/jits/${teamOf(first.login)}`, first.cookie);
  const agreement = await load(server.origin, `/jits/${teamOf(first.login)}/agreement`, first.cookie);
  const page = await scriptWeight(server.origin, overview.body, 0);
  const editor = await scriptWeight(server.origin, agreement.body, 1);
  const whole = await scriptWeight(server.origin, agreement.body, 2);
  console.log(
    `JavaScript, gzipped: a page ${page.toFixed(0)} KB; the page with the editor ${editor.toFixed(0)} KB until one can write, ` +
      `${whole.toFixed(0)} KB with all that comes later or is asked for`,
  );
  ratios["page KB / 180"] = Number((page / targets["page KB"]).toFixed(2));
  ratios["editor KB / 450"] = Number((editor / targets["editor KB"]).toFixed(2));
  if (page > targets["page KB"]) missed.push(`page ${page.toFixed(0)} KB`);
  if (editor > targets["editor KB"]) missed.push(`editor ${editor.toFixed(0)} KB`);
} finally {
  await server.stop();
}
const start = await secondStart();
console.log(`Second start ${start.toFixed(1)} s`);
ratios["second start s / 10"] = Number((start / targets["second start s"]).toFixed(2));
if (start > targets["second start s"]) missed.push(`second start ${start.toFixed(1)} s`);
console.log(
  `${availableParallelism()} cores, load of the machine before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}`,
);
console.log(JSON.stringify({ bench: "pages", ratios, "burst of 50 in one instant": bursts, targets, missed }));
