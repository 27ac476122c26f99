import { expect, test } from "vitest";
import * as Y from "yjs";
import { seedAgreement } from "#app/domain/documents/seed-text.ts";
import { Trial } from "./trial.ts";

let block = 0;
const start = seedAgreement({ fields: { duration: "P12M" }, newBlockId: () => `block-${++block}` });

/** What the copy says to a change of an honest or hostile client. */
function tried(change: (doc: Y.Doc, text: Y.XmlFragment) => void) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const vector = Y.encodeStateVector(doc);
  doc.transact(() => change(doc, doc.getXmlFragment("text:en")));
  return new Trial(start).check([Y.encodeStateAsUpdate(doc, vector)]);
}

function element(name: string, attributes: Record<string, unknown> = {}, children: (Y.XmlElement | Y.XmlText)[] = []) {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  if (children.length > 0) made.insert(0, children);
  return made;
}
const clause = (text: Y.XmlFragment) => text.get(0) as Y.XmlElement;
const letters = (text: Y.XmlFragment) => (clause(text).get(1) as Y.XmlElement).get(0) as Y.XmlText;
const words = (text: string) => new Y.XmlText(text);

function nested(depth: number): Y.XmlElement {
  let inner = element("paragraph", {}, [words("deep")]);
  for (let n = 0; n < depth; n++)
    inner = element("bulletList", {}, [element("listItem", {}, [element("paragraph"), inner])]);
  return inner;
}

/** Level by level: the library itself cannot build it in one piece. */
function dig(above: Y.XmlElement, levels: number): void {
  for (let n = 0, bottom = above; n < levels; n++) {
    const next = element("listItem");
    bottom.push([next]);
    bottom = next;
  }
}

test.each<[what: string, change: (doc: Y.Doc, text: Y.XmlFragment) => void]>([
  ["letters", (_doc, text) => letters(text).insert(0, "Считать ")],
  [
    "bold letters and a link",
    (_doc, text) => letters(text).insert(0, "here", { bold: {}, link: { href: "https://un.org" } }),
  ],
  [
    "a paragraph with a direction",
    (_doc, text) => clause(text).push([element("paragraph", { dir: "rtl" }, [words("مادة")])]),
  ],
  ["a list", (_doc, text) => clause(text).push([nested(3)])],
  [
    "a clause of the parties' own",
    (_doc, text) =>
      text.push([
        element("clause", { clauseId: "0193a5c0-0000-7000-8000-000000000001" }, [
          element("clauseTitle"),
          element("paragraph"),
        ]),
      ]),
  ],
  ["a value of a field", (doc) => doc.getMap("fields").set("duration", "P24M")],
  ["a table of a field", (doc) => doc.getMap("fields").set("members", [{ name: "Ə", state: "AZ" }])],
])("%s stand", (_what, change) => {
  expect(tried(change)).toMatchObject({ bytes: expect.any(Uint8Array) });
});

test.each<[what: string, problem: string, change: (doc: Y.Doc, text: Y.XmlFragment) => void]>([
  ["F3: a tree of two thousand levels", "depth", (_doc, text) => dig(clause(text), 2_000)],
  ["a tree of forty lists", "depth", (_doc, text) => clause(text).push([nested(40)])],
  ["an element the schema does not know", "schema", (_doc, text) => clause(text).push([element("script")])],
  [
    "an attribute the schema does not know",
    "schema",
    (_doc, text) => clause(text).push([element("paragraph", { onclick: "x" })]),
  ],
  [
    "an attribute that is no plain value",
    "schema",
    (_doc, text) => clause(text).setAttribute("clauseId", new Uint8Array(3) as never),
  ],
  [
    "a link that runs a script",
    "schema",
    (_doc, text) => letters(text).insert(0, "x", { link: { href: "javascript:alert(1)" } }),
  ],
  ["a mark the schema does not know", "schema", (_doc, text) => letters(text).insert(0, "x", { blink: {} })],
  ["a clause without a title", "schema", (_doc, text) => clause(text).delete(0, 1)],
  ["a clause without a block", "schema", (_doc, text) => clause(text).delete(1, 1)],
  ["a text without a clause", "schema", (_doc, text) => text.delete(0, text.length)],
  ["a paragraph outside a clause", "schema", (_doc, text) => text.push([element("paragraph")])],
  ["letters outside a paragraph", "schema", (_doc, text) => text.push([words("loose")])],
  ["a field with a document in it", "fields", (doc) => doc.getMap("fields").set("x", new Y.Map())],
  ["a field with bytes in it", "fields", (doc) => doc.getMap("fields").set("x", [new Uint8Array(2)])],
  ["a field that is too long", "fields", (doc) => doc.getMap("fields").set("x", "y".repeat(70_000))],
  ["a field with a name nobody gives", "fields", (doc) => doc.getMap("fields").set("__proto__", 1)],
])("[C10] %s does not stand", (_what, problem, change) => {
  expect(tried(change)).toEqual({ problem });
});

test("what is typed and erased in one go is in the update; what is known is not", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  letters(doc.getXmlFragment("text:en")).insert(0, "regretted");
  letters(doc.getXmlFragment("text:en")).delete(0, 9);
  const trial = new Trial(start);
  const outcome = trial.check(updates) as { bytes: Uint8Array };
  expect(Buffer.from(outcome.bytes).includes("regretted")).toBe(true);
  expect(trial.check(updates)).toEqual({ bytes: null });
});

test("[C7] what is new holds the letters too when Yjs tidies up idle marks after them", () => {
  // Two people make the same words bold at once: the marks of the second are idle.
  const [first, second] = [new Y.Doc(), new Y.Doc()];
  for (const doc of [first, second]) {
    Y.applyUpdate(doc, start);
    letters(doc.getXmlFragment("text:en")).format(0, 4, { bold: {} });
  }
  const vector = Y.encodeStateVector(first);
  letters(second.getXmlFragment("text:en")).insert(2, "kept");
  const stored = new Y.Doc();
  Y.applyUpdate(stored, Y.encodeStateAsUpdate(first));
  const update = Y.encodeStateAsUpdate(second, vector);
  const outcome = new Trial(Y.encodeStateAsUpdate(first)).check([update]) as { bytes: Uint8Array };
  Y.applyUpdate(stored, outcome.bytes);
  expect(letters(stored.getXmlFragment("text:en")).toString()).toContain("kept");
  expect(Y.getState(stored.store, second.clientID)).toBe(Y.getState(second.store, second.clientID));
});
