import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isRunning } from "../processes.server.ts";
import { StartError } from "./refusal.ts";

/** Makes the data folder when it is missing; refuses one that cannot be written to. */
export function openDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    throw new StartError(
      `The folder ${folder} cannot be written to. Give this user the right to, or name another: DATA_DIR=/another/folder npm start.`,
    );
  }
}

/** Two starts on one folder would end each other's database. Returns what gives the folder back. */
export function holdDataFolder(folder: string): () => void {
  const file = join(folder, "running.pid");
  try {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && isRunning(holder, "start.ts")) {
      throw new StartError(
        `It already runs from the folder ${folder} (process ${holder}). Stop that one first, or name another: DATA_DIR=/another/folder npm start.`,
      );
    }
    rmSync(file);
  } catch (error) {
    if (error instanceof StartError) throw error;
  }
  writeFileSync(file, String(process.pid), { flag: "wx" });
  return () => rmSync(file, { force: true });
}
