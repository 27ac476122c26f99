import { randomBytes } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import { isId, newId } from "#app/platform/ids.ts";
import { Conflict } from "../errors.ts";

/*
 * Questions put to passkeys. Each is good for one answer, for five minutes, for the session it was made in and the act
 * it was made for (ASVS 6.7.2). It is spent before the answer is looked at, and outside the transaction that uses it:
 * what is refused and undone there must not bring the question back.
 */
const minutes = 5;

export type Purpose = "enrol" | "confirm" | "signIn" | "sign";
/** `boundTo`: the stored hash that names the session, or the sign-in that waits for its second factor. */
export type Asker = { purpose: Purpose; person: string; boundTo: string };
export type Question = { id: string; challenge: Uint8Array<ArrayBuffer> };

/** A question of 32 random bytes. */
export function ask(asker: Asker): Promise<Question> {
  return keepQuestion(queryOfClient(pool()), asker, Uint8Array.from(randomBytes(32)), null);
}

/** Keeps a question whose challenge says what is agreed to: the digest of `statement`. */
export async function keepQuestion(
  query: Query,
  { purpose, person, boundTo }: Asker,
  challenge: Uint8Array<ArrayBuffer>,
  statement: string | null,
): Promise<Question> {
  const id = newId();
  const at = now();
  await query("DELETE FROM webauthn_challenge WHERE expires_at < $1::timestamptz", [at]);
  await query(
    `INSERT INTO webauthn_challenge (id, challenge, purpose, person_id, bound_to, statement, expires_at)
     VALUES ($1::uuid, $2, $3, $4::uuid, $5, $6, $7::timestamptz)`,
    [id, Buffer.from(challenge), purpose, person, boundTo, statement, new Date(at.getTime() + minutes * 60_000)],
  );
  return { id, challenge };
}

/** Spends the question, whatever comes of it. Throws Conflict("question-gone") for one that is not this asker's. */
export async function spendQuestion(
  id: string,
  { purpose, person, boundTo }: Asker,
): Promise<{ challenge: Uint8Array; statement: string | null }> {
  const [kept] = isId(id)
    ? await queryOfClient(pool())<{ challenge: Uint8Array; statement: string | null }>(
        `DELETE FROM webauthn_challenge
          WHERE id = $1::uuid AND purpose = $2 AND person_id = $3::uuid AND bound_to = $4 AND expires_at > $5::timestamptz
          RETURNING challenge, statement`,
        [id, purpose, person, boundTo, now()],
      )
    : [];
  if (!kept) throw new Conflict("question-gone");
  return kept;
}
