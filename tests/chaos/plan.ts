import { between, type Draw, drawFrom, pick, weigh } from "./draw.ts";

/** "machine": the collaboration servers and PostgreSQL at once; "backend": one session of PostgreSQL */
export type Victim = "collab" | "web" | "postgres" | "backend" | "machine";
/** Whose way: an editor's, by number, or that of the servers to the database or to Redis. */
export type Route = number | "database" | "redis";
/** What happens to the bytes on one way. */
export type NetworkFault =
  | { kind: "cut"; down: boolean; share: number }
  | { kind: "half-open"; ms: number }
  | { kind: "delay"; ms: number; latency: number; jitter: number }
  | { kind: "throttle"; ms: number; bytesPerSecond: number }
  | { kind: "replay" };
export type Fault =
  /**
   * `slow`: how long the database takes to answer just before, in ms, so that the kill falls into a commit; `clock`: how
   * wrong the clock of the server is that is started afterwards, in ms; `node`: which collaboration server, from 0
   */
  | { kind: "kill"; victim: Victim; node: number; slow: number; clock: number; downMs: number }
  | { kind: "stop"; node: number; clock: number }
  | { kind: "pause"; ms: number }
  | { kind: "restart"; downMs: number }
  | { kind: "disk"; ms: number }
  | { kind: "revoke" }
  /** Redis is away or frozen for so long, so many times in a row; everything else goes on meanwhile */
  | { kind: "redis"; how: "kill" | "freeze"; ms: number; times: number }
  | { kind: "network"; on: Route; fault: NetworkFault };
/** `saves`: so many operations are shown as saved since the fault before; then `ms` pass. */
export type Step = { saves: number; ms: number; fault: Fault };

export type Mix = { kinds: Record<Fault["kind"], number>; victims: Record<Victim, number>; longest: number };

/** Everything, in the proportion of a long run. `longest` bounds how long one fault lasts, in ms. */
export const fullMix: Mix = {
  kinds: { kill: 50, network: 46, redis: 8, stop: 1, pause: 2, restart: 2, disk: 2, revoke: 4 },
  victims: { collab: 25, web: 12, backend: 35, postgres: 16, machine: 12 },
  longest: 35_000,
};
/** What fits into the ordinary tests: no web process, no disk of its own. */
export const smallMix: Mix = {
  kinds: { kill: 40, network: 60, redis: 20, stop: 0, pause: 0, restart: 0, disk: 0, revoke: 0 },
  victims: { collab: 40, web: 0, backend: 20, postgres: 20, machine: 20 },
  longest: 1_500,
};

const year = 365 * 24 * 3_600_000;
const clocks = [0, 0, 0, 0, 60_000, -60_000, 600_000, -600_000];

export type Size = { editors: number; nodes: number };

/** The schedule of a seed, without end. It knows nothing of the run: the same seed draws the same steps. */
export function* drawSteps(seed: number, size: Size, mix: Mix): Generator<Step> {
  const draw = drawFrom(seed);
  for (;;) {
    const kind = weigh(draw, mix.kinds);
    const waits = kind !== "network" && kind !== "redis";
    yield {
      saves: waits ? between(draw, 1, 12) : 0,
      ms: between(draw, 0, waits ? 120 : 400),
      fault: drawFault(draw, kind, size, mix),
    };
  }
}

function drawFault(draw: Draw, kind: Fault["kind"], { editors, nodes }: Size, mix: Mix): Fault {
  switch (kind) {
    case "kill": {
      const victim = weigh(draw, mix.victims);
      const slow = draw() < 0.6 ? between(draw, 20, 120) : 0;
      const node = between(draw, 0, nodes - 1);
      return { kind, victim, node, slow, clock: drawClock(draw), downMs: between(draw, 0, 400) };
    }
    case "stop":
      return { kind, node: between(draw, 0, nodes - 1), clock: pick(draw, clocks) };
    case "pause":
      return { kind, ms: drawLength(draw, 300, mix.longest / 2) };
    case "restart":
      return { kind, downMs: drawLength(draw, 100, mix.longest / 2) };
    case "disk":
      return { kind, ms: drawLength(draw, 500, mix.longest / 4) };
    case "revoke":
      return { kind };
    case "redis":
      return {
        kind,
        how: draw() < 0.7 ? "kill" : "freeze",
        ms: drawLength(draw, 50, mix.longest / 8),
        times: between(draw, 1, 4),
      };
    case "network": {
      const luck = draw();
      const on = luck < 0.22 ? "database" : luck < 0.3 ? "redis" : between(draw, 0, editors - 1);
      return { kind, on, fault: drawNetwork(draw, on === "database", mix.longest) };
    }
  }
}

/** Now and then so wrong that nobody may be let in: sessions have ended by that clock. */
function drawClock(draw: Draw): number {
  return draw() < 0.03 ? 10 * year : pick(draw, clocks);
}

function drawNetwork(draw: Draw, toDatabase: boolean, longest: number): NetworkFault {
  const kind = weigh(draw, { cut: 30, "half-open": 15, delay: 20, throttle: 15, replay: toDatabase ? 0 : 20 });
  switch (kind) {
    case "cut":
      return { kind, down: draw() < 0.6, share: draw() };
    case "half-open":
      return { kind, ms: drawLength(draw, 300, toDatabase ? longest / 3 : longest) };
    case "delay":
      return {
        kind,
        ms: drawLength(draw, 500, longest / 4),
        latency: drawLength(draw, 10, toDatabase ? 100 : 2_000),
        jitter: between(draw, 0, 200),
      };
    case "throttle":
      return { kind, ms: drawLength(draw, 500, longest / 4), bytesPerSecond: drawLength(draw, 2_000, 100_000) };
    case "replay":
      return { kind };
  }
}

/** Mostly short, sometimes up to the longest. */
function drawLength(draw: Draw, shortest: number, longest: number): number {
  return Math.round(shortest + (Math.max(longest, shortest) - shortest) * draw() ** 3);
}
