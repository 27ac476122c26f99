import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readConfig, settings } from "./config.ts";
import { exampleFile, withTable } from "./settings-table.ts";

test("the example of settings and the README say what the program takes (npm run settings)", () => {
  expect(readFileSync(".env.example", "utf8")).toBe(exampleFile());
  const readme = readFileSync("README.md", "utf8");
  expect(withTable(readme)).toBe(readme);
});

test("without any setting the standard values hold", () => {
  const config = readConfig({});
  expect(config).toMatchObject({ PORT: 3000, DEMO: true, PUBLIC_ORIGIN: "http://localhost:3000" });
  expect(config.DATABASE_URL).toBeUndefined();
});

test.each([
  ["PORT", "eighty"],
  ["PORT", "70000"],
  ["DEMO", "perhaps"],
  ["DATABASE_URL", "mysql://root@localhost"],
  ["PUBLIC_ORIGIN", "jit.example"],
  ["LOG_LEVEL", "loud"],
  ["TRUSTED_PROXIES", "-1"],
])("a wrong %s (%s) is refused in one sentence that names it", (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^The setting ${name} cannot be used: `));
});

test("a secret is not shown when it is wrong", () => {
  expect(() => readConfig({ DATABASE_URL: "mysql://u:hunter2@h/db" })).toThrow(/^(?!.*hunter2)/);
});

test("every setting says what it means in whole sentences", () => {
  for (const [name, { meaning }] of Object.entries(settings)) expect(meaning, name).toMatch(/^[A-Z].*\.$/s);
});
