import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { openSecret } from "#app/platform/secret-box.server.ts";
import type { Level } from "./levels.ts";
import { tell } from "./notices.server.ts";
import { passkeyProof } from "./passkeys.server.ts";
import { recoveryCodeHash } from "./recovery-codes.server.ts";
import { totpStep } from "./totp.ts";

/** Whose sealed secret it is: a row copied to another person opens nothing. */
export const secretOf = (person: string) => `totp/${person}`;

/** Which second factors a person has. Recovery codes alone are none: they stand in for one that is lost. */
export type Factors = { passkeys: { id: string; transports: string[] }[]; app: boolean };

export async function factorsOf(db: Transaction, person: string): Promise<Factors> {
  const passkeys = await db.passkey.findMany({ where: { personId: person }, select: { id: true, transports: true } });
  const app = await db.totp.count({ where: { personId: person, confirmedAt: { not: null } } });
  return { passkeys, app: app > 0 };
}

export const hasFactor = ({ passkeys, app }: Factors) => app || passkeys.length > 0;

/** What a used passkey leaves: its public key (COSE), and whether it is synced between devices. */
export type UsedPasskey = { id: string; publicKey: Uint8Array; backedUp: boolean };

/**
 * Uses a passkey of the person inside the change it is for; null when the answer proves nothing. The row's lock lets
 * one of two answers with the same count through.
 */
export async function spendPasskey(
  tx: Transaction,
  person: string,
  { answer, challenge }: { answer: AuthenticationResponseJSON; challenge: Uint8Array },
): Promise<UsedPasskey | null> {
  await queryOf(tx)("SELECT 1 FROM passkey WHERE id = $1 AND person_id = $2::uuid FOR UPDATE", [answer.id, person]);
  const row = await tx.passkey.findFirst({ where: { id: answer.id, personId: person } });
  if (!row) return null;
  const passkey = { id: row.id, publicKey: Uint8Array.from(row.publicKey), counter: Number(row.counter) };
  const proof = await passkeyProof(answer, { challenge, publicOrigin: config().PUBLIC_ORIGIN, passkey });
  if (!proof) return null;
  const { counter, backedUp } = proof;
  await tx.passkey.update({ where: { id: row.id }, data: { counter: BigInt(counter), backedUp, lastUsedAt: now() } });
  return { id: row.id, publicKey: passkey.publicKey, backedUp };
}

/** Uses a code of the person's app inside the change it is for: true once for each code. */
export async function spendAppCode(tx: Transaction, person: string, code: string): Promise<boolean> {
  await queryOf(tx)("SELECT 1 FROM totp WHERE person_id = $1::uuid FOR UPDATE", [person]);
  const row = await tx.totp.findFirst({ where: { personId: person, confirmedAt: { not: null } } });
  if (!row) return false;
  const step = totpStep(openSecret(row.sealed, secretOf(person)), code, now(), row.lastStep);
  if (step === null) return false;
  await tx.totp.update({ where: { personId: person }, data: { lastStep: step, lastUsedAt: now() } });
  return true;
}

/** Uses a recovery code, once for ever, and tells its owner. The entry of the change must go to the platform's log. */
async function spendRecoveryCode(tx: Transaction, person: string, code: string, session: string | null) {
  const where = { codeHash: recoveryCodeHash(code), personId: person, usedAt: null };
  const used = await tx.recoveryCode.updateMany({ where, data: { usedAt: now() } });
  if (used.count !== 1) return false;
  await tell(tx, person, "codeUsed", session);
  return true;
}

/** Uses whichever code was typed: six digits are the app's, anything else a recovery code. */
export async function spendCode(
  tx: Transaction,
  person: string,
  { code, session }: { code: string; session: string | null },
): Promise<Extract<Level, "code" | "recovery"> | null> {
  if (/^\s*(\d\s*){6}$/.test(code)) return (await spendAppCode(tx, person, code)) ? "code" : null;
  return (await spendRecoveryCode(tx, person, code, session)) ? "recovery" : null;
}

/** Takes every second factor away: for a person who has lost them all. Returns how many of each there were. */
export async function clearFactors(tx: Transaction, person: string) {
  const where = { personId: person };
  const passkeys = await tx.passkey.deleteMany({ where });
  const apps = await tx.totp.deleteMany({ where });
  const codes = await tx.recoveryCode.deleteMany({ where });
  await tx.halfSignIn.deleteMany({ where });
  await tell(tx, person, "cleared", null);
  return { passkeys: passkeys.count, apps: apps.count, codes: codes.count };
}
