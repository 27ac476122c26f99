import * as Y from "yjs";
import { limits } from "./limits.ts";

/** What the server knows when an update arrives. */
export type Known = {
  /** the live document: everything stored */
  doc: Y.Doc;
  /** end of what is stored or waiting to be, by client */
  waiting: ReadonlyMap<number, number>;
  /** whose a client is; undefined when it is nobody's yet */
  ownerOf(client: number): string | undefined;
};

export type Refused = "malformed" | "too-large" | "not-yours";
export type Verdict =
  /** `clients`: those under which it brings something new; `ends`: how far each then reaches */
  | { kind: "accept"; clients: number[]; ends: Map<number, number> }
  /** adds nothing to what is stored */
  | { kind: "known" }
  /** builds on something the server does not have: ask the client for all of it */
  | { kind: "resync" }
  | { kind: "refuse"; reason: Refused };

const refuse = (reason: Refused): Verdict => ({ kind: "refuse", reason });
const languageText = /^text:[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/;

/**
 * Judges an update without touching the document. Only functions of the first update format are used on bytes from
 * outside: `Y.mergeUpdatesV2` can be made to run for ever (yjs#687).
 *
 * New is what lies beyond the *stored* state; that the sender must own. Gaps are measured against what is stored or
 * waiting, since a client that types fast builds on its own updates that are still on their way to the database.
 */
export function judge(update: Uint8Array, person: string, known: Known): Verdict {
  if (update.length > limits.updateBytes) return refuse("too-large");
  let decoded: ReturnType<typeof Y.decodeUpdate>;
  try {
    decoded = Y.decodeUpdate(update);
  } catch {
    return refuse("malformed");
  }
  if (decoded.structs.length > limits.structsPerUpdate || decoded.ds.clients.size > limits.structsPerUpdate)
    return refuse("too-large");
  const added = judgeStructs(decoded.structs as Struct[], person, known);
  if (!(added instanceof Map)) return added;
  const erased = judgeErased(decoded.ds, added, known);
  if (erased !== "new" && erased !== "known") return erased;
  if (added.size === 0 && erased === "known") return { kind: "known" };
  return { kind: "accept", clients: [...added.keys()], ends: added };
}

type Struct = Y.Item | Y.GC | Y.Skip;

/** Checks each struct; returns how far each client with something new will reach. */
function judgeStructs(structs: Struct[], person: string, known: Known): Map<number, number> | Verdict {
  const clients = new Set<number>();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    if (struct instanceof Y.Skip || struct.length < 1) return refuse("malformed");
    if (!(client <= 0xffffffff) || !(clock + struct.length < limits.clock)) return refuse("malformed");
    clients.add(client);
    if (clients.size > limits.clientsPerUpdate) return refuse("too-large");
  }
  const ends = new Map<number, number>();
  const stored = new Map([...clients].map((client) => [client, Y.getState(known.doc.store, client)]));
  const storedEnd = (client: number) => stored.get(client) ?? Y.getState(known.doc.store, client);
  for (const struct of structs as (Y.Item | Y.GC)[]) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    if (end <= storedEnd(client)) continue;
    if (!mayWriteAs(client, storedEnd(client), person, known)) return refuse("not-yours");
    const reached = ends.get(client) ?? Math.max(known.waiting.get(client) ?? 0, storedEnd(client));
    if (clock > reached) return { kind: "resync" };
    const content = judgeContent(struct, known);
    if (content) return content;
    ends.set(client, Math.max(reached, end));
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || struct.id.clock + struct.length <= storedEnd(struct.id.client)) continue;
    for (const id of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(id instanceof Y.ID)) continue;
      const reach = ends.get(id.client) ?? Math.max(known.waiting.get(id.client) ?? 0, storedEnd(id.client));
      if (id.clock >= reach) return { kind: "resync" };
    }
  }
  return ends;
}

/** A client that already wrote but belongs to nobody is the server's own (the starting text). */
function mayWriteAs(client: number, storedEnd: number, person: string, known: Known): boolean {
  const owner = known.ownerOf(client);
  return owner === undefined ? storedEnd === 0 : owner === person;
}

/** What a new struct may hold; the tree it ends up in is checked on a copy (trial.ts). */
function judgeContent(struct: Y.Item | Y.GC, known: Known): Verdict | null {
  if (struct instanceof Y.GC) return struct.length > limits.erasedLength ? refuse("malformed") : null;
  const { content, parent } = struct;
  if (content instanceof Y.ContentDeleted && struct.length > limits.erasedLength) return refuse("malformed");
  // Sub-documents, embedded objects and the two oldest kinds of value: no editor of ours makes them.
  if (content instanceof Y.ContentDoc || content instanceof Y.ContentEmbed || content instanceof Y.ContentBinary)
    return refuse("malformed");
  if (content instanceof Y.ContentJSON) return refuse("malformed");
  const root: unknown = parent;
  if (typeof root === "string" && !(root === "fields" || languageText.test(root))) return refuse("malformed");
  if (typeof root === "string" && !known.doc.share.has(root)) return refuse("malformed");
  return null;
}

/** Whether the deletions bring anything new; a pure deletion carries no structs. */
function judgeErased(
  ds: ReturnType<typeof Y.decodeUpdate>["ds"],
  added: Map<number, number>,
  known: Known,
): "new" | "known" | Verdict {
  let news = false;
  let ranges = 0;
  for (const [client, items] of ds.clients) {
    const stored = Y.getState(known.doc.store, client);
    const reach = added.get(client) ?? Math.max(known.waiting.get(client) ?? 0, stored);
    ranges += items.length;
    if (ranges > limits.structsPerUpdate) return refuse("too-large");
    for (const { clock, len } of items) {
      if (!(clock + len < limits.clock) || len < 1) return refuse("malformed");
      if (clock + len > reach) return { kind: "resync" };
      news ||= clock + len > stored || !isErased(known.doc, client, clock, len);
    }
  }
  return news ? "new" : "known";
}

function isErased(doc: Y.Doc, client: number, clock: number, length: number): boolean {
  const structs = doc.store.clients.get(client);
  if (!structs) return false;
  for (let n = Y.findIndexSS(structs, clock); n < structs.length; n++) {
    const struct = structs[n] as Y.Item | Y.GC;
    if (struct.id.clock >= clock + length) return true;
    if (!struct.deleted) return false;
  }
  return true;
}
