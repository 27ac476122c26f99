import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config } from "./config.ts";

/** A key of the installation is readable by others; the message is a sentence for the operator. */
export class KeyError extends Error {
  override name = "KeyError";
}

function folder(): string {
  const path = join(config().DATA_DIR, "keys");
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

export function keyPath(name: string): string {
  return join(folder(), name);
}

/**
 * The content of a file in the folder of keys, made at first use, of mode 0600. When two processes start at once, both
 * use the file that was there first: a file appears under its name only when it is whole. Throws KeyError when others
 * can read it.
 */
export function keyFile(name: string, make: () => string): string {
  const path = keyPath(name);
  if (!hasKeyFile(name)) putOnce(path, make());
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new KeyError(`Others can read the key of this installation. Run: chmod 600 ${path}`);
  }
  return readFileSync(path, "utf8");
}

export function hasKeyFile(name: string): boolean {
  return statSync(keyPath(name), { throwIfNoEntry: false }) !== undefined;
}

function putOnce(path: string, content: string): void {
  const draft = `${path}.${process.pid}.${Date.now()}`;
  writeFileSync(draft, content, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

/** Puts new content in the place of the old; whoever reads meanwhile gets one of the two whole. */
export function replaceKeyFile(name: string, content: string): void {
  const path = keyPath(name);
  const draft = `${path}.${process.pid}.${Date.now()}`;
  writeFileSync(draft, content, { mode: 0o600, flag: "wx" });
  renameSync(draft, path);
}

/** Ends the use of a secret for good: the next use makes another. */
export function destroyKeyFile(name: string): void {
  rmSync(keyPath(name), { force: true });
}

/** Ends the use of what is open to all, and keeps it: what was made with it must stay checkable. */
export function retireKeyFile(name: string, under: string): void {
  if (!hasKeyFile(name)) return;
  mkdirSync(keyPath("retired"), { recursive: true, mode: 0o700 });
  renameSync(keyPath(name), keyPath(join("retired", under)));
}
