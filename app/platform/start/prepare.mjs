// What must be true before TypeScript can run: plain Node, no packages. Called by npm start, npm test and npm run dev.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const needed = [20, 19];
const stamps = join("node_modules", ".jit");

export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
    stop(
      `This needs Node ${needed.join(".")} or newer; here is ${process.versions.node}. Install it, then run the command again.`,
    );
  }
}

export function run(what, command, args, environment = {}) {
  const started = Date.now();
  process.stdout.write(`${what} …`);
  const result = spawnSync(command, args, {
    env: { ...process.env, ...environment },
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (result.status !== 0) {
    process.stdout.write(" failed\n");
    console.error(`${result.stdout ?? ""}${result.stderr ?? ""}`.trim().split("\n").slice(-60).join("\n"));
    stop(`${what} did not work. What stands above says why; mend it, then run the command again.`);
  }
  process.stdout.write(` ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Whether the stamp was made from these very bytes. */
function fresh(name, digest) {
  const path = join(stamps, name);
  return existsSync(path) && readFileSync(path, "utf8") === digest;
}

function stampNow(name, digest) {
  try {
    mkdirSync(stamps, { recursive: true });
    writeFileSync(join(stamps, name), digest);
  } catch {
    // Packages that belong to another user: without a stamp the step is looked at again next time.
  }
}

function digestOf(...paths) {
  const hash = createHash("sha256");
  for (const path of paths.flatMap(filesIn)) hash.update(path).update("\0").update(readFileSync(path));
  return hash.digest("hex");
}

function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(path, entry.name)) : [join(path, entry.name)]));
}

function installPackages() {
  const digest = digestOf("package.json", "package-lock.json");
  if (existsSync(join("node_modules", "tsx")) && fresh("installed", digest)) return;
  if (existsSync(join("node_modules", ".package-lock.json")) && lockMatches()) return stampNow("installed", digest);
  run("Installing packages (about a minute)", "npm", ["ci", "--include=dev", "--no-audit", "--no-fund"]);
  stampNow("installed", digest);
}

/** npm keeps a copy of the lockfile beside what it installed. */
function lockMatches() {
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const there = JSON.parse(readFileSync(join("node_modules", ".package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === "" || entry.optional || there[path]?.version === entry.version,
  );
}

/** Prisma asks for an engine it does not need here, and would download it: any executable satisfies it. */
function generateClient() {
  const digest = digestOf("prisma/schema.prisma", "prisma/models");
  if (existsSync("prisma/client/client.ts") && fresh("client", digest)) return;
  run("Preparing the database client", process.execPath, ["node_modules/prisma/build/index.js", "generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
  stampNow("client", digest);
}

export function build() {
  const digest = digestOf("app", "public", "prisma/client", "package-lock.json", "vite.config.ts");
  if (existsSync("build/server/index.js") && fresh("built", digest)) return;
  run("Building the pages", process.execPath, ["node_modules/@remix-run/dev/dist/cli.js", "vite:build"], {
    NODE_ENV: "production",
  });
  stampNow("built", digest);
}

export function prepare() {
  checkNode();
  installPackages();
  generateClient();
}

/** Runs a TypeScript program of ours to its end and ends with its status. */
export function hand(program, args, environment) {
  const child = spawn(process.execPath, ["--import", "tsx", program, ...args], {
    // The fourth is a line to the child: when we are gone, however we went, it stops itself.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...environment },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (status, signal) => process.exit(status ?? (signal ? 1 : 0)));
}

const command = process.argv[1]?.endsWith("prepare.mjs") ? process.argv[2] : undefined;
if (command !== undefined) prepare();
if (command === "start") {
  build();
  hand("app/platform/start/start.ts", [], { NODE_ENV: "production" });
}
if (command === "dev") hand("app/platform/start/start.ts", [], { NODE_ENV: "development" });
