import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { PdfJob, Rendered } from "./pdf-process.ts";

/** The template is a file of the product (as `#app/…`); what people typed is only ever in `data` and `attachments`. */
export type PdfInput = {
  template: string;
  data: unknown;
  attachments?: Record<string, Uint8Array>;
  at: Date;
  /** counted from its turn in the line; after it the document is given up */
  withinMs?: number;
  /** whoever wanted it has gone: it leaves the line, or the work on it ends */
  signal?: AbortSignal;
};

/** Characters that no font of the product has, in the order of their code points. */
export class MissingGlyphs extends Error {
  override name = "MissingGlyphs";
  constructor(readonly characters: readonly string[]) {
    super(`no font has ${characters.map(codePoint).join(", ")}`);
  }
}

/** The document took too long and was given up. */
export class PdfTimeout extends Error {
  override name = "PdfTimeout";
}

/** Nobody wants the document any more. */
export class PdfGivenUp extends Error {
  override name = "PdfGivenUp";
}

/** Typst refused the template or its data: a fault of ours. */
export class PdfFailed extends Error {
  override name = "PdfFailed";
}

const here = createRequire(import.meta.url);
const maxWaiting = 20;
const idleMs = 120_000;

let running: ChildProcess | undefined;
let resting: NodeJS.Timeout | undefined;
let line: Promise<unknown> = Promise.resolve();
let waiting = 0;

/**
 * Sets a PDF/A-3a with Typst. The same input gives the same bytes on any machine. One document at a time; further ones
 * wait, and PdfTimeout is thrown when too many do. Throws MissingGlyphs, PdfTimeout, PdfGivenUp, PdfFailed.
 */
export async function renderPdf(input: PdfInput): Promise<Uint8Array> {
  if (waiting >= maxWaiting) throw new PdfTimeout(`${waiting} documents wait already`);
  waiting++;
  const mine = line.then(() => ask(jobOf(input), input.withinMs ?? 60_000, input.signal)).finally(() => waiting--);
  line = mine.catch(() => {});
  const rendered = await mine;
  if ("pdf" in rendered) return Uint8Array.from(rendered.pdf);
  const characters = missingIn(rendered.problem);
  throw characters.length > 0 ? new MissingGlyphs(characters) : new PdfFailed(rendered.problem);
}

function jobOf({ template, data, attachments = {}, at }: PdfInput): PdfJob {
  return {
    template: readFileSync(here.resolve(template), "utf8"),
    files: { ...attachments, "data.json": new TextEncoder().encode(JSON.stringify(data)) },
    timestamp: Math.floor(at.getTime() / 1000),
  };
}

/**
 * A process, not a thread: Typst's call is native and synchronous, a thread inside it cannot be ended, and only a
 * process can be kept from the fonts of the machine. It inherits no settings, so it knows no secrets.
 */
function start(): ChildProcess {
  const child = fork(here.resolve("#app/platform/pdf-process.ts"), {
    execArgv: ["--import", pathToFileURL(here.resolve("tsx")).href],
    env: { FONTCONFIG_FILE: here.resolve("#app/platform/no-fonts.conf"), NODE_ENV: process.env.NODE_ENV },
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const forget = () => {
    if (running === child) running = undefined;
  };
  child.once("exit", forget);
  child.on("error", forget);
  // An idle renderer must not keep a command such as the seed from coming to its end.
  child.unref();
  child.channel?.unref();
  return child;
}

async function ask(job: PdfJob, withinMs: number, signal?: AbortSignal): Promise<Rendered> {
  if (signal?.aborted) throw new PdfGivenUp("given up while it waited");
  clearTimeout(resting);
  running ??= start();
  const child = running;
  child.channel?.ref();
  let settle: (() => void) | undefined;
  return new Promise<Rendered>((resolve, reject) => {
    const answered = (answer: unknown) => resolve(answer as Rendered);
    const lost = () => reject(new PdfFailed("the process that sets the PDF ended"));
    const timer = setTimeout(() => {
      reject(new PdfTimeout(`not done within ${withinMs} ms`));
      end(child);
    }, withinMs);
    const givenUp = () => {
      reject(new PdfGivenUp("given up while it was made"));
      end(child);
    };
    signal?.addEventListener("abort", givenUp);
    child.on("message", answered).on("exit", lost).on("error", lost);
    settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", givenUp);
      child.off("message", answered).off("exit", lost).off("error", lost);
    };
    child.send(job, (error) => error && lost());
  }).finally(() => {
    settle?.();
    child.channel?.unref();
    resting = setTimeout(() => end(child), idleMs);
    resting.unref();
  });
}

function end(child: ChildProcess): void {
  if (running === child) running = undefined;
  child.kill("SIGKILL");
}

/** Ends the process, when one is there; the next document starts another. */
export function stopPdf(): void {
  clearTimeout(resting);
  if (running) end(running);
}

// Typst names each one: the text `"ქ"` could not be displayed; the text contains the disallowed codepoint `"\u{feff}"`.
// The message arrives as Rust prints a string within a string: quotes and backslashes are escaped once or twice.
const named = /(?:the text|codepoint) `\\*"(\\+u\{([0-9a-f]+)\}|\\+.|[^"`]+?)\\*"`/gu;

function missingIn(problem: string): string[] {
  const found = new Set<string>();
  for (const [, text = "", code] of problem.matchAll(named)) {
    const characters = code ? String.fromCodePoint(Number.parseInt(code, 16)) : text.replace(/^\\+/, "");
    for (const character of characters) found.add(character);
  }
  return [...found].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
}

function codePoint(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}
