// A test with more of everything: node tests/support/long-run.mjs <test file> --seed 7 --rounds 500
// Each option becomes a number in the environment; what the test leaves in REPORT is the last line.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { prepare, stop } from "../../app/platform/start/prepare.mjs";

const text = { type: "string" };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: Object.fromEntries(
    ["seed", "rounds", "steps", "inputs", "frames", "forms", "tokens", "minutes", "sequences", "lives"].map((name) => [
      name,
      text,
    ]),
  ),
});
const numbers = Object.entries(values).map(([name, value]) => {
  if (!Number.isFinite(Number(value))) stop(`--${name} needs a number.`);
  return [name.toUpperCase(), value];
});

prepare();
const folder = mkdtempSync(join(tmpdir(), "jit-long-"));
const report = join(folder, "report.json");
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "promises", "--reporter=verbose", ...positionals],
  { stdio: ["ignore", "inherit", "inherit"], env: { ...process.env, ...Object.fromEntries(numbers), REPORT: report } },
);
if (existsSync(report)) console.log(joined(readFileSync(report, "utf8").trim().split("\n").map(JSON.parse)));
rmSync(folder, { recursive: true, force: true });

/** Several tests may have left a line each; the run ends with one. */
function joined(lines) {
  const all = (name) => Object.assign({}, ...lines.map((line) => line[name]));
  const { bench } = lines[0];
  return JSON.stringify({
    bench,
    ratios: all("ratios"),
    targets: all("targets"),
    reached: all("reached"),
    missed: lines.flatMap(({ missed }) => missed),
  });
}
process.exit(status ?? 1);
