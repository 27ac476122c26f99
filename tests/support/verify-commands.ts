import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";

/** Runs the commands of one part of a record's VERIFY.txt as they stand; `from` begins its title, `to` what follows it. */
export function commandsHold(files: Record<string, Uint8Array>, from: string, to: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "jit-verify-"));
  try {
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const part = Buffer.from(files["VERIFY.txt"]!).toString().split(`\n${from}`)[1]?.split(`\n${to}`)[0] ?? "";
    const lines = part.split("\n").flatMap((line) => (line.startsWith("    ") ? [line.slice(4)] : []));
    expect(lines.length).toBeGreaterThan(10);
    return spawnSync("sh", ["-e", "-c", lines.join("\n")], { cwd: folder }).status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
