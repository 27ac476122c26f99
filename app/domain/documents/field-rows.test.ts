import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { clauses } from "../templates/agreement.ts";
import { canonicalText } from "./canonical.server.ts";
import {
  addRow,
  asRows,
  cellKey,
  columnsOf,
  moveRow,
  readFields,
  removeRow,
  rowOfKey,
  rowsOf,
  writeFields,
} from "./field-rows.ts";
import { tableText } from "./field-text.ts";
import { seedText } from "./seed-text.ts";
import { fieldsOf } from "./text.ts";

const start = (fields: Record<string, unknown>) => {
  let block = 0;
  return seedText({ clauses, fields, newBlockId: () => `b${++block}` });
};

/** Documents of several people who began with the same text. */
function people(count: number, state: Uint8Array): Y.Doc[] {
  return Array.from({ length: count }, () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    return doc;
  });
}

const fieldsMap = (doc: Y.Doc) => doc.getMap("fields");
const rows = (doc: Y.Doc, table: string) => rowsOf(fieldsMap(doc).toJSON(), table);
const exchange = (from: Y.Doc, to: Y.Doc) =>
  Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), "net");
function meet(docs: readonly Y.Doc[]): void {
  for (let round = 0; round < 2; round++) for (const from of docs) for (const to of docs) exchange(from, to);
}

const leaders = [
  { state: "KZ", personRef: "Aigul Sarsenova" },
  { state: "EG", personRef: "Noha El-Sayed" },
];

describe("rows of a table", () => {
  test("read as they were written, with the tables inside them", () => {
    const parties = [
      { state: "KZ", domesticProceeding: [{ caseNumber: "1" }, { caseNumber: "2", stage: "trial" }] },
      { state: "EG", competentAuthority: "Public Prosecution" },
    ];
    const [doc] = people(1, start({ parties, leaders, duration: "P12M" })) as [Y.Doc];
    expect(fieldsOf(doc)).toEqual({ parties, leaders, duration: "P12M" });
  });

  test("two people who fill in two rows, or two cells of one, at once both keep what they wrote", () => {
    const [first, second] = people(2, start({ leaders })) as [Y.Doc, Y.Doc];
    const [kz, eg] = rows(first, "leaders");
    fieldsMap(first).set(cellKey("leaders", kz!.id, "rank"), "Senior counsel");
    fieldsMap(second).set(cellKey("leaders", eg!.id, "rank"), "Chief prosecutor");
    fieldsMap(second).set(cellKey("leaders", kz!.id, "from"), "start");
    addRow(fieldsMap(first), "leaders", "new1", { state: "CN" });
    addRow(fieldsMap(second), "leaders", "new2", { state: "NL" });
    meet([first, second]);
    expect(fieldsOf(first)).toEqual(fieldsOf(second));
    expect(fieldsOf(first).leaders).toEqual([
      { ...leaders[0], rank: "Senior counsel", from: "start" },
      { ...leaders[1], rank: "Chief prosecutor" },
      { state: "CN" },
      { state: "NL" },
    ]);
  });

  test("a plain list from an older text keeps its rows, and two people may write in it at once", () => {
    const old = new Y.Doc();
    fieldsMap(old).set("leaders", [...leaders, ...leaders]);
    fieldsMap(old).set("handlingCodes", ["OPEN-JIT", "LEADERS"]);
    const [first, second] = people(2, Y.encodeStateAsUpdate(old)) as [Y.Doc, Y.Doc];
    expect(fieldsOf(first)).toEqual(fieldsMap(old).toJSON());
    const ids = rows(first, "leaders").map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(rows(second, "leaders").map(({ id }) => id)).toEqual(ids);
    fieldsMap(first).set(cellKey("leaders", ids[0]!, "rank"), "first");
    fieldsMap(second).set(cellKey("leaders", ids[2]!, "rank"), "third");
    removeRow(fieldsMap(second), "leaders", ids[3]!);
    fieldsMap(first).set(cellKey("handlingCodes", rows(first, "handlingCodes")[1]!.id, "meaning"), "for leaders");
    meet([first, second]);
    expect(fieldsOf(second)).toEqual({
      leaders: [{ ...leaders[0], rank: "first" }, leaders[1], { ...leaders[0], rank: "third" }],
      handlingCodes: [{ code: "OPEN-JIT" }, { code: "LEADERS", meaning: "for leaders" }],
    });
  });

  test("a table inside a row of an older text keeps its rows when somebody writes in one of them", () => {
    const doc = new Y.Doc();
    fieldsMap(doc).set("parties", [{ state: "KZ", domesticProceeding: [{ caseNumber: "1" }, { caseNumber: "2" }] }]);
    const inner = cellKey("parties", rows(doc, "parties")[0]!.id, "domesticProceeding");
    fieldsMap(doc).set(cellKey(inner, rows(doc, inner)[1]!.id, "stage"), "trial");
    addRow(fieldsMap(doc), inner, "n1", { caseNumber: "3" });
    const domesticProceeding = [{ caseNumber: "1" }, { caseNumber: "2", stage: "trial" }, { caseNumber: "3" }];
    expect(fieldsOf(doc).parties).toEqual([{ state: "KZ", domesticProceeding }]);
  });

  test("a row that one removes while another moves it is there for both or for neither", () => {
    const [first, second] = people(2, start({ leaders })) as [Y.Doc, Y.Doc];
    const id = rows(first, "leaders")[0]!.id;
    removeRow(fieldsMap(first), "leaders", id);
    moveRow(fieldsMap(second), "leaders", id, 1);
    meet([first, second]);
    expect(fieldsOf(first)).toEqual(fieldsOf(second));
    const kept = rows(first, "leaders").find((row) => row.id === id);
    if (kept) expect(kept.cells).toEqual(leaders[0]);
  });

  test("rows that took the same place at once can be moved apart, also past a place that is none", () => {
    const [first, second] = people(2, start({ leaders })) as [Y.Doc, Y.Doc];
    addRow(fieldsMap(first), "leaders", "aa", { state: "CN" });
    addRow(fieldsMap(second), "leaders", "bb", { state: "NL" });
    meet([first, second]);
    addRow(fieldsMap(first), "leaders", "cc", { state: "UZ" }, 3);
    const states = () => (fieldsOf(first).leaders as { state: string }[]).map(({ state }) => state);
    expect(states()).toEqual(["KZ", "EG", "CN", "UZ", "NL"]);
    fieldsMap(first).set("leaders/bb/@", "z00");
    moveRow(fieldsMap(first), "leaders", "aa", 4);
    expect(states()).toEqual(["KZ", "EG", "UZ", "NL", "CN"]);
  });

  test("a table that is written anew holds the new rows only", () => {
    const [doc] = people(1, start({ leaders })) as [Y.Doc];
    let row = 0;
    writeFields(fieldsMap(doc), { leaders: [{ state: "CN" }] }, () => `w${++row}`);
    expect(fieldsOf(doc).leaders).toEqual([{ state: "CN" }]);
    fieldsMap(doc).set(`leaders/w1/@`, null);
    expect(fieldsOf(doc).leaders).toEqual([]);
  });

  test("keys that belong to no table are read as nothing and never throw", () => {
    const hostile = { "a/b": 1, "leaders/x": 1, "leaders/x/@": 7, "constructor/a/b": 1, "leaders/y/@/z/@": "a0" };
    expect(readFields(hostile)).toEqual({ leaders: [] });
    expect(rowsOf(hostile, "constructor")).toEqual([]);
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => void readFields(raw)));
  });
});

/* Several people, each in a browser of their own, do anything that the panel offers, and meet now and then. */
type Act = {
  who: number;
  kind: "value" | "add" | "cell" | "inner" | "move" | "remove" | "meet";
  at: number;
  value: string;
};
const act: fc.Arbitrary<Act> = fc.record({
  who: fc.nat(3),
  kind: fc.constantFrom("value", "add", "cell", "cell", "inner", "move", "remove", "meet"),
  at: fc.nat(5),
  value: fc.constantFrom("KZ", "EG", "CN", "NL", "Ə", "النيابة", ""),
});

function perform(docs: readonly Y.Doc[], { who, kind, at, value }: Act, step: number): void {
  const doc = docs[who % docs.length]!;
  const map = fieldsMap(doc);
  const row = rows(doc, "parties")[at];
  if (kind === "meet") exchange(docs[(who + 1 + at) % docs.length]!, doc);
  else if (kind === "value") map.set("escalation", value || null);
  else if (kind === "add") doc.transact(() => addRow(map, "parties", `r${step}`, { state: value || null }, at % 3));
  else if (!row) return;
  else if (kind === "cell") map.set(cellKey("parties", row.id, "competentAuthority"), value || null);
  else if (kind === "inner")
    addRow(map, cellKey("parties", row.id, "domesticProceeding"), `i${step}`, { caseNumber: value });
  else if (kind === "move") doc.transact(() => moveRow(map, "parties", row.id, at % 2));
  else removeRow(map, "parties", row.id);
}

/** What the newest value of each key says, put together by hand: no code of the reader is used. */
function rowsByHand(doc: Y.Doc): Record<string, unknown>[] {
  const raw = fieldsMap(doc).toJSON();
  const places = Object.entries(raw)
    .filter(([key, value]) => /^parties\/[^/]+\/@$/.test(key) && typeof value === "string")
    .map(([key, place]) => ({ id: key.split("/")[1]!, place: place as string }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : a.id < b.id ? -1 : 1));
  return places.map(({ id }) => ({
    state: raw[`parties/${id}/state`] ?? undefined,
    competentAuthority: raw[`parties/${id}/competentAuthority`] ?? undefined,
  }));
}

test("whatever several people do to values and rows, apart and together, all end with the same and see the newest", () => {
  const parties = [{ state: "KZ", domesticProceeding: [{ caseNumber: "1" }] }, { state: "EG" }];
  const seeded = start({ parties, escalation: "at first" });
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 4 }), fc.array(act, { maxLength: 40 }), (count, acts) => {
      const docs = people(count, seeded);
      acts.forEach((one, step) => {
        perform(docs, one, step);
        // What is read is the newest at any moment, not only at the end.
        const doc = docs[one.who % docs.length]!;
        expect(asRows(fieldsOf(doc).parties, columnsOf("parties")!).length).toBeLessThanOrEqual(rowsByHand(doc).length);
      });
      meet(docs);
      const [first, ...others] = docs as [Y.Doc, ...Y.Doc[]];
      const text = canonicalText(first, "t").canonical;
      for (const doc of others) expect(canonicalText(doc, "t").canonical).toBe(text);
      const shown = (fieldsOf(first).parties as Record<string, unknown>[]).map(({ state, competentAuthority }) => ({
        state,
        competentAuthority,
      }));
      const held = rowsByHand(first);
      expect(shown.filter(hasSome)).toEqual(held.filter(hasSome));
      expect(JSON.parse(text).fields.escalation ?? null).toBe(fieldsMap(first).get("escalation") ?? null);
      const table = tableText("parties", fieldsOf(first), "en");
      expect(table.rows.length).toBe((fieldsOf(first).parties as unknown[]).length);
    }),
    { numRuns: 150 },
  );
}, 60_000);

const hasSome = (row: Record<string, unknown>) =>
  Object.values(row).some((value) => value !== undefined && value !== "");

test("the key of a cell says where it stands", () => {
  expect(rowOfKey("leaders/r1/rank")).toEqual({ table: "leaders", row: "r1", column: "rank" });
  expect(rowOfKey("parties/r1/domesticProceeding/p2/stage")).toEqual({
    table: "parties/r1/domesticProceeding",
    row: "p2",
    column: "stage",
  });
  expect(rowOfKey("duration")).toBeNull();
});
