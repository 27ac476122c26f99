/** Loaded into every measured server: answers what it costs, after a collection of garbage when asked for. */
export type Cost = {
  rss: number;
  /** heap and buffers of the main thread: unlike `rss`, exact after a collection */
  used: number;
  /** microseconds, all threads */
  cpu: number;
};

process.on("message", (message) => {
  if (message !== "cost" && message !== "settled cost") return;
  if (message === "settled cost") for (let n = 0; n < 3; n++) (globalThis as { gc?: () => void }).gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({ cost: { rss, used: heapUsed + external, cpu: user + system } satisfies Cost });
});
