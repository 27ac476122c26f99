import type { Fault } from "./plan.ts";
import type { World } from "./world.ts";

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How often each thing was done, by its name. */
export type Counts = Map<string, number>;
export function count(counts: Counts, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** Lets a fault happen. Returns when what it takes down is on its way up again; faults of the network last on. */
export async function strike(world: World, fault: Fault, counts: Counts): Promise<void> {
  switch (fault.kind) {
    case "kill":
      return kill(world, fault, counts);
    case "stop":
      await world.collab.stop();
      world.collab.start(fault.clock);
      return count(counts, "stop: collab");
    case "pause":
      await world.postgres.pause(fault.ms);
      return count(counts, "pause: postgres");
    case "restart":
      await world.postgres.restart(fault.downMs);
      return count(counts, "restart: postgres");
    case "disk":
      return count(counts, (await world.postgres.fill(fault.ms)) ? "disk full" : "left out: disk full");
    case "revoke": {
      const next = world.outsiders.find(({ allowed }) => allowed === null);
      await next?.revoke();
      return count(counts, next ? "revoked" : "left out: revoke");
    }
    case "network": {
      const way = fault.editor === null ? world.database : world.ways[fault.editor];
      way?.suffer(fault.fault);
      return count(counts, `network: ${fault.fault.kind}${fault.editor === null ? " (database)" : ""}`);
    }
  }
}

async function kill(world: World, fault: Fault & { kind: "kill" }, counts: Counts): Promise<void> {
  const { victim, downMs, clock } = fault;
  if (victim === "web" && !world.web) return count(counts, "left out: kill web");
  // Half of them close the tab when the line breaks, if all was shown as saved: what was not stored is gone then.
  for (const editor of world.editors) editor.trusting = world.draw() < 0.5;
  count(counts, `kill: ${victim}`);
  if (victim === "postgres") return world.postgres.kill(downMs);
  if (victim === "backend") return world.postgres.killBackend(world.draw);
  const server = victim === "web" ? world.web : world.collab;
  await server?.kill();
  await pause(downMs);
  server?.start(clock);
  if (clock !== 0) count(counts, "clock wrong");
  if (Math.abs(clock) > 3_600_000) await endWrongYear(world, victim, counts);
}

/** By such a clock every session has ended: nobody is let in, and nothing is shown as saved. Then it is put right. */
async function endWrongYear(world: World, victim: "web" | "collab", counts: Counts): Promise<void> {
  const server = victim === "web" ? world.web : world.collab;
  await server?.ready().catch(() => {});
  await pause(1_000);
  await server?.kill();
  count(counts, `kill: ${victim}`);
  server?.start();
}
