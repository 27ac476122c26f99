// npm test: what the tests need is installed, then types, lint, circles, dead code, and last the tests themselves.
// With arguments, only the tests they name: npm test -- --project unit
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { build, prepare, run, stop } from "../../app/platform/start/prepare.mjs";

const debian = {
  "/usr/bin/chromium": "chromium",
  "/usr/bin/pdftotext": "poppler-utils",
  "/usr/bin/qpdf": "qpdf",
  "/usr/bin/openssl": "openssl",
  "/usr/bin/redis-server": "redis-server",
};

/** The browser, three programs that read PDF and its signatures, and Redis: from Debian when we may, otherwise one sentence. */
function installPrograms() {
  const missing = Object.keys(debian).filter(
    (path) => !existsSync(path) && !(path === "/usr/bin/chromium" && process.env.CHROMIUM),
  );
  if (missing.length === 0) return;
  const packages = missing.map((path) => debian[path]);
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    stop(`The tests need ${packages.join(", ")}. On Debian: sudo apt-get install -y ${packages.join(" ")}`);
  }
  const environment = { DEBIAN_FRONTEND: "noninteractive" };
  const wait = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];
  run("Reading the list of Debian packages", "apt-get", [...wait, "update"], environment);
  run(
    `Installing ${packages.join(", ")} (a minute or two)`,
    "apt-get",
    [...wait, "install", "-y", "--no-install-recommends", ...packages],
    environment,
  );
}

const circles = ["--tsconfig", "tsconfig.json", "--no-tree", "--no-warning", "--no-progress"];
const entrances = ["app/**/*.{ts,tsx}", "collab-server/**/*.ts", "prisma/*.ts", "prisma/demonstration/*.ts"];
const checks = {
  types: ["typescript/bin/tsc", "--noEmit"],
  lint: ["@biomejs/biome/bin/biome", "ci", "--error-on-warnings"],
  "import circles": ["dpdm/lib/bin/dpdm.js", ...circles, "--exit-code", "circular:1", "--transform", ...entrances],
  "dead code": ["knip/bin/knip.js", "--no-progress", "--no-config-hints"],
};

/** Runs one check; says only what it found, or how long it took. */
function passes([name, [program, ...args]]) {
  const started = Date.now();
  const result = spawnSync(process.execPath, [`node_modules/${program}`, ...args], {
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const passed = result.status === 0;
  console.log(`${passed ? "passed" : "FAILED"}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(`${result.stdout ?? ""}${result.stderr ?? ""}`.trim());
  return passed;
}

const only = process.argv.slice(2);
prepare();
installPrograms();
const failed = only.length > 0 ? [] : Object.entries(checks).filter((check) => !passes(check));
build();
const tests = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...only], {
  stdio: ["ignore", "inherit", "inherit"],
});
if (failed.length > 0) console.log(`Not passed: ${failed.map(([name]) => name).join(", ")}. See above.`);
process.exit(tests.status || (failed.length > 0 ? 1 : 0));
