import { defineConfig } from "vitest/config";

// What a test waits for may take long on a machine that does other work too; the limit only ends a test that failed.
const patient = { poll: { timeout: 20_000 } };

// One embedded PostgreSQL for the run; each test file takes a copy of the migrated template (tests/support/database.ts).
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["app/**/*.test.{ts,tsx}", "collab-server/**/*.test.ts", "prisma/**/*.test.ts"],
          // Property tests count in seconds; on a machine that does other work too, the standard five run out.
          testTimeout: 60_000,
          expect: patient,
        },
      },
      {
        test: {
          name: "promises",
          include: ["tests/promises/**/*.test.ts", "tests/collab/**/*.test.ts", "tests/fuzz/**/*.test.ts"],
          globalSetup: "tests/support/postgres.ts",
          testTimeout: 60_000,
          expect: patient,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: "tests/support/postgres.ts",
          testTimeout: 240_000,
          expect: patient,
          hookTimeout: 240_000,
        },
      },
    ],
    maxWorkers: 2,
  },
});
