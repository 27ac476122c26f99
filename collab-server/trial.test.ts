import { expect, test } from "vitest";
import * as Y from "yjs";
import { addRow } from "#app/domain/documents/field-rows.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { annexClauses, clauses, templateId } from "#app/domain/templates/agreement.ts";
import { Trial } from "./trial.ts";

let block = 0;
const start = seedText({
  clauses,
  fields: { duration: "P12M", sovereigntyClause: true },
  newBlockId: () => `block-${++block}`,
});

/** What the copy says to a change of an honest or hostile client. */
function tried(change: (doc: Y.Doc, text: Y.XmlFragment) => void) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const vector = Y.encodeStateVector(doc);
  doc.transact(() => change(doc, doc.getXmlFragment("text:en")));
  return new Trial(start, templateId).check([Y.encodeStateAsUpdate(doc, vector)]);
}

function element(name: string, attributes: Record<string, unknown> = {}, children: (Y.XmlElement | Y.XmlText)[] = []) {
  const made = new Y.XmlElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  if (children.length > 0) made.insert(0, children);
  return made;
}
const clause = (text: Y.XmlFragment) => text.get(0) as Y.XmlElement;
const letters = (text: Y.XmlFragment, number = 0) =>
  ((text.get(number) as Y.XmlElement).get(1) as Y.XmlElement).get(0) as Y.XmlText;
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
  ["a table of a field", (doc) => doc.getMap("fields").set("members", [{ person: "Ə", seconded: true }])],
  ["a row of a table", (doc) => addRow(doc.getMap("fields"), "leaders", "r1", { state: "KZ", from: "start" })],
  [
    "a table in a row",
    (doc) => addRow(doc.getMap("fields"), "parties", "r1", { state: "KZ", domesticProceeding: [{ caseNumber: "7" }] }),
  ],
  ["a value that is taken away", (doc) => doc.getMap("fields").set("duration", null)],
  ["other words in a fixed clause", (_doc, text) => letters(text, 6).insert(0, "Always: ")],
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
  ["a field with a document in it", "fields", (doc) => doc.getMap("fields").set("escalation", new Y.Map())],
  ["a field with bytes in it", "fields", (doc) => doc.getMap("fields").set("reviewDates", [new Uint8Array(2)])],
  ["a field that is too long", "fields", (doc) => doc.getMap("fields").set("escalation", "y".repeat(70_000))],
  ["a field with a name nobody gives", "fields", (doc) => doc.getMap("fields").set("__proto__", 1)],
])("[C10] %s does not stand", (_what, problem, change) => {
  expect(tried(change)).toEqual({ problem });
});

const set = (key: string, value: unknown) => (doc: Y.Doc) => void doc.getMap("fields").set(key, value);

test.each<[what: string, change: (doc: Y.Doc, text: Y.XmlFragment) => void]>([
  ["a field that no template knows", set("place", "Almaty")],
  ["words where a choice is asked", set("costRule", "constructor")],
  ["a number where a duration is asked", set("duration", 12)],
  ["a duration of nothing", set("duration", "P0D")],
  ["a duration of 400 years", set("duration", "P400Y")],
  ["a day that does not exist", set("fixedStart", "2026-02-30")],
  ["a day in words", set("fixedStart", "tomorrow")],
  ["a State that is none", set("statesOfOperation", ["KZ", "YY"])],
  ["a zone that nobody knows", set("referenceTimeZone", "Asia/Atlantis")],
  ["an offset for a zone", set("referenceTimeZone", "+05:00")],
  ["more days than content is kept", set("contentRetentionDays", 29)],
  ["half a day", set("contentRetentionDays", 1.5)],
  ["an annex that does not exist", set("annexesByLeaders", ["A99"])],
  ["a rhythm that is a script", set("consultationRhythm", "FREQ=WEEKLY;<script>")],
  ["a name that is a list", set("controllerForThirdPartyUploads", ["x"])],
  ["what is computed", set("expiryDate", "2027-01-01")],
  ["another reference", set("jitReference", "JIT-1999-001")],
  ["the marking of an exercise, taken away", set("exerciseFlag", false)],
  ["the sentence on sovereignty, taken away", set("sovereigntyClause", false)],
  ["the sentence on sovereignty, deleted", (doc) => doc.getMap("fields").delete("sovereigntyClause")],
  ["a cell of a table that does not exist", set("constructor/r1/x", "x")],
  ["a cell of a column that does not exist", set("leaders/r1/salary", "x")],
  ["a cell of a row with a name that is a path", set("leaders/../state", "KZ")],
  ["a cell of the wrong kind", set("leaders/r1/state", "Kazakhstan")],
  ["a place that is none", set("leaders/r1/@", 7)],
  ["a cell in a cell that holds no table", set("leaders/r1/state/r2/x", "KZ")],
  ["an amount without a currency", set("costLines/r1/budget", { amount: "12" })],
  ["a list with a column of its own", set("leaders", [{ state: "KZ", salary: 7 }])],
])("[C10] %s is refused", (_what, change) => {
  expect(tried(change)).toEqual({ problem: "fields" });
});

/** What the copy of an annex says to a change; `also` is what it held before anybody asked for its template. */
function triedInAnnex(id: string, change: (doc: Y.Doc, text: Y.XmlFragment) => void, also?: (doc: Y.Doc) => void) {
  const doc = new Y.Doc();
  const fields = { jitReference: "JIT-2026-001" };
  Y.applyUpdate(doc, seedText({ clauses: annexClauses[id] ?? [], fields, newBlockId: () => `block-${++block}` }));
  also?.(doc);
  const [state, vector] = [Y.encodeStateAsUpdate(doc), Y.encodeStateVector(doc)];
  doc.transact(() => change(doc, doc.getXmlFragment("text:en")));
  return new Trial(state, `jit-annex ${id} R-2026.1`).check([Y.encodeStateAsUpdate(doc, vector)]);
}

test.each<[what: string, change: (doc: Y.Doc) => void]>([
  ["a value of the arrangement", set("duration", "P24M")],
  ["a row of the arrangement", (doc) => addRow(doc.getMap("fields"), "leaders", "r1", { state: "KZ" })],
  ["a place in a table of the arrangement", set("leaders/r1/@", "a0")],
  ["a value of the arrangement, said to be none", set("mediaRule", null)],
  ["a value of another annex", set("extendedBy", "P6M")],
  ["the reference of another team", set("jitReference", "JIT-1999-001")],
  ["the reference of the team, deleted", (doc) => doc.getMap("fields").delete("jitReference")],
])("[C10] %s does not stand in an annex", (_what, change) => {
  expect(triedInAnnex("A1", change)).toEqual({ problem: "fields" });
});

test("[C10] what an annex asks for stands in it and in no other text", () => {
  const rows = (doc: Y.Doc) => addRow(doc.getMap("fields"), "listedMembers", "r1", { nameOrNumber: "K-117" });
  for (const change of [rows, set("memberChangeHolds", "day_of_notice")]) {
    expect(triedInAnnex("A1", change)).toMatchObject({ bytes: expect.any(Uint8Array) });
    expect(triedInAnnex("A3", change)).toEqual({ problem: "fields" });
    expect(tried(change)).toEqual({ problem: "fields" });
  }
});

test("[C10] a text of a template that nobody knows takes no value", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const vector = Y.encodeStateVector(doc);
  doc.getMap("fields").set("duration", "P24M");
  const update = Y.encodeStateAsUpdate(doc, vector);
  expect(new Trial(start, "jit-treaty R-2026.1").check([update])).toEqual({ problem: "fields" });
});

test("[C10] nobody brings a clause that another template fixes", () => {
  const bring = (_doc: Y.Doc, text: Y.XmlFragment) =>
    text.push([element("clause", { clauseId: "C06", fixed: true }, [element("clauseTitle"), element("paragraph")])]);
  expect(triedInAnnex("A1", bring)).toEqual({ problem: "fixed" });
});

test("what an annex held before these rules may go, and stands against nothing else", () => {
  const before = set("duration", "P24M");
  const gone = (doc: Y.Doc) => doc.getMap("fields").delete("duration");
  expect(triedInAnnex("A1", gone, before)).toMatchObject({ bytes: expect.any(Uint8Array) });
  const own = set("memberChangeHolds", "day_of_notice");
  expect(triedInAnnex("A1", own, before)).toMatchObject({ bytes: expect.any(Uint8Array) });
});

const fixedOnes = { sovereignty: 6, "purpose limitation": 14, "data protection": 16 };
test.each(Object.entries(fixedOnes))("[C10] the clause on %s can be worded, not removed", (_what, number) => {
  const at = (text: Y.XmlFragment) => text.get(number) as Y.XmlElement;
  expect(tried((_doc, text) => text.delete(number, 1))).toEqual({ problem: "fixed" });
  expect(tried((_doc, text) => at(text).setAttribute("fixed", false as never))).toEqual({ problem: "fixed" });
  expect(tried((_doc, text) => at(text).setAttribute("clauseId", "C99"))).toEqual({ problem: "fixed" });
  expect(tried((_doc, text) => letters(text, number).insert(0, "Words "))).toMatchObject({ bytes: expect.anything() });
});

test("[C10] nobody but the template fixes a clause", () => {
  const fix = (_doc: Y.Doc, text: Y.XmlFragment) => clause(text).setAttribute("fixed", true as never);
  expect(tried(fix)).toEqual({ problem: "fixed" });
});

test("a value that was stored before these rules is refused to nobody, also when it wins", () => {
  const old = new Y.Doc();
  Y.applyUpdate(old, start);
  // The higher client wins.
  old.clientID = 4_000_000_000;
  const before = Y.encodeStateAsUpdate(old);
  old.getMap("fields").set("reviewDates", ["+90d"]);
  const trial = new Trial(Y.encodeStateAsUpdate(old), templateId);
  const late = new Y.Doc();
  Y.applyUpdate(late, before);
  late.clientID = 5;
  const vector = Y.encodeStateVector(late);
  late.getMap("fields").set("reviewDates", ["2027-01-01"]);
  expect(trial.check([Y.encodeStateAsUpdate(late, vector)])).toMatchObject({ bytes: expect.any(Uint8Array) });
  const gone = new Y.Doc();
  Y.applyUpdate(gone, start);
  gone.getMap("fields").set("place", "Almaty");
  expect(new Trial(Y.encodeStateAsUpdate(gone), templateId).check([deletion(gone, "place")])).toMatchObject({
    bytes: expect.any(Uint8Array),
  });
});

function deletion(doc: Y.Doc, key: string): Uint8Array {
  const vector = Y.encodeStateVector(doc);
  doc.getMap("fields").delete(key);
  return Y.encodeStateAsUpdate(doc, vector);
}

test("what is typed and erased in one go is in the update; what is known is not", () => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, start);
  const updates: Uint8Array[] = [];
  doc.on("update", (bytes: Uint8Array) => updates.push(bytes));
  letters(doc.getXmlFragment("text:en")).insert(0, "regretted");
  letters(doc.getXmlFragment("text:en")).delete(0, 9);
  const trial = new Trial(start, templateId);
  const outcome = trial.check(updates) as { bytes: Uint8Array };
  expect(Buffer.from(outcome.bytes).includes("regretted")).toBe(true);
  expect(trial.check(updates)).toEqual({ bytes: null, tidied: false });
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
  const outcome = new Trial(Y.encodeStateAsUpdate(first), templateId).check([update]) as { bytes: Uint8Array };
  Y.applyUpdate(stored, outcome.bytes);
  expect(letters(stored.getXmlFragment("text:en")).toString()).toContain("kept");
  expect(Y.getState(stored.store, second.clientID)).toBe(Y.getState(second.store, second.clientID));
});
