import pg from "pg";
import { config } from "./config.ts";
import { log } from "./log.server.ts";

export type Heard = {
  /** a notification; `payload` as it was sent */
  heard(channel: string, payload: string): void;
  /** listening again after a break: whatever was notified meanwhile was missed */
  back(): void;
};

const pulseMs = 10_000;

/** Listens on channels of the database, on a connection of its own that is made again whenever it breaks. */
export class Listener {
  private client: pg.Client | undefined;
  private pulse: NodeJS.Timeout | undefined;
  private stopped = false;
  private waitMs = 100;

  constructor(
    private readonly channels: readonly string[],
    private readonly to: Heard,
  ) {}

  get listening(): boolean {
    return this.client !== undefined;
  }

  async start(): Promise<void> {
    if (this.stopped) return;
    const client = new pg.Client({
      connectionString: config().DATABASE_APP_URL ?? config().DATABASE_URL,
      keepAlive: true,
      query_timeout: pulseMs,
    });
    client.on("error", () => this.lose(client));
    client.on("end", () => this.lose(client));
    client.on("notification", ({ channel, payload }) => this.to.heard(channel, payload ?? ""));
    try {
      await client.connect();
      for (const channel of this.channels) await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      this.client = client;
      this.waitMs = 100;
      // A connection can die without a word; only a question finds out.
      this.pulse = setInterval(() => client.query("SELECT 1").catch(() => this.lose(client)), pulseMs);
      this.to.back();
    } catch (error) {
      client.end().catch(() => {});
      log().warn({ err: (error as Error).message }, "cannot listen to the database");
      this.again();
    }
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    clearInterval(this.pulse);
    client.end().catch(() => {});
    this.again();
  }

  private again(): void {
    if (this.stopped) return;
    setTimeout(() => void this.start(), this.waitMs).unref();
    this.waitMs = Math.min(this.waitMs * 2, 5_000);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.pulse);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => {});
  }
}
