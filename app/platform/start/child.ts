import { type ChildProcess, spawn } from "node:child_process";
import { get } from "node:http";

export type Child = { ready: Promise<void>; stop(): Promise<void>; kill(): void; restart(): Promise<void> };
type Environment = Record<string, string>;

/** `health`: the address that answers 200 once the server can work. */
export type Server = { program: string; health: string; environment: Environment };

const shortestPause = 250;
const longestPause = 10_000;
const steady = 30_000;
const graceful = 15_000;
const patience = 60_000;

function start(program: string, environment: Environment): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", program], {
    // The servers stop by themselves when this line to us breaks: after a kill -9 of ours nothing is left running.
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...environment },
    // A group of its own: Ctrl-C reaches us, and we end the processes in their order.
    detached: true,
  });
}

/** Runs one of the servers; starts it again when it ends by itself, with a growing pause. */
export function runServer({ program, health, environment }: Server): Child {
  let wanted = true;
  let isReady = false;
  let pause = shortestPause;
  let refuse: (error: Error) => void = () => {};
  let current = launch();

  function launch(): ChildProcess {
    const begun = Date.now();
    const child = start(program, environment);
    child.once("exit", (status, signal) => {
      if (!wanted || child !== current) return;
      if (!isReady) return refuse(new Error(`${program} did not start. What stands above says why.`));
      pause = Date.now() - begun > steady ? shortestPause : Math.min(pause * 2, longestPause);
      console.error(`${program} ended (${signal ?? `status ${status}`}) and is started again in ${pause / 1000} s.`);
      setTimeout(() => {
        if (wanted) current = launch();
      }, pause);
    });
    return child;
  }

  const ready = new Promise<void>((resolve, reject) => {
    refuse = reject;
    answers(health, Date.now() + patience, () => wanted).then(() => {
      isReady = true;
      resolve();
    }, reject);
  });
  const stop = () => {
    wanted = false;
    return end(current);
  };
  const restart = async () => {
    const last = current;
    current = launch();
    await end(last);
  };
  return { ready, stop, kill: () => current.kill("SIGKILL"), restart };
}

/** SIGTERM, and SIGKILL for one that does not come to an end. */
function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), graceful).unref();
  });
}

/** Waits until the address answers 200. */
async function answers(address: string, until: number, wanted: () => boolean): Promise<void> {
  while (wanted()) {
    if (await isOk(address)) return;
    if (Date.now() > until) throw new Error(`Nothing answered at ${address} within ${patience / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isOk(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get(address, { timeout: 5_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
  });
}

/** Runs a program to its end. Rejects when it fails. */
export function runOnce(program: string, environment: Environment, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = start(program, environment);
    stopped.addEventListener("abort", () => child.kill("SIGTERM"));
    child.once("exit", (status) =>
      status === 0 ? resolve() : reject(new Error(`${program} did not come to its end. What stands above says why.`)),
    );
  });
}
