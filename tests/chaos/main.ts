import { parseArgs } from "node:util";
import { fullMix, smallMix } from "./plan.ts";
import { type Result, runChaos } from "./run.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    minutes: { type: "string", default: "30" },
    kills: { type: "string", default: "300" },
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
  mix: values.small ? smallMix : fullMix,
  desks: 2,
  writers: 4,
  leavers: values.small ? 1 : 6,
  web: !values.small,
  ownDisk: !values.small,
  stopped: stop.signal,
  tell: (line) => console.log(`${seconds().padStart(5)} s  ${line}`),
});
tell(result);
process.exit(missed(result).length > 0 ? 1 : 0);

function failures({ lost, doubled, differs, stored, sentAway, fell, restless }: Result) {
  return { lost, doubled, differs, stored, sentAway, fell, restless };
}

function missed(result: Result): string[] {
  return Object.entries(failures(result)).flatMap(([name, found]) =>
    found.length > 0 ? `${name} ${found.length}` : [],
  );
}

function tell(result: Result): void {
  for (const [name, times] of [...result.counts].sort()) console.log(`${String(times).padStart(6)}  ${name}`);
  console.log(`kills ${result.kills}, network schedules ${result.networks}, connections replayed ${result.replayed}`);
  console.log(`saved operations ${result.saved}, tabs closed and opened anew ${result.reloads}`);
  console.log(`kills before which nothing could be saved ${result.early}, duration ${seconds()} s`);
  for (const [name, found] of Object.entries(failures(result))) {
    console.log(`${name}: ${found.length}`);
    for (const one of found.slice(0, 20)) console.log(`    ${one}`);
  }
  console.log(`seed ${seed}, steps ${result.steps}, schedule ${result.schedule}`);
  const targets = Object.fromEntries(Object.keys(failures(result)).map((name) => [name, 0]));
  console.log(JSON.stringify({ bench: "chaos", ratios: {}, targets, missed: missed(result) }));
}
