import { log } from "#app/platform/log.server.ts";
import type { Metrics } from "./metrics.ts";

/** Longer than any answer of a database that is well. */
const longMs = 2_000;

/** A database that does not answer, as one room sees it: since when, and how it is asked again until it does. */
export class Outage {
  private since: number | null = null;

  /** `changed`: people are to be told that their text cannot be stored, or can be again. */
  constructor(
    private readonly document: string,
    private readonly metrics: Metrics,
    private readonly changed: () => void,
  ) {}

  get lasts(): boolean {
    return this.since !== null;
  }

  /** So long already; 0 when the database answers. */
  get ms(): number {
    return this.since === null ? 0 : Date.now() - this.since;
  }

  /** Asks until there is an answer, ever less often; null when that is no longer wanted. */
  async untilAnswered<Answer>(ask: () => Promise<Answer>, unwanted: () => boolean): Promise<Answer | null> {
    for (let attempt = 0; !unwanted(); attempt++) {
      const slow = setTimeout(() => this.begin(new Error("the database takes long")), longMs);
      try {
        const answer = await ask();
        this.end();
        return answer;
      } catch (error) {
        this.begin(error);
      } finally {
        clearTimeout(slow);
      }
      const wait = Math.min(100 * 2 ** attempt, 3_000) * (0.5 + Math.random());
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return null;
  }

  private begin(error: unknown): void {
    if (this.since !== null) return;
    this.since = Date.now();
    this.metrics.refused.inc({ reason: "commit" });
    log().warn({ err: (error as Error).message, document: this.document }, "a batch could not be stored");
    this.changed();
  }

  private end(): void {
    if (this.since === null) return;
    this.since = null;
    this.changed();
  }
}
