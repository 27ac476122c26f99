import { spawn } from "node:child_process";

export type Child = { ready: Promise<void>; stop(): Promise<void> };

const longestPause = 10_000;
const graceful = 15_000;

function start(program: string, environment: Record<string, string>) {
  return spawn(process.execPath, ["--import", "tsx", program], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: { ...process.env, ...environment },
    // A group of its own: Ctrl-C reaches us, and we end the processes in their order.
    detached: true,
  });
}

/** Runs one of the servers; starts it again when it ends by itself, with a growing pause. */
export function runChild(program: string, environment: Record<string, string>): Child {
  let wanted = true;
  let pause = 250;
  let current = start(program, environment);
  const ready = new Promise<void>((resolve, reject) => {
    const watch = (child: typeof current) => {
      child.on("message", () => {
        pause = 250;
        resolve();
      });
      child.on("exit", (status, signal) => {
        if (!wanted) return;
        reject(new Error(`${program} did not start.`));
        console.error(`${program} ended (${signal ?? status}) and is started again.`);
        setTimeout(() => {
          if (!wanted) return;
          current = start(program, environment);
          watch(current);
        }, pause);
        pause = Math.min(pause * 2, longestPause);
      });
    };
    watch(current);
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      wanted = false;
      if (current.exitCode !== null || current.signalCode !== null) return resolve();
      current.once("exit", () => resolve());
      current.kill("SIGTERM");
      setTimeout(() => current.kill("SIGKILL"), graceful).unref();
    });
  return { ready, stop };
}

/** Runs a program to its end. Rejects when it fails. */
export function runOnce(program: string, environment: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = start(program, environment);
    child.on("exit", (status) => (status === 0 ? resolve() : reject(new Error(`${program} did not come to its end.`))));
  });
}
