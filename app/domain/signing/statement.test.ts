import { expect, test } from "vitest";
import { statementBytes, statementChallenge, statementType } from "./statement.ts";

function encoded(type: string, payload: string): string {
  return Buffer.from(statementBytes(type, new TextEncoder().encode(payload))).toString();
}

test("the example of the DSSE protocol comes out byte for byte", () => {
  expect(encoded("http://example.com/HelloWorld", "hello world")).toBe(
    "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
  );
});

test("lengths are counted in bytes, whatever the script", () => {
  expect(encoded("é", "签署")).toBe("DSSEv1 2 é 6 签署");
});

test("what is moved between type and payload gives other bytes", () => {
  expect(encoded("a", "b 1 c")).not.toBe(encoded("a 5 b", "c"));
});

test("the challenge is the SHA-256 of the statement, and another manifest has another", async () => {
  const manifest = '{"digest":"aa"}';
  const bytes = statementBytes(statementType, new TextEncoder().encode(manifest));
  const challenge = await statementChallenge(manifest);
  expect(challenge).toEqual(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  expect(challenge).not.toEqual(await statementChallenge('{"digest":"ab"}'));
});
