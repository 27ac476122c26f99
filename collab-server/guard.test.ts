import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { craft, manyClients } from "#tests/support/updates.ts";
import { judge, type Known } from "./guard.ts";

const root = "text:en";
const victim = 7;

/** What the server holds: "hello" by the victim, of which the second letter was erased. */
function serverState(owners: Record<number, string> = { [victim]: "victim" }) {
  const doc = new Y.Doc();
  doc.getText(root);
  const theirs = new Y.Doc();
  theirs.clientID = victim;
  theirs.getText(root).insert(0, "hello");
  theirs.getText(root).delete(1, 1);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(theirs));
  const known: Known = { doc, waiting: new Map(), ownerOf: (client) => owners[client] };
  return { doc, theirs, known };
}

const { known } = serverState();
const mallory = (update: Uint8Array) => judge(update, "mallory", known);

describe("what is refused", () => {
  const table: [what: string, update: Uint8Array, verdict: object][] = [
    [
      "F1: nothing, in the victim's name, for ever",
      craft([{ client: victim, clock: 5, structs: [{ gc: 2 ** 40 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "F1: a little nothing in the victim's name",
      craft([{ client: victim, clock: 5, structs: [{ gc: 9 }] }]),
      { kind: "refuse", reason: "not-yours" },
    ],
    [
      "letters in the victim's name",
      craft([{ client: victim, clock: 5, structs: [{ text: "forged", root }] }]),
      { kind: "refuse", reason: "not-yours" },
    ],
    [
      "letters that reach beyond the victim's",
      craft([{ client: victim, clock: 3, structs: [{ text: "forged", root }] }]),
      { kind: "refuse", reason: "not-yours" },
    ],
    ["F2: fifty thousand clients", manyClients(50_000), { kind: "refuse", reason: "too-large" }],
    [
      "sixty-five clients",
      craft(Array.from({ length: 65 }, (_, n) => ({ client: 100 + n, clock: 0, structs: [{ gc: 1 }] }))),
      { kind: "refuse", reason: "too-large" },
    ],
    [
      "a hole",
      craft([{ client: 9, clock: 0, structs: [{ skip: 3 }, { gc: 1 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "a clock beyond 2^31",
      craft([{ client: 9, clock: 2 ** 31, structs: [{ gc: 1 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "a client beyond 2^32",
      craft([{ client: 2 ** 32, clock: 0, structs: [{ gc: 1 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "an empty struct",
      craft([{ client: 9, clock: 0, structs: [{ gc: 0 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "a million and one erased letters",
      craft([{ client: 9, clock: 0, structs: [{ gc: 1_000_001 }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "a part the document does not have",
      craft([{ client: 9, clock: 0, structs: [{ text: "x", root: "text:de" }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "a part with another name",
      craft([{ client: 9, clock: 0, structs: [{ text: "x", root: "secret" }] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    [
      "something built on what is not there",
      craft([{ client: 9, clock: 4, structs: [{ gc: 1 }] }]),
      { kind: "resync" },
    ],
    ["an erasure of what is not there", craft([], [{ client: victim, ranges: [[4, 9]] }]), { kind: "resync" }],
    [
      "an endless erasure",
      craft([], [{ client: victim, ranges: [[0, 2 ** 40]] }]),
      { kind: "refuse", reason: "malformed" },
    ],
    ["more than a mebibyte", new Uint8Array(1024 * 1024 + 1), { kind: "refuse", reason: "too-large" }],
    ["nothing at all", new Uint8Array(), { kind: "refuse", reason: "malformed" }],
  ];
  test.each(table)("[C10] %s", (_what, update, verdict) => {
    expect(mallory(update)).toEqual(verdict);
  });

  test("[C4] a client that wrote the starting text belongs to nobody who connects", () => {
    const { theirs, known: unowned } = serverState({});
    theirs.getText(root).insert(0, "forged start");
    expect(judge(Y.encodeStateAsUpdate(theirs), "mallory", unowned)).toEqual({ kind: "refuse", reason: "not-yours" });
  });
});

describe("what adds nothing", () => {
  const { doc, known } = serverState();
  test.each([
    ["all that is stored", Y.encodeStateAsUpdate(doc)],
    ["an erasure that is stored", craft([], [{ client: victim, ranges: [[1, 1]] }])],
    ["an update without content", craft([])],
  ])("[C2] %s is known, whoever sends it", (_what, update) => {
    expect(judge(update, "reader", known)).toEqual({ kind: "known" });
  });

  test("[C2] an erasure alone, without any struct, is something new", () => {
    expect(judge(craft([], [{ client: victim, ranges: [[0, 1]] }]), "reader", known)).toMatchObject({ kind: "accept" });
    expect(judge(craft([], [{ client: victim, ranges: [[1, 2]] }]), "reader", known)).toMatchObject({ kind: "accept" });
  });
});

test("what builds on the sender's own waiting update is accepted", () => {
  const { doc } = serverState();
  const waiting = new Map([[9, 4]]);
  const update = craft([{ client: 9, clock: 4, structs: [{ gc: 2 }] }]);
  expect(judge(update, "anna", { doc, waiting, ownerOf: () => "anna" })).toEqual({
    kind: "accept",
    clients: [9],
    ends: new Map([[9, 6]]),
  });
});

const edit = fc.record({
  who: fc.nat(2),
  at: fc.nat(40),
  erase: fc.boolean(),
  text: fc.string({ minLength: 1, maxLength: 6 }),
  /** sees what the others did first */
  pull: fc.boolean(),
});

test("what honest people write, apart and together, is never refused, and all end with the same text", () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
      const server = new Y.Doc();
      server.getText(root);
      const owners = new Map<number, string>();
      const people = [0, 1, 2].map((n) => ({
        name: `person ${n}`,
        doc: new Y.Doc(),
        sent: Y.encodeStateVector(new Y.Doc()),
      }));
      const push = (person: (typeof people)[number]) => {
        const update = Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(server));
        const verdict = judge(update, person.name, { doc: server, waiting: new Map(), ownerOf: (c) => owners.get(c) });
        expect(["accept", "known"]).toContain(verdict.kind);
        if (verdict.kind === "accept") for (const client of verdict.clients) owners.set(client, person.name);
        Y.applyUpdate(server, update);
      };
      for (const { who, at, erase, text, pull } of edits) {
        const person = people[who] as (typeof people)[number];
        if (pull) {
          push(person);
          Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(server));
        }
        const letters = person.doc.getText(root);
        if (erase && letters.length > 0) letters.delete(at % letters.length, 1);
        else letters.insert(Math.min(at, letters.length), text);
      }
      for (const person of people) push(person);
      for (const { doc } of people) {
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
        expect(doc.getText(root).toString()).toBe(server.getText(root).toString());
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("[C10] no bytes whatever make the guard throw, change the document, or let a stranger write as another", () => {
  const { doc, theirs, known } = serverState();
  const before = Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex");
  theirs.getText(root).insert(2, "more");
  const honest = [
    Y.encodeStateAsUpdate(theirs),
    Y.encodeStateAsUpdate(doc),
    craft([{ client: 9, clock: 0, structs: [{ gc: 3 }] }]),
  ];
  const mutated = fc
    .tuple(
      fc.constantFrom(...honest),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 8 }),
    )
    .map(([bytes, changes]) => {
      const copy = Uint8Array.from(bytes);
      for (const [at, value] of changes) copy[at % copy.length] = value;
      return copy;
    });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      const verdict = judge(bytes, "mallory", known);
      if (verdict.kind === "accept") expect(verdict.clients).not.toContain(victim);
      expect(Buffer.from(Y.encodeStateAsUpdate(doc)).toString("hex")).toBe(before);
    }),
    { numRuns: 5_000 },
  );
}, 60_000);
