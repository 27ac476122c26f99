import { startRedis } from "#tests/support/redis.ts";
import type { Fault } from "./plan.ts";
import { Way } from "./proxy.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A Redis that comes and goes while everything else goes on, and the way of the servers to it. */
export class FlappingRedis {
  private flapping: Promise<void> = Promise.resolve();

  private constructor(
    private readonly server: Awaited<ReturnType<typeof startRedis>>,
    readonly way: Way,
  ) {}

  static async start(): Promise<FlappingRedis> {
    const server = await startRedis();
    const port = Number(new URL(server.url).port);
    return new FlappingRedis(server, await new Way(() => port).listen());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.way.port}`;
  }

  /** Begins when the flapping before it is over; nobody waits for it. */
  flap({ how, ms, times }: Fault & { kind: "redis" }): void {
    this.flapping = this.flapping.then(async () => {
      for (let n = 0; n < times; n++) {
        if (how === "kill") await this.server.kill();
        else this.server.freeze();
        await pause(ms);
        if (how === "kill") await this.server.start();
        else this.server.thaw();
        await pause(ms);
      }
    });
  }

  async calm(): Promise<void> {
    await this.flapping;
    this.way.heal();
  }

  async end(): Promise<void> {
    await this.flapping;
    this.way.close();
    await this.server.kill();
  }
}
