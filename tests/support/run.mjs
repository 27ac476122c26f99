// npm test: what the tests need is installed, then types, lint, circles, dead code, and last the tests themselves.
// With arguments, only the tests they name: npm test -- --project unit
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { build, prepare, run, stop } from "../../app/platform/start/prepare.mjs";
import browsers from "./browsers.json" with { type: "json" };

const debian = {
  "/usr/bin/pdftotext": "poppler-utils",
  "/usr/bin/qpdf": "qpdf",
  "/usr/bin/openssl": "openssl",
  "/usr/bin/redis-server": "redis-server",
};

const aptGet = "/usr/bin/apt-get";
const wait = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"];
const environment = { DEBIAN_FRONTEND: "noninteractive" };
const mayInstall = () => existsSync(aptGet) && process.getuid?.() === 0;

/**
 * The browser, three programs that read PDF and its signatures, and Redis: from Debian when we may, otherwise one
 * sentence. The browser is Chromium without its windows, with which the browser tests take half the time; where that
 * cannot be had, the whole Chromium that is there will do.
 */
function installPrograms() {
  const missing = Object.keys(debian).filter((path) => !existsSync(path));
  const [shell, whole] = browsers;
  const browser = process.env.CHROMIUM || existsSync(shell) ? null : existsSync(whole) ? "better" : "needed";
  if (missing.length === 0 && !browser) return;
  const packages = missing.map((path) => debian[path]);
  if (browser === "needed") packages.push("chromium-headless-shell");
  if (packages.length > 0 && !mayInstall()) {
    stop(`The tests need ${packages.join(", ")}. On Debian: sudo apt-get install -y ${packages.join(" ")}`);
  }
  if (!mayInstall()) return;
  if (packages.length > 0) {
    run("Reading the list of Debian packages", aptGet, [...wait, "update"], environment);
    const install = [...wait, "install", "-y", "--no-install-recommends", ...packages];
    run(`Installing ${packages.join(", ")} (a minute or two)`, aptGet, install, environment);
  }
  if (browser === "better") installShell();
}

function installShell() {
  const asked = { env: { ...process.env, ...environment }, stdio: "ignore" };
  const install = ["install", "-y", "--no-install-recommends", "chromium-headless-shell"];
  const inTime = ["-o", "DPkg::Lock::Timeout=60", "-o", "Acquire::http::Timeout=20"];
  const done = [["update"], install].every((words) => spawnSync(aptGet, [...inTime, ...words], asked).status === 0);
  console.log(
    done ? "Installed Chromium without windows." : "Chromium without windows cannot be had; the whole one will do.",
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
