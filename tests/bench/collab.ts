/**
 * The collaboration server beside @y/websocket-server and Hocuspocus, in one run. Prints a table and ends with one line
 * of JSON. Never part of the verdict of the tests. --rounds 5, --quick, --only B1,B8,
 * --servers ours,"y memory", --json file: see README.md.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { Void } from "./collab/editors.ts";
import { pinLoad } from "./collab/machine.ts";
import { memory } from "./collab/memory.ts";
import { opening } from "./collab/opening.ts";
import { keepSignedIn, openPlace, type Place } from "./collab/place.ts";
import { Results, table } from "./collab/results.ts";
import { startServer } from "./collab/running.ts";
import { compare } from "./collab/targets.ts";
import { type Texts, textsFrom } from "./collab/texts.ts";
import { trust } from "./collab/trust.ts";
import type { Workload } from "./collab/workload.ts";
import { writing } from "./collab/writing.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string" },
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    servers: { type: "string" },
    json: { type: "string" },
  },
});
const rounds = Number(values.rounds ?? (values.quick ? 1 : 5));
const wanted = values.only?.split(",");
const servers = values.servers?.split(",");
const order = ["B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10"];
const workloads = [...writing, ...memory, ...opening, ...trust]
  .filter(({ id }) => !wanted || wanted.includes(id))
  .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));

async function measure(place: Place, texts: Texts, workload: Workload, results: Results, round: number) {
  for (const contestant of shuffled(workload.contestants)) {
    if (servers && !servers.includes(contestant.name)) continue;
    await keepSignedIn(place);
    const began = Date.now();
    const server = await startServer(contestant, place);
    try {
      const figures = await workload.run({ place, contestant, server, texts, quick: values.quick });
      results.add(workload.id, contestant.name, figures);
    } catch (error) {
      if (!(error instanceof Void)) console.error(`${workload.id} ${contestant.name}:`, error);
      results.addVoid(workload.id, contestant.name, (error as Error).message);
    } finally {
      await server.kill();
    }
    const [load = 0] = loadavg();
    console.error(
      `round ${round} ${workload.id} ${contestant.name.padEnd(12)} ${((Date.now() - began) / 1_000).toFixed(1)} s, load ${load.toFixed(1)}`,
    );
  }
}

/** Whoever comes first finds another machine than whoever comes last. */
function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Also when the run is broken off: what was measured until then counts. */
let reported = false;
function report(results: Results): void {
  if (reported) return;
  reported = true;
  console.log(table(workloads, results));
  if (values.json) writeFileSync(values.json, JSON.stringify({ rounds, results: results.all() }, null, 2));
  console.log(JSON.stringify({ bench: "collab", ...compare(results) }));
}

const results = new Results();
const place = await openPlace();
// The servers end when the line to us breaks; PostgreSQL has a group of its own and would stay.
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => {
    place.abandon();
    report(results);
    process.exit(1);
  });
try {
  pinLoad();
  const texts = textsFrom(place.seed);
  for (let round = 1; round <= rounds; round++) {
    for (const workload of workloads) await measure(place, texts, workload, results, round);
  }
  report(results);
} finally {
  await place.close();
}
// Clients of opponents keep timers for coming back after they were sent away.
process.exit(process.exitCode);
