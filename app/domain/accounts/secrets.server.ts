import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { forgetOldKeys, hasOldKeys, openSecret, sealSecret } from "#app/platform/secret-box.server.ts";
import { secretOf } from "./factors.server.ts";

/**
 * Seals every secret anew after a rotation, then destroys the old keys. The lock waits for whoever has read the old key
 * and not yet stored what it sealed. Nothing is lost when it is interrupted: both keys stay until all is sealed.
 * Returns how many were sealed.
 */
export async function sealAnew(): Promise<number> {
  if (!hasOldKeys()) return 0;
  const client = await pool().connect();
  try {
    const query = queryOfClient(client);
    await query("BEGIN", []);
    await query("LOCK TABLE totp IN EXCLUSIVE MODE", []);
    const rows = await query<{ person: string; sealed: Uint8Array }>(
      "SELECT person_id AS person, sealed FROM totp ORDER BY person_id",
      [],
    );
    for (const { person, sealed } of rows) {
      const anew = sealSecret(openSecret(sealed, secretOf(person)), secretOf(person));
      await query("UPDATE totp SET sealed = $2 WHERE person_id = $1::uuid", [person, Buffer.from(anew)]);
    }
    await query("COMMIT", []);
    forgetOldKeys();
    return rows.length;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}
