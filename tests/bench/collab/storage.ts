import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as decoding from "lib0/decoding";
import pg from "pg";
import type { Contestant } from "./contestants.ts";

/** What the opponents store in, in a database of their own on the same PostgreSQL. */
export const tables = `
  CREATE TABLE bench_row (document text NOT NULL, n bigserial, bytes bytea NOT NULL, PRIMARY KEY (document, n));
  CREATE TABLE bench_state (document text PRIMARY KEY, bytes bytea NOT NULL)`;

export const storing = process.env.BENCH_STORING as Contestant["storing"];
const pool = new pg.Pool({ connectionString: process.env.BENCH_DATABASE, max: 12 });

export async function addRow(document: string, bytes: Uint8Array): Promise<void> {
  await pool.query("INSERT INTO bench_row (document, bytes) VALUES ($1, $2)", [document, Buffer.from(bytes)]);
}

export async function loadRows(document: string): Promise<Uint8Array[]> {
  const { rows } = await pool.query("SELECT bytes FROM bench_row WHERE document = $1 ORDER BY n", [document]);
  return rows.map((row) => row.bytes);
}

export async function saveState(document: string, bytes: Uint8Array): Promise<void> {
  await pool.query(
    "INSERT INTO bench_state VALUES ($1, $2) ON CONFLICT (document) DO UPDATE SET bytes = excluded.bytes",
    [document, bytes],
  );
}

export async function loadState(document: string): Promise<Uint8Array | null> {
  const { rows } = await pool.query("SELECT bytes FROM bench_state WHERE document = $1", [document]);
  return rows[0]?.bytes ?? null;
}

export function startingText(document: string): Uint8Array {
  return readFileSync(join(process.env.BENCH_FOLDER as string, document));
}

/** The update in a frame of y-websocket, `skip` bytes in; null when the frame is about something else. */
export function updateIn(frame: Uint8Array, skip = 0): Uint8Array | null {
  if (frame[skip] !== 0 || (frame[skip + 1] !== 1 && frame[skip + 1] !== 2)) return null;
  const bytes = decoding.readVarUint8Array(decoding.createDecoder(frame.subarray(skip + 2)));
  return bytes.length > 2 ? bytes : null;
}
