import { createHash } from "node:crypto";
import { Secret } from "otpauth";

/** ASVS 6.5.2, 6.5.3: ten codes of 128 bits, of which only hashes are kept. */
const count = 10;
const bytes = 16;

/** Ten new codes as people write them down: base 32 in groups of four. They are shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: count }, () => new Secret({ size: bytes }).base32.replace(/.{4}(?=.)/g, "$&-"));
}

/**
 * SHA-256 of a code as typed, in hexadecimal: what is stored and looked up. Case, spaces and dashes do not count, and
 * the digits that the alphabet lacks are read as the letters they look like. A fast hash is enough: unlike a password,
 * 128 random bits cannot be guessed from it.
 */
export function recoveryCodeHash(typed: string): string {
  const code = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("0", "O").replaceAll("1", "I").replaceAll("8", "B");
  return createHash("sha256").update(code).digest("hex");
}
