import { inMemory } from "./contestants.ts";
import { connect, Deliveries } from "./deliveries.ts";
import { mebi, percentile } from "./figures.ts";
import { Load, Writer } from "./load.ts";
import { pause } from "./machine.ts";
import type { Person } from "./place.ts";
import { settled } from "./running.ts";
import { newDocument } from "./texts.ts";
import type { Field, Figures, Workload } from "./workload.ts";

/** What people cost who only look: 130 each in four texts, then 150 texts with one each. */
async function idle({ place, contestant, server, texts }: Field): Promise<Figures> {
  const person = (n: number) => place.people[n % place.people.length] as Person;
  const open = async (names: string[], count: number) => {
    const before = await settled(server);
    const loads = await connect(count, (n) => new Load(server, names[n % names.length] as string, person(n)));
    const after = await settled(server);
    return { used: after.used - before.used, resident: after.rss - before.rss, loads };
  };
  const make = async (count: number) => {
    const names: string[] = [];
    for (let n = 0; n < count; n++) names.push(await newDocument(place, contestant, texts.start));
    return names;
  };
  // The first text and the first hundred sockets also pay for what a server sets up once.
  const warm = await open(await make(20), 100);
  const crowded = await make(4);
  const first = await open(crowded, 40);
  const connections = await open(crowded, 480);
  for (const load of connections.loads) load.leave();
  await pause(1_000);
  const documents = await open(await make(150), 150);
  for (const load of [...warm.loads, ...first.loads, ...documents.loads]) load.leave();
  return {
    "KB a connection": connections.used / 480 / 1024,
    "KB a connection, resident": connections.resident / 480 / 1024,
    "KB a text with one reader": documents.used / 150 / 1024,
    "KB a text with one reader, resident": documents.resident / 150 / 1024,
  };
}

const block = 60 * 1024;

/** One reader stops reading while 200 MB are typed and erased; another one goes on. */
async function slowReader({ place, contestant, server, texts, quick }: Field): Promise<Figures> {
  const name = await newDocument(place, contestant, texts.start);
  const person = (n: number) => place.people[n] as Person;
  const [reader, slow, ...loads] = await connect(32, (n) => new Load(server, name, person(n)));
  if (!reader || !slow) throw new Error("two readers");
  const writers = loads.map((load, n) => new Writer(load, n));
  const deliveries = new Deliveries([reader]);
  for (const writer of writers) deliveries.note(writer);
  let broken: number | undefined;
  for (const load of [reader, ...loads]) {
    void load.closed.then(({ code }) => {
      broken = code;
    });
  }
  const push = async (bytes: number, within: number) => {
    const until = performance.now() + within;
    let n = 0;
    for (; n * block < bytes && performance.now() < until; n++) {
      // So much under way that a server is busy, and less than what any of them refuses.
      while (deliveries.expected - deliveries.latencies.length >= 16) {
        if (broken) throw new Error(`a socket that reads was closed: ${broken}`);
        await pause(1);
      }
      writers[n % writers.length]?.replace(String.fromCharCode(97 + (n % 26)).repeat(block));
    }
    await deliveries.settle();
    return n * block;
  };
  await push(8 * mebi, 5_000);
  const before = await settled(server);
  const from = deliveries.latencies.length;
  const began = performance.now();
  let cut = 0;
  void slow.closed.then(({ at }) => {
    cut = at;
  });
  slow.socket.pause();
  const stop = server.watchMemory();
  const pushed = await push((quick ? 60 : 200) * mebi, quick ? 8_000 : 10_000);
  const peak = stop();
  const after = await settled(server);
  const took = performance.now() - began;
  // A paused socket does not see its end: it reads on, and what was cut closes at once.
  const paused = performance.now();
  slow.socket.resume();
  await Promise.race([slow.closed, pause(3_000)]);
  for (const load of [reader, slow, ...loads]) load.leave();
  return {
    "MB held for one slow reader": (after.used - before.used) / mebi,
    "MB resident more": (after.rss - before.rss) / mebi,
    "MB resident more at most": (peak - before.rss) / mebi,
    "others p99 ms": percentile(deliveries.latencies.slice(from), 0.99),
    "slow reader was cut": cut > 0 && cut - paused < 3_000 ? 1 : 0,
    "MB pushed": pushed / mebi,
    "MB pushed a second": pushed / mebi / (took / 1_000),
  };
}

export const memory: Workload[] = [
  { id: "B5", title: "people who only look", contestants: inMemory, run: idle },
  { id: "B8", title: "a reader that stops reading", contestants: inMemory, run: slowReader },
];
