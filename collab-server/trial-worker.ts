import { createHash } from "node:crypto";
import { parentPort } from "node:worker_threads";
import * as Y from "yjs";
import { type Outcome, openToLetters, Trial } from "./trial.ts";

/*
 * Runs in a thread of its own with limits of time and memory (trials.ts): an update that exhausts it ends the thread,
 * not the server.
 */
export type Request =
  | { op: "seed"; room: string; state: Uint8Array; template: string }
  /** `untold`: stored since the last question, without one */
  | { op: "check"; room: string; untold: Uint8Array[]; groups: Uint8Array[][] }
  | { op: "drop"; room: string }
  | { op: "compact"; base: Uint8Array | null; rows: Uint8Array[] };
export type Compacted = { state: Uint8Array; vector: Uint8Array; sha256: string };
/** The first answer, to no question: where letters may stand anywhere. */
export type Ready = { open: string[] };
export type Answer = Outcome[] | Compacted | Ready | null;

const trials = new Map<string, Trial>();

function answer(request: Request): Answer {
  switch (request.op) {
    case "seed":
      trials.set(request.room, new Trial(request.state, request.template));
      return null;
    case "drop":
      trials.delete(request.room);
      return null;
    case "check":
      return check(request);
    case "compact":
      return compact(request);
  }
}

/** Stops at the first problem: what comes after it was built on a copy that is spoilt. */
function check({ room, untold, groups }: Request & { op: "check" }): Outcome[] {
  const trial = trials.get(room);
  if (!trial) throw new Error("this copy was not made");
  trial.learn(untold);
  const outcomes: Outcome[] = [];
  for (const updates of groups) {
    const outcome = trial.check(updates);
    outcomes.push(outcome);
    if ("problem" in outcome) {
      trials.delete(room);
      break;
    }
  }
  return outcomes;
}

/** Rows are applied one by one: merging the updates of a long history is quadratic. */
function compact({ base, rows }: { base: Uint8Array | null; rows: Uint8Array[] }): Compacted {
  const doc = new Y.Doc();
  doc.transact(() => {
    if (base) Y.applyUpdate(doc, base);
    for (const row of rows) Y.applyUpdate(doc, row);
  });
  const state = Y.encodeStateAsUpdate(doc);
  return { state, vector: Y.encodeStateVector(doc), sha256: createHash("sha256").update(state).digest("hex") };
}

parentPort?.on("message", ({ id, request }: { id: number; request: Request }) => {
  parentPort?.postMessage({ id, answer: answer(request) });
});
parentPort?.postMessage({ id: 0, answer: { open: openToLetters() } satisfies Ready });
