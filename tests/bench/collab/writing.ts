import { everyone, inMemory, withoutFirst } from "./contestants.ts";
import { connect, Deliveries, writeFor } from "./deliveries.ts";
import { openEditors } from "./editors.ts";
import { percentile, spread } from "./figures.ts";
import { Load, Writer } from "./load.ts";
import { pause } from "./machine.ts";
import type { Person } from "./place.ts";
import { newDocument } from "./texts.ts";
import type { Field, Figures, Workload } from "./workload.ts";

/** One text, its readers, the writers among them, and three editors that watch over the result. */
async function gather({ place, contestant, server, texts }: Field, readers: number, writers: number) {
  const name = await newDocument(place, contestant, texts.start);
  const person = (n: number) => place.people[n % place.people.length] as Person;
  const editors = openEditors(server, name, place.people.slice(-3));
  const loads = await connect(readers + writers, (n) => new Load(server, name, person(n)));
  await editors.opened;
  const writing = loads.slice(readers).map((load, n) => new Writer(load, n));
  // A lone writer is nobody's reader; where many write, each also reads the others.
  const deliveries = new Deliveries(writers === 1 ? loads.slice(0, readers) : loads);
  for (const writer of writing) deliveries.note(writer);
  await pause(200);
  const leave = async () => {
    editors.leave();
    for (const load of loads) load.leave();
    await pause(100);
  };
  return { loads, writing, deliveries, editors, leave };
}

/** Letters of one writer to `readers`, with `presence` cursor moves a second of each of them. */
async function oneWriter(field: Field, readers: number, ms: number, presence = 0): Promise<Figures> {
  const { loads, writing, deliveries, editors, leave } = await gather(field, readers, 1);
  const moving = presence && moveCursors(loads.slice(0, readers), presence);
  const before = await field.server.cost();
  await writeFor(ms, writing, 20);
  const after = await field.server.cost();
  clearInterval(moving || undefined);
  const missing = await deliveries.settle();
  await editors.check(writing);
  await leave();
  const name = `${readers} readers${presence ? `, cursors ${presence}/s` : ""}`;
  const delivered = (deliveries.expected / readers) * (readers + 3);
  return {
    ...spread(name, deliveries.latencies),
    [`${name} server µs a delivery`]: (after.cpu - before.cpu) / delivered,
    [`${name} not delivered`]: missing,
  };
}

function moveCursors(loads: readonly Load[], perSecond: number): NodeJS.Timeout {
  const tick = 20;
  let due = 0;
  let next = 0;
  return setInterval(() => {
    for (due += (loads.length * perSecond * tick) / 1_000; due >= 1; due--) {
      const n = next++ % loads.length;
      loads[n]?.move(50_000 + n);
    }
  }, tick);
}

async function manyWriters(field: Field, writers: number): Promise<Figures> {
  const { writing, deliveries, editors, leave } = await gather(field, 0, writers);
  const before = await field.server.cost();
  const loadBefore = process.cpuUsage();
  const ms = 2_000;
  await writeFor(ms, writing, 5);
  const load = process.cpuUsage(loadBefore);
  const after = await field.server.cost();
  const missing = await deliveries.settle();
  await editors.check(writing);
  await leave();
  const name = `${writers} writers`;
  return {
    ...spread(name, deliveries.latencies),
    [`${name} server µs a delivery`]:
      (after.cpu - before.cpu) / ((deliveries.expected / (writers - 1)) * (writers + 3)),
    [`${name} load CPU %`]: (load.user + load.system) / ms / 10,
    [`${name} not delivered`]: missing,
  };
}

/** Letters a second of each writer. Ours sends a connection away above 60: all are asked for the same, and for less. */
const rates = [1, 2, 4, 8, 16, 32, 50];
const crowd = 60;

/**
 * The highest rate at which one letter in a hundred takes at most 100 ms and the load itself keeps up; raised
 * until it is too high, then halved into three times.
 */
async function sustained(field: Field): Promise<Figures> {
  const { writing, deliveries, editors, leave } = await gather(field, 0, crowd);
  const passes = async (perWriter: number) => {
    const from = deliveries.latencies.length;
    const ms = 1_200;
    const took = await writeFor(ms, writing, perWriter);
    const missing = await deliveries.settle(3_000);
    return missing === 0 && took < ms * 1.1 && percentile(deliveries.latencies.slice(from), 0.99) < 100;
  };
  let held = 0;
  let broke: number | undefined;
  for (const rate of rates) {
    if (!(await passes(rate))) {
      broke = rate;
      break;
    }
    held = rate;
  }
  for (let step = 0; step < 3 && held > 0 && broke; step++) {
    const middle: number = (held + broke) / 2;
    if (await passes(middle)) held = middle;
    else broke = middle;
  }
  await deliveries.settle();
  await editors.check(writing);
  await leave();
  return { [`${crowd} writers sustained updates/s`]: Math.round(held * crowd) };
}

/** Many texts, each with one who writes and two who read. */
async function manyTexts({ place, contestant, server, texts }: Field, count: number): Promise<Figures> {
  const names: string[] = [];
  const teams = await place.teams();
  for (const { jit } of teams.slice(0, count)) names.push(await newDocument(place, contestant, texts.start, jit));
  const loads = await connect(count * 3, (n) => {
    const text = Math.floor(n / 3);
    return new Load(server, names[text] as string, teams[text]?.person as Person);
  });
  const writers = loads.filter((_, n) => n % 3 === 0).map((load, n) => new Writer(load, n));
  const all = writers.map((writer, n) => {
    const deliveries = new Deliveries(loads.slice(n * 3 + 1, n * 3 + 3));
    deliveries.note(writer);
    return deliveries;
  });
  const before = await server.cost();
  await writeFor(3_000, writers, 2);
  const after = await server.cost();
  let missing = 0;
  for (const deliveries of all) missing += await deliveries.settle(1_000);
  for (const load of loads) load.leave();
  const name = `${count} texts`;
  const expected = all.reduce((sum, deliveries) => sum + deliveries.expected, 0);
  return {
    ...spread(
      name,
      all.flatMap(({ latencies }) => latencies),
    ),
    [`${name} server µs a delivery`]: (after.cpu - before.cpu) / expected,
    [`${name} not delivered`]: missing,
  };
}

const inTurn = async (...parts: (() => Promise<Figures>)[]): Promise<Figures> => {
  const all: Figures = {};
  for (const part of parts) Object.assign(all, await part());
  return all;
};

export const writing: Workload[] = [
  {
    id: "B1",
    title: "one writer, 20 letters a second",
    contestants: everyone,
    run: (field) =>
      field.quick
        ? oneWriter(field, 50, 2_000)
        : inTurn(
            () => oneWriter(field, 1, 1_000),
            () => oneWriter(field, 50, 3_000),
            () => oneWriter(field, 200, 1_500),
          ),
  },
  {
    id: "B2",
    title: "all write, 5 letters a second each",
    contestants: withoutFirst,
    run: (field) =>
      inTurn(
        () => manyWriters(field, 10),
        () => manyWriters(field, 50),
        () => sustained(field),
      ),
  },
  {
    id: "B3",
    title: "many texts with three people each",
    contestants: withoutFirst,
    run: (field) => manyTexts(field, 100),
  },
  {
    id: "B4",
    title: "letters while cursors move",
    contestants: inMemory,
    run: (field) =>
      inTurn(
        () => oneWriter(field, 50, 1_500, 1),
        () => oneWriter(field, 50, 2_000, 5),
      ),
  },
];
