import { createPublicKey } from "node:crypto";
import { mkdir, open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { config } from "#app/platform/config.ts";
import { installationKey, signBytes, verifyBytes } from "#app/platform/keys.server.ts";
import { sha256 } from "./entries.server.ts";
import { openNote, signedNote } from "./note.ts";
import { addLeaf, emptyFrontier, type Frontier, rootOfFrontier, sameBytes } from "./tree.ts";

/**
 * What is kept of a trail outside the database: one line of JSON for each sealing, with the leaves that were new and the
 * signed note over the whole. Someone who rewrites the database cannot rewrite this file, and could not sign it.
 */
export type Checkpoint = { size: number; root: string; at: string; note: string };
type Line = Checkpoint & { after: number; leaves: string[]; frontier: string[] };

/** The kept copy, checked in itself. `sound` is false when the file does not hold together or a signature fails. */
export type Kept = { sound: boolean; leaves: Uint8Array[]; newest: Checkpoint | null };

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

function pathOf(log: string): string {
  return join(config().DATA_DIR, "checkpoints", `${log}.jsonl`);
}

function publicKey(): Uint8Array {
  const { x } = createPublicKey(installationKey().publicKeyPem).export({ format: "jwk" });
  return new Uint8Array(Buffer.from(x ?? "", "base64url"));
}

/** The lines of the file that can be read. One that a crash cut short was never told to anyone and does not count. */
async function readLines(log: string): Promise<Line[]> {
  const text = await readFile(pathOf(log), "utf8").catch((error: { code?: string }) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap(parseLine);
}

function parseLine(text: string): Line[] {
  try {
    const line = JSON.parse(text) as Line;
    const whole = Array.isArray(line.leaves) && Array.isArray(line.frontier) && typeof line.note === "string";
    return whole ? [line] : [];
  } catch {
    return [];
  }
}

/**
 * Reads and checks everything that is kept of a trail. Two processes may have sealed at once, so a line may repeat
 * leaves that are there already; it never changes them.
 */
export async function readKept(log: string): Promise<Kept> {
  const leaves: Uint8Array[] = [];
  let newest: Checkpoint | null = null;
  let frontier = emptyFrontier;
  for (const line of await readLines(log)) {
    if (line.after > leaves.length || line.size !== line.after + line.leaves.length)
      return { sound: false, leaves, newest };
    const again = leaves.slice(line.after, line.size);
    if (!again.every((leaf, index) => hex(leaf) === line.leaves[index])) return { sound: false, leaves, newest };
    for (const leaf of line.leaves.slice(again.length)) {
      leaves.push(bytes(leaf));
      frontier = await addLeaf(sha256, frontier, bytes(leaf));
    }
    const sealed = line.size === frontier.size ? frontier : await frontierOf(leaves.slice(0, line.size));
    if (!(await isSealed(log, line, sealed))) return { sound: false, leaves, newest };
    if (line.size > (newest?.size ?? 0)) newest = checkpointOf(line);
  }
  return { sound: true, leaves, newest };
}

async function frontierOf(leaves: readonly Uint8Array[]): Promise<Frontier> {
  let frontier = emptyFrontier;
  for (const leaf of leaves) frontier = await addLeaf(sha256, frontier, leaf);
  return frontier;
}

async function isSealed(log: string, line: Line, frontier: Frontier): Promise<boolean> {
  const root = await rootOfFrontier(sha256, frontier);
  const pem = installationKey().publicKeyPem;
  const head = await openNote(sha256, line.note, publicKey(), (text, signature) => verifyBytes(text, signature, pem));
  if (!head?.origin.endsWith(`/jit/${log}`)) return false;
  return head.size === line.size && head.at === line.at && hex(root) === line.root && sameBytes(head.root, root);
}

const checkpointOf = ({ size, root, at, note }: Checkpoint): Checkpoint => ({ size, root, at, note });

type Newest = { length: number; checkpoint: Checkpoint; frontier: Frontier };
const newestOf = new Map<string, Newest>();

/** The newest checkpoint with the frontier to continue from, or null. Read again only when the file has grown. */
export async function newestKept(log: string): Promise<Newest | null> {
  const path = pathOf(log);
  const length = (await stat(path).catch(() => null))?.size;
  if (length === undefined) return null;
  const known = newestOf.get(path);
  if (known?.length === length) return known;
  const line = (await readLines(log)).at(-1);
  if (!line) return null;
  const frontier = { size: line.size, roots: line.frontier.map(bytes) };
  if (!(await isSealed(log, line, frontier))) return null;
  const newest = { length, checkpoint: checkpointOf(line), frontier };
  newestOf.set(path, newest);
  return newest;
}

/** Signs a frontier and keeps it with the leaves that lead to it. Returns once it is on the disk. */
export async function keep(
  log: string,
  { after, leaves, frontier, at }: { after: number; leaves: Uint8Array[]; frontier: Frontier; at: Date },
): Promise<Checkpoint> {
  const root = await rootOfFrontier(sha256, frontier);
  const head = {
    origin: `${new URL(config().PUBLIC_ORIGIN).host}/jit/${log}`,
    size: frontier.size,
    root,
    at: at.toISOString(),
  };
  const note = await signedNote(sha256, head, publicKey(), (text) => signBytes(text).signature);
  const checkpoint = { size: frontier.size, root: hex(root), at: head.at, note };
  await append(
    log,
    JSON.stringify({ ...checkpoint, after, leaves: leaves.map(hex), frontier: frontier.roots.map(hex) }),
  );
  return checkpoint;
}

// Appending, not writing at a place: two processes may seal at once. A line that was cut short is closed first.
async function append(log: string, line: string): Promise<void> {
  await mkdir(join(config().DATA_DIR, "checkpoints"), { recursive: true, mode: 0o700 });
  const file = await open(pathOf(log), "a+", 0o600);
  try {
    const { size } = await file.stat();
    const last = size > 0 ? (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() : "\n";
    await file.appendFile(`${last === "\n" ? "" : "\n"}${line}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
