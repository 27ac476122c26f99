import { execFileSync } from "node:child_process";
import { chmodSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** Whom the database server runs as; empty: whoever runs us. */
export type ServerUser = { uid?: number; gid?: number };

/**
 * PostgreSQL refuses to run as root. As root: the owner of an existing data folder, otherwise the user postgres, made
 * when missing. That user gets the right to enter the folders above the data and the programs, not to list them.
 */
export function serverUser(databaseDir: string, programs: string): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const there = statSync(databaseDir, { throwIfNoEntry: false });
  const user = there && there.uid !== 0 ? { uid: there.uid, gid: there.gid } : postgresUser();
  for (const path of [databaseDir, programs]) letEnter(dirname(path));
  return user;
}

function postgresUser(): { uid: number; gid: number } {
  if (idOf("-u") === undefined) {
    execFileSync("useradd", [
      "--system",
      "--user-group",
      "--no-create-home",
      "--shell",
      "/usr/sbin/nologin",
      "postgres",
    ]);
  }
  return { uid: Number(idOf("-u")), gid: Number(idOf("-g")) };
}

function idOf(kind: "-u" | "-g"): string | undefined {
  try {
    return execFileSync("id", [kind, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return undefined;
  }
}

function letEnter(folder: string): void {
  const { mode } = statSync(folder);
  if ((mode & 0o001) === 0) chmodSync(folder, mode | 0o001);
  if (dirname(folder) !== folder) letEnter(dirname(folder));
}
