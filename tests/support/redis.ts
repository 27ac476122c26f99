import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { freePort } from "#app/platform/embedded.server.ts";

export const redisProgram = "/usr/bin/redis-server";

export type OwnRedis = {
  url: string;
  kill(): Promise<void>;
  /** again at the same address */
  start(): Promise<void>;
  /** takes what is sent and answers nothing, until `thaw` */
  freeze(): void;
  thaw(): void;
};

/** A Redis of its own, that keeps nothing. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  let child: ChildProcess;
  const start = async () => {
    const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    child = spawn(redisProgram, settings, { stdio: "ignore" });
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error("redis-server did not start");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  await start();
  const freeze = () => void child.kill("SIGSTOP");
  const thaw = () => void child.kill("SIGCONT");
  return { url: `redis://127.0.0.1:${port}`, kill, start, freeze, thaw };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("error", () => resolve(false));
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}
