import type { Fault } from "./plan.ts";
import type { Server } from "./server.ts";
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
    case "stop": {
      const node = world.collabs[fault.node];
      await node?.stop();
      node?.start(fault.clock);
      return count(counts, "stop: collab");
    }
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
    case "redis":
      world.redis?.flap(fault);
      return count(counts, `${world.redis ? "" : "left out: "}redis ${fault.how}`, fault.times);
    case "network": {
      const { on } = fault;
      const way = on === "redis" ? world.redis?.way : on === "database" ? world.database : world.ways[on];
      way?.suffer(fault.fault);
      const name = `network: ${fault.fault.kind}${typeof on === "number" ? "" : ` (${on})`}`;
      return count(counts, way ? name : `left out: ${name}`);
    }
  }
}

const slowFor = 350;

async function kill(world: World, fault: Fault & { kind: "kill" }, counts: Counts): Promise<void> {
  const { victim, slow, downMs, clock } = fault;
  const struck = victim === "web" ? [world.web] : victim === "machine" ? world.collabs : [world.collabs[fault.node]];
  if (victim === "web" && !world.web) return count(counts, "left out: kill web");
  const breaksLines = victim === "collab" || victim === "web" || victim === "machine";
  // Half of them close the tab when the line breaks, if all was shown as saved: what was not stored is gone then.
  for (const editor of world.editors) editor.trusting = breaksLines && world.draw() < 0.5;
  if (slow > 0) {
    world.database.suffer({ kind: "delay", ms: slowFor * 2, latency: slow, jitter: 0 });
    await pause(slowFor);
  }
  if (victim === "postgres") await world.postgres.kill(downMs);
  else if (victim === "backend") await world.postgres.killBackend(world.draw);
  else {
    const down = victim === "machine" ? world.postgres.kill(downMs) : undefined;
    await Promise.all([down, ...struck.map((server) => server?.kill())]);
  }
  count(counts, `kill: ${victim}`);
  if (!breaksLines) return;
  await pause(downMs);
  if (victim !== "web") await compare(world);
  for (const server of struck) server?.start(clock);
  for (const editor of world.editors) editor.trusting = false;
  if (clock !== 0) count(counts, "clock wrong");
  if (Math.abs(clock) < 3_600_000) return;
  for (const server of struck) await endWrongYear(server);
  count(counts, `kill: ${victim === "web" ? "web" : "collab"}`, struck.length);
}

/** While the server that said so cannot bring anything back: what was shown as saved is in the rows, or it is lost. */
async function compare(world: World): Promise<void> {
  await world.postgres.answering(world.stage.owner);
  for (const ledger of world.ledgers) for (const word of await ledger.missing(world.editors)) world.lost.add(word);
}

/** By such a clock every session has ended: nobody is let in, and nothing is shown as saved. Then it is put right. */
async function endWrongYear(server: Server | null | undefined): Promise<void> {
  await server?.ready().catch(() => {});
  await pause(1_000);
  await server?.kill();
  server?.start();
}
