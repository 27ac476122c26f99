import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { limits, type Unreadable, UnreadableFile, type WordFile } from "./file.ts";
import type { Answer } from "./reading-worker.ts";

const here = createRequire(import.meta.url);
const atOnce = 2;
const mostWaiting = 6;

let reading = 0;
const waiting: (() => void)[] = [];

/**
 * Reads a Word file in a thread that has its own memory and so much time: a file made to exhaust ends the thread and
 * nothing else. Two at once; UnreadableFile("reading-busy") when too many wait, other reasons when it cannot be read.
 */
export async function readInThread(bytes: Uint8Array, withinMs = limits.milliseconds): Promise<WordFile> {
  if (reading >= atOnce) {
    if (waiting.length >= mostWaiting) throw new UnreadableFile("reading-busy");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  reading++;
  try {
    const answer = await ask(bytes, withinMs);
    if ("refused" in answer) throw new UnreadableFile(answer.refused);
    return answer.file;
  } finally {
    reading--;
    waiting.shift()?.();
  }
}

function ask(bytes: Uint8Array, withinMs: number): Promise<Answer> {
  const worker = new Worker(pathToFileURL(here.resolve("#app/domain/import/reading-thread.mjs")), {
    execArgv: [],
    // It needs none of the settings, so it knows no secrets.
    env: { NODE_ENV: process.env.NODE_ENV },
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    stdout: true,
    stderr: true,
  });
  return new Promise<Answer>((resolve) => {
    const refuse = (refused: Unreadable) => resolve({ refused });
    const timer = setTimeout(() => refuse("file-exhausts"), withinMs);
    worker.once("message", resolve);
    worker.once("error", () => refuse("file-exhausts"));
    worker.once("exit", () => {
      clearTimeout(timer);
      refuse("file-exhausts");
    });
  }).finally(() => void worker.terminate());
}
