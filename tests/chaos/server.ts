import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const shiftedClock = fileURLToPath(new URL("./shifted-clock.mjs", import.meta.url));

/** One server of the product as a process of its own, as npm start runs it; started again at once when it ends. */
export class Server {
  private current: ChildProcess | undefined;
  private wanted = false;
  private said = "";
  /** what it said last, each time it ended without being told to */
  readonly falls: string[] = [];

  constructor(
    private readonly program: string,
    private readonly port: number,
    private readonly environment: Record<string, string>,
  ) {}

  /** `clock`: how wrong its clock is, in ms. */
  start(clock = 0): void {
    this.wanted = true;
    const shifted = clock === 0 ? {} : { NODE_OPTIONS: `--import=${shiftedClock}`, CLOCK_SHIFT_MS: String(clock) };
    const child = spawn(process.execPath, [this.program], {
      // The fourth: it ends when this line to us breaks, so that nothing is left running.
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      env: { ...process.env, ...this.environment, ...shifted },
    });
    this.current = child;
    this.said = "";
    child.stderr?.on("data", (text) => {
      this.said = `${this.said}${text}`.slice(-2_000);
    });
    child.once("exit", (status, signal) => {
      if (!this.wanted || this.current !== child) return;
      this.falls.push(`${basename(this.program)} ended by itself (${signal ?? status}): ${this.said}`);
      setTimeout(() => this.wanted && this.current === child && this.start(), 250);
    });
  }

  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** As an update of the installation does it: what arrived is stored first. Returns the exit status. */
  async stop(): Promise<number | null> {
    return await this.end("SIGTERM");
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    this.wanted = false;
    const child = this.current;
    if (!child || child.exitCode !== null || child.signalCode !== null) return null;
    const ended = once(child, "exit");
    child.kill(signal);
    const [status] = await ended;
    return status;
  }

  /** Waits until it says that it can work. */
  async ready(limit = 90_000): Promise<void> {
    const until = Date.now() + limit;
    while (!(await answers(this.port))) {
      if (Date.now() > until) throw new Error(`${basename(this.program)} did not get ready: ${this.said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = get({ port, host: "127.0.0.1", path: "/readyz", timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve(false));
  });
}
