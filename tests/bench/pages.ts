/**
 * Server time of pages with 50 people at once, what a request costs in statements, how much JavaScript a page loads, and
 * how long a second start takes. Prints a table and ends with one line of JSON. Never part of the verdict of the tests.
 *
 * All 50 ask in the same moment, so the last of them waits for the others: "alone" says what one page takes by itself,
 * and the load of the machine whether anything else was running.
 */
import { availableParallelism, loadavg } from "node:os";
import { gzipSync } from "node:zlib";
import { demonstrationDomain, demonstrationPassword } from "#prisma/demonstration/accounts.ts";
import { startDemonstration } from "#tests/support/demonstration.ts";
import { secondStart } from "./second-start.ts";

const people = 50;
const rounds = 6;
const targets = { "p95 ms": 300, "page KB": 180, "editor KB": 450, "second start s": 10 };
const [before = 0] = loadavg();
const logins = ["aigul", "wenjing", "noha", "sanne", "daniyar", "elena", "fatou", "giulia"];
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
  const response = await fetch(origin + path, { headers: { Cookie: cookie } });
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

/** Compressed bytes of every script a page names, and of all that these import statically. */
async function scriptWeight(origin: string, body: string): Promise<number> {
  const seen = new Set<string>();
  const waiting = [...body.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] as string);
  let bytes = 0;
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = await (await fetch(origin + path)).text();
    bytes += gzipSync(text, { level: 9 }).length;
    for (const match of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) waiting.push(`/assets/${match[1]}`);
  }
  return bytes / 1024;
}

/** The same with the editor: what the page fetches lazily is named in the manifest of its own chunk. */
async function editorWeight(origin: string, body: string): Promise<number> {
  const scripts = [...body.matchAll(/"(\/assets\/[^"]+\.js)"/g)].map((match) => match[1] as string);
  const lazy: string[] = [];
  for (const path of new Set(scripts)) {
    const text = await (await fetch(origin + path)).text();
    for (const match of text.matchAll(/import\("\.\/([^"]+\.js)"\)/g)) lazy.push(`"/assets/${match[1]}"`);
  }
  return scriptWeight(origin, body + lazy.join(" "));
}

const missed: string[] = [];
const ratios: Record<string, number> = {};
const server = await startDemonstration();
try {
  const sessions: Session[] = [];
  for (const login of logins) sessions.push(await signIn(server.origin, login));
  console.log("page       alone ms  p50 ms  p95 ms  statements");
  for (const [name, pathFor] of Object.entries(paths)) {
    await Promise.all(sessions.map(({ login, cookie }) => load(server.origin, pathFor(login), cookie)));
    const alone: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const { login, cookie } = sessions[turn % sessions.length] as Session;
      alone.push((await load(server.origin, pathFor(login), cookie)).sample.total);
    }
    const samples: Sample[] = [];
    for (let round = 0; round < rounds; round++) {
      const answers = Array.from({ length: people }, (_, index) => {
        const { login, cookie } = sessions[index % sessions.length] as Session;
        return load(server.origin, pathFor(login), cookie);
      });
      for (const { sample } of await Promise.all(answers)) samples.push(sample);
    }
    const times = samples.map((sample) => sample.total);
    const p95 = percentile(times, 0.95);
    const statements = [...new Set(samples.map((sample) => sample.queries))].sort((a, b) => a - b);
    console.log(
      `${name.padEnd(10)} ${percentile(alone, 0.5).toFixed(0).padStart(8)} ${percentile(times, 0.5).toFixed(0).padStart(7)} ${p95.toFixed(0).padStart(7)}  ${statements.join(", ")}`,
    );
    ratios[`${name} p95 ms / 300`] = Number((p95 / targets["p95 ms"]).toFixed(2));
    if (p95 > targets["p95 ms"]) missed.push(`${name} p95 ${p95.toFixed(0)} ms`);
  }
  const first = sessions[0] as Session;
  const overview = await load(server.origin, `/jits/${teamOf(first.login)}`, first.cookie);
  const agreement = await load(server.origin, `/jits/${teamOf(first.login)}/agreement`, first.cookie);
  const page = await scriptWeight(server.origin, overview.body);
  const editor = await editorWeight(server.origin, agreement.body);
  console.log(
    `JavaScript of a page ${page.toFixed(0)} KB, of the page with the editor ${editor.toFixed(0)} KB (gzipped)`,
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
console.log(JSON.stringify({ bench: "pages", ratios, targets, missed }));
