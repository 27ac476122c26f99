import { createHash, randomInt } from "node:crypto";
import pg from "pg";

// Without letters and digits that look alike: the code is read from a console and typed.
const letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

/**
 * While nobody can sign in, makes a one-time code for /setup, keeps only its SHA-256, and returns it to be printed.
 * Returns null once there is a person. Each start makes a new code.
 */
export async function offerSetup(ownerUrl: string): Promise<string | null> {
  const client = new pg.Client(ownerUrl);
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM person LIMIT 1");
    if (rowCount) return null;
    const code = Array.from({ length: 4 }, () =>
      Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join(""),
    ).join("-");
    await client.query(
      `INSERT INTO setup_code (id, code_hash, created_at) VALUES (1, $1, now())
       ON CONFLICT (id) DO UPDATE SET code_hash = excluded.code_hash, created_at = now()`,
      [createHash("sha256").update(code).digest("hex")],
    );
    return code;
  } finally {
    await client.end();
  }
}
