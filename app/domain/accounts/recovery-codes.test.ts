import { expect, test } from "vitest";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes.server.ts";

test("ten different codes of 128 bits, in groups that can be copied by hand", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^([A-Z2-7]{4}-){6}[A-Z2-7]{2}$/);
});

test("a code is found again as people type it", () => {
  const hash = recoveryCodeHash("BOIB-ABCD-2345-ABCD-2345-ABCD-22");
  expect(recoveryCodeHash("  boib abcd 2345 abcd 2345 abcd 22\n")).toBe(hash);
  expect(recoveryCodeHash("8018ABCD2345ABCD2345ABCD22")).toBe(hash);
  expect(recoveryCodeHash("BOIB-ABCD-2345-ABCD-2345-ABCD-23")).not.toBe(hash);
});

test("what is stored does not hold the code, and another code has another hash", () => {
  const [one, two] = newRecoveryCodes() as [string, string];
  expect(recoveryCodeHash(one)).toMatch(/^[0-9a-f]{64}$/);
  expect(recoveryCodeHash(one)).not.toBe(recoveryCodeHash(two));
});
