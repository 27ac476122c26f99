import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isRunning } from "../processes.server.ts";
import { StartError } from "./refusal.ts";

/** Makes the data folder when it is missing; refuses one that cannot be written to. */
export function openDataFolder(folder: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch {
    throw new StartError(
      `The folder ${folder} cannot be written to. Give this user the right to, or name another: DATA_DIR=/another/folder npm start.`,
    );
  }
}

/** Not mkdir's own `recursive`: in Node 20 that never returns for a folder under /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder, { mode: 0o711 });
}

/** `killed`: the start that held the folder before came to no orderly end. */
export type Held = { killed: boolean; giveBack(): void };

/** Two starts on one folder would end each other's database. */
export function holdDataFolder(folder: string): Held {
  const file = join(folder, "running.pid");
  const killed = existsSync(file);
  if (killed) {
    const holder = Number(readFileSync(file, "utf8"));
    if (holder !== process.pid && isRunning(holder, "start.ts")) {
      throw new StartError(
        `It already runs from the folder ${folder} (process ${holder}). Stop that one first, or name another: DATA_DIR=/another/folder npm start.`,
      );
    }
    rmSync(file);
  }
  writeFileSync(file, String(process.pid), { flag: "wx" });
  return { killed, giveBack: () => rmSync(file, { force: true }) };
}
