import { expect, test } from "vitest";
import { localPath } from "./next.ts";

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "\\/evil",
  "http:evil",
  "///evil",
  "/.//evil.example",
  "/%0a//x\n",
  "",
  "home",
])("%j does not lead away", (next) => {
  expect(localPath(next)).toBe("/home");
});

test("a path of ours is kept with its query", () => {
  expect(localPath("/jits/JIT-2026-001/activity?from=2026-01-01")).toBe("/jits/JIT-2026-001/activity?from=2026-01-01");
});
