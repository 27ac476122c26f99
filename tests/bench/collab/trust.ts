import * as Y from "yjs";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { memberOf } from "#tests/support/team.ts";
import { ours, sendingFirst } from "./contestants.ts";
import { connect } from "./deliveries.ts";
import { percentile } from "./figures.ts";
import { Load, Writer } from "./load.ts";
import { pause } from "./machine.ts";
import type { Person } from "./place.ts";
import { newDocument } from "./texts.ts";
import type { Field, Figures, Workload } from "./workload.ts";

/** kill -9 under load: of what another person was shown, how much is not there after a restart. */
async function crashes(field: Field): Promise<Figures> {
  const { place, contestant, server, texts, quick } = field;
  const name = await newDocument(place, contestant, texts.start);
  let lost = 0;
  let shown = 0;
  let back = 0;
  for (let kill = 0; kill < (quick ? 1 : 2); kill++) {
    const loads = await connect(6, (n) => new Load(server, name, place.people[n] as Person));
    const [reader, ...others] = loads as [Load, ...Load[]];
    const writers = others.map((load, n) => new Writer(load, n));
    const seen = new Map<number, number>();
    reader.onUpdate = (bytes) => {
      for (const { id, length } of Y.decodeUpdate(bytes).structs)
        seen.set(id.client, Math.max(seen.get(id.client) ?? 0, id.clock + length));
    };
    const typing = setInterval(() => {
      for (const writer of writers) writer.type();
    }, 25);
    await pause(1_000 + Math.random() * 500);
    await server.kill();
    clearInterval(typing);
    const began = performance.now();
    await server.restart();
    const again = new Load(server, name, place.people[0] as Person);
    back = Math.max(back, (await again.synced) - began);
    const stored = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(again.received));
    for (const [client, end] of seen) {
      shown += end;
      lost += Math.max(0, end - (stored.get(client) ?? 0));
    }
    for (const load of [...loads, again]) load.leave();
  }
  return { "letters shown and lost": lost, "letters shown": shown, "back after ms": back };
}

/** Membership ends while the person types: until when anything of theirs is stored, and when the socket closes. */
async function revocation({ place, contestant, server, texts, quick }: Field): Promise<Figures> {
  const name = await newDocument(place, contestant, texts.start);
  const closed: number[] = [];
  const accepted: number[] = [];
  for (let n = 0; n < (quick ? 5 : 15); n++) {
    const person = await place.bring();
    const member = await memberOf(place.owner, place.team.jit, person);
    const load = new Load(server, name, person);
    await load.synced;
    const writer = new Writer(load, n);
    const typing = setInterval(() => writer.type(), 10);
    await pause(150);
    await revokeMember(place.team.founder, { jit: place.team.jit, member, reason: "left the service" });
    const answered = performance.now();
    const wall = Date.now();
    const { at } = await load.closed;
    closed.push(at - answered);
    await pause(50);
    clearInterval(typing);
    const { rows } = await place.owner.query(
      "SELECT max(at) AS last FROM document_update WHERE document_id = $1 AND author_id = $2",
      [name, person.personId],
    );
    accepted.push(Math.max(0, (rows[0].last?.getTime() ?? 0) - wall));
  }
  return {
    "last accepted after ms p99": percentile(accepted, 0.99),
    "socket closed after ms p50": percentile(closed, 0.5),
    "socket closed after ms p99": percentile(closed, 0.99),
  };
}

export const trust: Workload[] = [
  { id: "B9", title: "kill -9 while five people type", contestants: sendingFirst, run: crashes },
  {
    id: "B10",
    title: "access is taken away (the opponents have nothing for it)",
    contestants: [ours],
    run: revocation,
  },
];
