import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { installationKey, signBytes, verifyBytes } from "./keys.server.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jit-keys-"));
  process.env.DATA_DIR = folder;
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what the installation signs, its public key verifies, and nothing else", () => {
  const text = new TextEncoder().encode("agreed");
  const { signature, keyId } = signBytes(text);
  const { publicKeyPem } = installationKey();
  expect(keyId).toBe(installationKey().keyId);
  expect(verifyBytes(text, signature, publicKeyPem)).toBe(true);
  expect(verifyBytes(new TextEncoder().encode("Agreed"), signature, publicKeyPem)).toBe(false);
});

test("the key is a file that only the owner reads, and one that others read is refused with the way out", () => {
  const { path } = installationKey();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  const other = mkdtempSync(join(tmpdir(), "jit-keys-"));
  process.env.DATA_DIR = other;
  installationKey();
  process.env.DATA_DIR = folder;
  expect(() => installationKey()).toThrow(`chmod 600 ${path}`);
  rmSync(other, { recursive: true });
});

test("processes that start at once agree on one key", { timeout: 60_000 }, async () => {
  const script = `import("#app/platform/keys.server.ts").then((keys) => console.log(keys.installationKey().keyId))`;
  const run = () => promisify(execFile)(process.execPath, ["--import", "tsx", "-e", script], { env: process.env });
  const [first, second] = (await Promise.all([run(), run()])).map((process) => process.stdout);
  expect(first).toBe(second);
  expect(readdirSync(join(folder, "keys"))).toEqual(["installation.key"]);
});
