import { monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

const milliseconds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000];

/** What the server counts. No case text, no names, no addresses. */
export class Metrics {
  readonly registry = new Registry();
  private readonly delay = monitorEventLoopDelay({ resolution: 10 });
  readonly connections = this.gauge("collab_connections", "Open sockets");
  readonly documents = this.gauge("collab_documents", "Documents in memory");
  readonly queueAge = this.gauge("collab_queue_age_ms", "Age of the oldest update that is not stored");
  readonly buffered = this.gauge("collab_buffered_bytes_max", "Most bytes waiting for one socket");
  readonly loopDelay = this.gauge("collab_loop_delay_p99_ms", "Delay of the event loop, 99th percentile");
  readonly commit = this.histogram("collab_commit_ms", "Time of one commit");
  readonly batch = this.histogram("collab_batch_updates", "Updates in one commit");
  readonly echo = this.histogram("collab_saved_ms", "From an update's arrival to its being stored");
  readonly revocation = this.histogram("collab_recheck_ms", "From a notice to the sockets closed by it");
  readonly refused = new Counter({
    name: "collab_refused_total",
    help: "Messages and connections refused",
    labelNames: ["reason"] as const,
    registers: [this.registry],
  });

  /** Only where somebody can read it: it wakes the process a hundred times a second. */
  watchDelay(): void {
    this.delay.enable();
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] });
  }

  private histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets: milliseconds, registers: [this.registry] });
  }

  /** Everything in the text format of Prometheus. */
  text(): Promise<string> {
    this.loopDelay.set(this.delay.percentile(99) / 1e6);
    this.delay.reset();
    return this.registry.metrics();
  }

  stop(): void {
    this.delay.disable();
  }
}
