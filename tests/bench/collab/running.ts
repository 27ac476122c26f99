import { type ChildProcess, spawn } from "node:child_process";
import type { Contestant, Wire } from "./contestants.ts";
import { lowPort, pause, pinned, residentBytes } from "./machine.ts";
import type { Person, Place } from "./place.ts";
import type { Cost } from "./probe.ts";

/** One server under load. */
export type Running = {
  pid: number;
  wire: Wire;
  address(document: string): string;
  headers(person: Person): Record<string, string>;
  cost(settled?: boolean): Promise<Cost>;
  /** Watches the memory; the function it returns stops that and gives the most there was. */
  watchMemory(): () => number;
  /** kill -9, as a crash */
  kill(): Promise<void>;
  /** the same server again, on the same port */
  restart(): Promise<void>;
};

export const origin = "http://localhost:3000";
const measured = ["--expose-gc", "--import", "tsx", "--import", "./tests/bench/collab/probe.ts"];
const profiled = process.env.BENCH_PROFILE ? ["--cpu-prof", `--cpu-prof-dir=${process.env.BENCH_PROFILE}`] : [];

let addresses = 0;

export async function startServer(contestant: Contestant, place: Place): Promise<Running> {
  const port = await lowPort();
  const isOurs = contestant.program.startsWith("collab-server");
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    PORT: String(port),
    COLLAB_PORT: String(port),
    BENCH_STORING: contestant.storing,
    BENCH_DATABASE: place.opponentsUrl,
    BENCH_FOLDER: place.folder,
  };
  const launch = () => launched([...measured, ...profiled, contestant.program], environment);
  let child = await launch();
  return {
    get pid() {
      return child.pid as number;
    },
    wire: contestant.wire,
    address: (document) => `ws://127.0.0.1:${port}${isOurs ? "/collab" : ""}/${document}`,
    // People come from many networks, as the web process would say: our limit for each address is not what is measured.
    headers: (person) => ({
      Origin: origin,
      Cookie: person.cookie,
      "X-Client-Address": `10.0.${++addresses >> 8}.${addresses & 255}`,
    }),
    cost: (settled = false) => askCost(child, settled ? "settled cost" : "cost"),
    watchMemory: () => watchMemory(child.pid as number),
    kill: () => end(child),
    restart: async () => {
      await end(child);
      child = await launch();
    },
  };
}

async function launched(args: string[], env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const [program, ...before] = pinned ? ["taskset", "-c", "0", process.execPath] : [process.execPath];
  const child = spawn(program as string, [...before, ...args], { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`${args.at(-1)} did not start: ${code}`)));
  });
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(process.env.BENCH_PROFILE ? "SIGTERM" : "SIGKILL");
  await ended;
}

function askCost(child: ChildProcess, question: string): Promise<Cost> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error("the measured server ended"));
    child.once("exit", gone);
    const answer = (message: unknown) => {
      if (!(message as { cost?: Cost }).cost) return;
      child.off("message", answer);
      child.off("exit", gone);
      resolve((message as { cost: Cost }).cost);
    };
    child.on("message", answer);
    child.send(question);
  });
}

function watchMemory(pid: number): () => number {
  let most = residentBytes(pid);
  const look = setInterval(() => {
    most = Math.max(most, residentBytes(pid));
  }, 20);
  return () => {
    clearInterval(look);
    return Math.max(most, residentBytes(pid));
  };
}

/** What stays when nothing happens: asked until it no longer falls. */
export async function settled(server: Running): Promise<Cost> {
  let least = await server.cost(true);
  for (let tries = 0; tries < 4; tries++) {
    await pause(150);
    const now = await server.cost(true);
    const isStill = now.rss > least.rss * 0.995;
    least = { ...now, rss: Math.min(now.rss, least.rss), used: Math.min(now.used, least.used) };
    if (isStill) break;
  }
  return least;
}
