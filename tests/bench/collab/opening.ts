import * as Y from "yjs";
import { bare, sendingFirst, withoutFirst } from "./contestants.ts";
import { mebi, percentile } from "./figures.ts";
import { Load } from "./load.ts";
import type { Person } from "./place.ts";
import { newDocument, type Text } from "./texts.ts";
import type { Field, Figures, Workload } from "./workload.ts";

/** Texts that no server has in memory yet. The first opening of the process warms it, and is not counted. */
async function cold({ place, contestant, server, texts, quick }: Field): Promise<Figures> {
  const person = place.people[0] as Person;
  const openOnce = async (text: Text) => {
    const name = await newDocument(place, contestant, text);
    const began = performance.now();
    const load = new Load(server, name, person);
    const took = (await load.synced) - began;
    load.leave();
    return took;
  };
  await openOnce(texts.start);
  await openOnce(texts.short);
  return {
    "0.1 MB ms": await openOnce(texts.short),
    "1.5 MB ms": await openOnce(texts.long),
    ...(quick ? {} : { "5 MB ms": await openOnce(texts.huge), "10,000 rows ms": await openOnce(texts.typed) }),
  };
}

async function openAtOnce(field: Field, name: string, count: number, vector?: Uint8Array): Promise<number[]> {
  const people = field.place.people;
  const began = performance.now();
  const loads = Array.from(
    { length: count },
    (_, n) => new Load(field.server, name, people[n % people.length] as Person, { vector }),
  );
  const times = await Promise.all(loads.map(async (load) => (await load.synced) - began));
  for (const load of loads) load.leave();
  return times;
}

/** A hundred people open one long text at once; then the server dies and 200 people who have it come back. */
async function storms(field: Field): Promise<Figures> {
  const { place, contestant, server, texts } = field;
  const name = await newDocument(place, contestant, texts.long);
  // One who stays: everybody else comes to a text in memory.
  const staying = new Load(server, name, place.people[0] as Person);
  await staying.synced;
  const { rss } = await server.cost();
  const stop = server.watchMemory();
  const joining = await openAtOnce(field, name, 100);
  const peak = stop();
  staying.leave();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, staying.received);
  await server.restart();
  const returning = await openAtOnce(field, name, 200, Y.encodeStateVector(doc));
  return {
    "100 open 1.5 MB p50 ms": percentile(joining, 0.5),
    "100 open 1.5 MB p99 ms": percentile(joining, 0.99),
    "100 open 1.5 MB MB more": (peak - rss) / mebi,
    "200 come back after a crash p99 ms": percentile(returning, 0.99),
  };
}

export const opening: Workload[] = [
  { id: "B6", title: "opening a text that is not in memory", contestants: sendingFirst, run: cold },
  { id: "B7", title: "everybody comes at once", contestants: [...withoutFirst, bare], run: storms },
];
