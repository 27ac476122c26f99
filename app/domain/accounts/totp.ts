import { Secret, TOTP } from "otpauth";

/** Seconds a code is shown for. RFC 6238, section 5.2. */
const period = 30;
/** Steps a phone's clock may be off, each way: one minute and a half of codes in all. ASVS 6.5.5. */
const tolerance = 1;

/** A new secret of 160 bits (RFC 4226, section 4), in base 32 as authenticator apps read it. */
export function newTotpSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The otpauth: address an authenticator app reads from a QR code: six digits, every 30 seconds, SHA-1. */
export function totpAddress({ secret, account, issuer }: { secret: string; account: string; issuer: string }): string {
  return new TOTP({ secret: Secret.fromBase32(secret), label: account, issuer, period }).toString();
}

/**
 * The 30-second step whose code this is, counted from 1970, or null if it proves nothing. The caller stores the step
 * in the transaction that uses the code and gives it back as `lastStep`: a step that is not later is refused, so a
 * code read over a shoulder is worth nothing once its owner has used it. ASVS 6.5.1.
 */
export function totpStep(secret: string, code: string, at: Date, lastStep: number | null): number | null {
  const token = code.replace(/\s/g, "");
  if (!/^[0-9]{6}$/.test(token)) return null;
  const totp = new TOTP({ secret: Secret.fromBase32(secret), period });
  const off = totp.validate({ token, timestamp: at.getTime(), window: tolerance });
  if (off === null) return null;
  const step = totp.counter({ timestamp: at.getTime() }) + off;
  return lastStep !== null && step <= lastStep ? null : step;
}
