import { parseArgs } from "node:util";
import { fullMix, smallMix } from "./plan.ts";
import { type Result, runChaos } from "./run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    minutes: { type: "string", default: "30" },
    kills: { type: "string", default: "300" },
    networks: { type: "string", default: "200" },
    small: { type: "boolean", default: false },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
const began = Date.now();
const seconds = () => ((Date.now() - began) / 1_000).toFixed(0);
console.log(`seed ${seed}`);
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());
const result = await runChaos({
  seed,
  minutes: Number(values.minutes),
  kills: Number(values.kills),
  networks: Number(values.networks),
  mix: values.small ? smallMix : fullMix,
  desks: 2,
  writers: 4,
  leavers: values.small ? 1 : 6,
  web: !values.small,
  nodes: 2,
  ownDisk: !values.small,
  stopped: stop.signal,
  tell: (line) => console.log(`${seconds().padStart(5)} s  ${line}`),
});
tell(result);
process.exit(Object.values(failures(result)).some((found) => found.length > 0) ? 1 : 0);

function failures({ lost, doubled, differs, stored, sentAway, fell, restless }: Result) {
  return { lost, doubled, differs, stored, sentAway, fell, restless };
}

/** A run that is shorter than a long one misses the first two and is none the worse. */
function report(result: Result): string {
  const wanted = { kills: 300, networks: 200 };
  const found = Object.entries(failures(result)).map(([name, all]): [string, number] => [name, all.length]);
  const targets = { ...wanted, ...Object.fromEntries(found.map(([name]) => [name, 0])) };
  const reached = { kills: result.kills, networks: result.networks, ...Object.fromEntries(found) };
  const few = (["kills", "networks"] as const).filter((name) => result[name] < wanted[name]);
  const missed = [...few, ...found.flatMap(([name, times]) => (times > 0 ? name : []))];
  return JSON.stringify({ bench: "chaos", ratios: {}, targets, reached, missed });
}

function tell(result: Result): void {
  for (const [name, times] of [...result.counts].sort()) console.log(`${String(times).padStart(6)}  ${name}`);
  console.log(`kills ${result.kills}, network schedules ${result.networks}, connections replayed ${result.replayed}`);
  console.log(`saved operations ${result.saved}, tabs closed and opened anew ${result.reloads}`);
  console.log(`faults before which nothing was saved for 40 s: ${result.early}, duration ${seconds()} s`);
  for (const [name, found] of Object.entries(failures(result))) {
    console.log(`${name}: ${found.length}`);
    for (const one of found.slice(0, 20)) console.log(`    ${one}`);
  }
  console.log(`seed ${seed}, steps ${result.steps}, schedule ${result.schedule}`);
  console.log(report(result));
}
