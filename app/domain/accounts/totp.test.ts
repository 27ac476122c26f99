import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { newTotpSecret, totpAddress, totpStep } from "./totp.ts";

/** The secret of RFC 6238, appendix B. */
const secret = Secret.fromUTF8("12345678901234567890").base32;
const at = new Date("2005-03-18T01:58:29Z");
const step = 37037036;

function codeAt(instant: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: instant.getTime() });
}

function later(seconds: number): Date {
  return new Date(at.getTime() + seconds * 1000);
}

test("the code of the standard's own example is taken, with or without a space", () => {
  expect(totpStep(secret, "081804", at, null)).toBe(step);
  expect(totpStep(secret, "081 804", at, null)).toBe(step);
});

test("a code is worth nothing once it, or a later one, was used", () => {
  expect(totpStep(secret, "081804", at, step)).toBeNull();
  expect(totpStep(secret, "081804", later(20), step)).toBeNull();
  expect(totpStep(secret, "081804", at, step + 1)).toBeNull();
  expect(totpStep(secret, codeAt(later(30)), later(30), step)).toBe(step + 1);
});

test("a clock may be one step off, not two, and not five minutes", () => {
  expect(totpStep(secret, codeAt(later(-30)), at, null)).toBe(step - 1);
  expect(totpStep(secret, codeAt(later(30)), at, null)).toBe(step + 1);
  for (const seconds of [-300, -60, 60, 300]) expect(totpStep(secret, codeAt(later(seconds)), at, null)).toBeNull();
});

test.each(["", "08180", "0818044", "08180a", "٠٨١٨٠٤", "-81804", "081804\u0000"])("%j is no code", (code) => {
  expect(totpStep(secret, code, at, null)).toBeNull();
});

test("every secret is new, has 160 bits, and is what the address hands over", () => {
  const fresh = newTotpSecret();
  expect(fresh).toMatch(/^[A-Z2-7]{32}$/);
  expect(newTotpSecret()).not.toBe(fresh);
  const address = new URL(totpAddress({ secret: fresh, account: "a:b@exercise.example", issuer: "JIT & co" }));
  expect(address.searchParams.get("secret")).toBe(fresh);
  expect(address.searchParams.get("issuer")).toBe("JIT & co");
});
