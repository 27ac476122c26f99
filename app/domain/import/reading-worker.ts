import { parentPort, workerData } from "node:worker_threads";
import { type Unreadable, UnreadableFile, type WordFile } from "./file.ts";
import { readWordFile } from "./word-file.ts";

/** One file, one answer; the thread ends with it. */
export type Answer = { file: WordFile } | { refused: Unreadable };

async function answer(): Promise<Answer> {
  try {
    return { file: await readWordFile(workerData as Uint8Array) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { refused: error.reason };
    return { refused: error instanceof RangeError ? "file-too-deep" : "file-damaged" };
  }
}

parentPort?.postMessage(await answer());
