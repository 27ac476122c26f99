import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { clauses, templateId } from "#app/domain/templates/agreement.ts";
import { openToLetters, Trial } from "./trial.ts";
import { plainTyping } from "./typing.ts";

let block = 0;
const start = seedText({ clauses, fields: { duration: "P12M" }, newBlockId: () => `block-${++block}` });
const open = new Set(openToLetters());

function opened(state: Uint8Array, clientID?: number): Y.Doc {
  const doc = new Y.Doc();
  if (clientID) doc.clientID = clientID;
  Y.applyUpdate(doc, state);
  doc.getXmlFragment("text:en");
  return doc;
}

function below<Kind>(doc: Y.Doc, kind: abstract new () => Kind): Kind[] {
  const found: Kind[] = [];
  const look = (type: Y.XmlFragment) => {
    for (const child of type.toArray()) {
      if (child instanceof kind) found.push(child);
      if (child instanceof Y.XmlElement) look(child);
    }
  };
  look(doc.getXmlFragment("text:en"));
  return found;
}
const textsOf = (doc: Y.Doc) => below(doc, Y.XmlText as never) as Y.XmlText[];
const pick = <Item>(items: Item[], n: number) => items[n % items.length];

/** What an editor, or someone who writes updates by hand, does at one moment. */
const act = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("type" as const),
      at: fc.nat(),
      place: fc.nat(),
      what: fc.string({ minLength: 1, maxLength: 4, unit: "grapheme" }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("erase" as const), at: fc.nat(), place: fc.nat(), length: fc.nat(6) }),
  },
  fc.record({
    do: fc.constant("mark" as const),
    at: fc.nat(),
    place: fc.nat(),
    length: fc.nat(6),
    mark: fc.constantFrom("bold", "link", "blink"),
  }),
  fc.record({ do: fc.constant("paragraph" as const), at: fc.nat(), what: fc.string({ maxLength: 3 }) }),
  fc.record({ do: fc.constant("remove" as const), at: fc.nat() }),
  fc.record({ do: fc.constant("attribute" as const), at: fc.nat(), name: fc.constantFrom("dir", "onclick") }),
  fc.record({ do: fc.constant("loose" as const), at: fc.nat() }),
  fc.record({ do: fc.constant("field" as const) }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

function perform(doc: Y.Doc, one: Act): void {
  const text = "at" in one ? pick(textsOf(doc), one.at) : undefined;
  const element = "at" in one ? pick(below(doc, Y.XmlElement as never) as Y.XmlElement[], one.at) : undefined;
  if (one.do === "type") text?.insert(one.place % (text.length + 1), one.what);
  else if (one.do === "erase" && text)
    text.delete(one.place % (text.length + 1), Math.min(one.length, text.length - (one.place % (text.length + 1))));
  else if (one.do === "mark" && text) {
    const from = one.place % (text.length + 1);
    text.format(from, Math.min(one.length, text.length - from), {
      [one.mark]: one.mark === "link" ? { href: "https://un.org" } : {},
    });
  } else if (one.do === "paragraph" && element) {
    const made = new Y.XmlElement("paragraph");
    if (one.what) made.insert(0, [new Y.XmlText(one.what)]);
    element.push([made]);
  } else if (one.do === "remove" && element && element.length > 0) element.delete(0, 1);
  else if (one.do === "attribute") element?.setAttribute(one.name, "rtl");
  else if (one.do === "loose") element?.push([new Y.XmlText("loose")]);
  else if (one.do === "field") doc.getMap("fields").set("duration", "P24M");
}

const typingOnly = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: act.filter((one) => one.do === "type") },
    act.filter((one) => one.do === "erase"),
  ),
  { minLength: 1, maxLength: 8 },
);
const batch = fc.oneof(typingOnly, fc.array(act, { minLength: 1, maxLength: 6 }));

/** What two people who do not see each other send, each update by itself. */
function sent(state: Uint8Array, acts: readonly Act[], client: number): Uint8Array[] {
  const doc = opened(state, client);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  for (const one of acts) perform(doc, one);
  return updates;
}

/** A state that went through the copy, as everything stored did. */
function settled(acts: readonly Act[]): Uint8Array {
  let doc = opened(start);
  for (const one of acts) {
    const [update] = sent(Y.encodeStateAsUpdate(doc), [one], 77);
    if (!update) continue;
    const outcome = new Trial(Y.encodeStateAsUpdate(doc), templateId).check([update]);
    if ("bytes" in outcome && outcome.bytes) Y.applyUpdate(doc, outcome.bytes);
    doc = opened(Y.encodeStateAsUpdate(doc));
  }
  return Y.encodeStateAsUpdate(doc);
}

let plain = 0;
let other = 0;
test("[C10] what is taken for plain typing stands on the copy, which makes the same of it, whatever was written before and whoever writes", {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 6 }), batch, batch, (before, annas, boriss) => {
      const state = settled(before);
      const groups = [sent(state, annas, 1001), sent(state, boriss, 1002)].filter((updates) => updates.length > 0);
      // Erasing nothing sends nothing.
      if (groups.length === 0) return;
      const live = opened(state);
      const typed = plainTyping(live, open, groups);
      if (!typed) {
        other++;
        return;
      }
      plain++;
      const trial = new Trial(state, templateId);
      const [ours, copys] = [opened(state), opened(state)];
      for (const [n, updates] of groups.entries()) {
        const outcome = trial.check(updates);
        expect(outcome).toEqual({ bytes: expect.any(Uint8Array), tidied: false });
        Y.applyUpdate(ours, typed[n] as Uint8Array);
        Y.applyUpdate(copys, (outcome as { bytes: Uint8Array }).bytes);
      }
      expect(Y.encodeStateAsUpdate(ours)).toEqual(Y.encodeStateAsUpdate(copys));
      expect(Y.encodeStateAsUpdate(ours)).not.toEqual(state);
      // Nothing was left waiting for something that did not come.
      expect([ours.store.pendingStructs, ours.store.pendingDs]).toEqual([null, null]);
    }),
    { numRuns: 200 },
  );
  expect(plain).toBeGreaterThan(25);
  expect(other).toBeGreaterThan(25);
});

function typeAndErase(doc: Y.Doc): void {
  textsOf(doc)[0]?.insert(0, "abc");
  textsOf(doc)[0]?.delete(1, 1);
}

test.each<[what: string, is: boolean, acts: (doc: Y.Doc) => void]>([
  ["a letter", true, (doc) => textsOf(doc)[0]?.insert(0, "x")],
  ["letters and their erasing", true, (doc) => typeAndErase(doc)],
  ["a bold letter", false, (doc) => textsOf(doc)[0]?.insert(0, "x", { bold: {} })],
  [
    "a mark that covers nothing, and a letter in it",
    false,
    (doc) => textsOf(doc)[0]?.insert(0, "x", { link: { href: "javascript:x" } }),
  ],
  [
    "a new paragraph",
    false,
    (doc) => (doc.getXmlFragment("text:en").get(0) as Y.XmlElement).push([new Y.XmlElement("paragraph")]),
  ],
  ["an attribute", false, (doc) => (doc.getXmlFragment("text:en").get(0) as Y.XmlElement).setAttribute("dir", "rtl")],
  ["an attribute of the letters", false, (doc) => textsOf(doc)[0]?.setAttribute("a", "b")],
  ["a field", false, (doc) => doc.getMap("fields").set("duration", "P1M")],
  ["an erased clause", false, (doc) => doc.getXmlFragment("text:en").delete(0, 1)],
])("%s: taken for plain typing: %s", (_what, is, acts) => {
  const doc = opened(start);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  acts(doc);
  expect(plainTyping(opened(start), open, [updates]) !== null).toBe(is);
});

test("[C10] neighbours in two texts, neighbours that are not there, and a part of what is known are left to the copy", () => {
  const doc = opened(start, 1001);
  const [one, two] = textsOf(doc) as [Y.XmlText, Y.XmlText];
  one.insert(0, "one");
  two.insert(0, "two");
  const live = opened(Y.encodeStateAsUpdate(doc));
  const end = Y.getState(live.store, 1001);
  const crafted = (clock: number, origin: Y.ID | null, rightOrigin: Y.ID | null) => {
    const from = new Y.Doc();
    from.clientID = 1001;
    Y.applyUpdate(from, Y.encodeStateAsUpdate(live));
    const before = Y.encodeStateVector(from);
    from.transact((transaction) => {
      const item = new Y.Item(
        new Y.ID(1001, end),
        null,
        origin,
        null,
        rightOrigin,
        null,
        null,
        new Y.ContentString("x"),
      );
      transaction.doc.store.clients.get(1001)?.push(item);
    });
    return clock === end ? Y.encodeStateAsUpdate(from, before) : Y.encodeStateAsUpdate(from);
  };
  const first = new Y.ID(1001, 0);
  const second = new Y.ID(1001, 3);
  expect(plainTyping(live, open, [[crafted(end, first, null)]])).not.toBeNull();
  expect(plainTyping(live, open, [[crafted(end, first, second)]])).toBeNull();
  expect(plainTyping(live, open, [[crafted(end, new Y.ID(1001, end + 5), null)]])).toBeNull();
  expect(plainTyping(live, open, [[crafted(0, first, null)]])).toBeNull();
});

test("[C10] what costs much to look at is left to the copy", () => {
  const doc = opened(start, 1001);
  const text = textsOf(doc)[0] as Y.XmlText;
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  for (let n = 0; n < 3_000; n++) text.insert(0, "x");
  expect(plainTyping(opened(start), open, [updates.slice(0, 500)])).not.toBeNull();
  expect(plainTyping(opened(start), open, [updates])).toBeNull();
  text.insert(0, "y".repeat(40_000));
  expect(plainTyping(opened(start), open, [updates.slice(-1)])).toBeNull();
});

test("[C7] the copy learns what was stored without it before it is asked again", () => {
  const doc = opened(start, 1001);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  const letters = textsOf(doc).find((text) => (text.parent as Y.XmlElement).nodeName === "paragraph");
  letters?.insert(0, "plain");
  letters?.insert(5, " bold", { bold: {} });
  const trial = new Trial(start, templateId);
  trial.learn(updates.slice(0, 1));
  expect(trial.check(updates.slice(1))).toMatchObject({ bytes: expect.any(Uint8Array) });
});

test("[C10] letters in a text that has a mark anywhere are left to the copy: they may come to stand in it, or it be tidied up", () => {
  const doc = opened(start, 1001);
  const text = textsOf(doc).find((letters) => (letters.parent as Y.XmlElement).nodeName === "paragraph");
  text?.insert(0, "bold", { bold: {} });
  const state = Y.encodeStateAsUpdate(doc);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  text?.insert(text.length, "plain", { bold: null });
  text?.insert(0, "y", { bold: null });
  for (const update of updates) expect(plainTyping(opened(state), open, [[update]])).toBeNull();
});

test("[C10] letters in an empty text where none may stand are left to the copy, which refuses them", () => {
  const doc = opened(start, 1001);
  const empty = new Y.XmlText();
  (doc.getXmlFragment("text:en").get(0) as Y.XmlElement).push([empty]);
  const state = Y.encodeStateAsUpdate(doc);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  empty.insert(0, "letters");
  expect(plainTyping(opened(state), open, [updates])).toBeNull();
  expect(new Trial(state, templateId).check(updates)).toEqual({ problem: "schema" });
});
