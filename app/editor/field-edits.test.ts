import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { cellKey, columnsOf, readFields } from "#app/domain/documents/field-rows.ts";
import { fieldText, tableText } from "#app/domain/documents/field-text.ts";
import { fits, givenForGood, mayStand } from "#app/domain/documents/field-values.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { allClauses, clauses } from "#app/domain/templates/agreement.ts";
import type { Field, FieldType } from "#app/domain/templates/fields.ts";
import { SharedFields } from "./shared-fields.ts";

/*
 * Several people, each with the values as a browser has them, set every field of every kind, in any order, apart and
 * together. Whatever they do: all end with the same, nobody's page shows a value that no longer stands, and of two who
 * set the same value both are told which one stands.
 */
const written: readonly Field[] = allClauses
  .flatMap(({ fields }) => fields)
  .filter(({ name, type, fixed }) => type.kind !== "computed" && !fixed && !givenForGood.includes(name));
const single = written.filter(({ type }) => type.kind !== "table");
const tables = written.filter(({ type }) => type.kind === "table").map(({ name }) => name);

const states = fc.constantFrom("KZ", "EG", "CN", "NL", "UZ");
const languages = fc.constantFrom("en", "ru", "ar", "zh", "kk");
const lines = fc.constantFrom("Aigul Sarsenova", "النيابة العامة", "检察院", "Ə – 'a' \"b\"", "x".repeat(200));
const days = fc.constantFrom("2027-01-15", "2027-02-28", "2028-02-29", "2026-12-31");
const someOf = <T>(one: fc.Arbitrary<T>) => fc.uniqueArray(one, { minLength: 1, maxLength: 4 });

/** Values of the kind that may stand; of a table none, which is written by its cells. */
function someOfKind(type: FieldType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case "boolean":
      return fc.boolean();
    case "number": {
      const { min = 0, max = 400, integer } = type;
      return integer ? fc.integer({ min, max }) : fc.constantFrom(min, (min + max) / 2, max);
    }
    case "choice":
      return fc.constantFrom(...type.options);
    case "choices":
      return fc.shuffledSubarray(type.options, { minLength: 1 });
    case "annexes":
      return fc.shuffledSubarray(["A1", "A2-1", "A3", "A6"], { minLength: 1 });
    case "country":
      return states;
    case "countries":
      return someOf(states);
    case "language":
      return languages;
    case "languages":
      return someOf(languages);
    case "date":
      return type.orTeam ? fc.oneof(days, fc.constantFrom("start", "end")) : days;
    case "dates":
      return someOf(days);
    case "duration":
      return fc.constantFrom("P6M", "P12M", "P1Y6M", "P2W", "P10D");
    case "zone":
      return fc.constantFrom("UTC", "Asia/Almaty", "Africa/Cairo", "Europe/Amsterdam");
    case "recurrence":
      return fc.constantFrom("FREQ=WEEKLY", "FREQ=MONTHLY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=TU");
    case "money":
      return fc
        .tuple(fc.constantFrom("0", "12000", "12.50"), fc.constantFrom("EUR", "KZT"))
        .map(([amount, currency]) => ({ amount, currency }));
    case "longText":
    case "localized":
      return fc.oneof(
        lines,
        fc.tuple(languages, lines).map(([tag, text]) => ({ [tag]: text })),
      );
    case "persons":
      return someOf(lines);
    case "text":
    case "person":
    case "authority":
    case "party":
      return lines;
    case "table":
    case "computed":
      return fc.constant(null);
  }
}

/** One who has the text open: `drawn` is what the page showed last, drawn anew only when it is told of a change. */
class Reader {
  readonly doc = new Y.Doc();
  readonly shared: SharedFields;
  readonly drawn = new Map<string, string>();

  constructor(state: Uint8Array, client: number, draws: boolean) {
    this.doc.clientID = client;
    Y.applyUpdate(this.doc, state);
    this.shared = new SharedFields(this.doc, (other) => `person ${other}`);
    if (!draws) return;
    this.draw();
    this.shared.subscribe(() => this.draw());
  }

  private draw(): void {
    for (const { name } of written) this.drawn.set(name, shown(name, this.shared.values()));
  }

  /** What stands in the map of this person's copy, read past everything that the page keeps. */
  stands(): Map<string, string> {
    const values = readFields(this.doc.getMap("fields").toJSON());
    return new Map(written.map(({ name }) => [name, shown(name, values)]));
  }
}

const shown = (name: string, values: Readonly<Record<string, unknown>>) =>
  JSON.stringify([fieldText({ name }, values, "en"), tableText(name, values, "en")]);

const start = seedText({
  clauses,
  fields: { parties: [{ state: "KZ" }, { state: "EG" }], duration: "P12M", authenticLanguages: ["en"] },
  newBlockId: (
    (n = 0) =>
    () =>
      `b${++n}`
  )(),
});

const people = (count: number, draws = true) =>
  Array.from({ length: count }, (_, n) => new Reader(start, 100 + n, draws));

function hear(from: Reader, to: Reader): void {
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), "net");
}
function meet(all: readonly Reader[]): void {
  for (let round = 0; round < 2; round++) for (const from of all) for (const to of all) hear(from, to);
}

type Act = { who: number; at: number } & (
  | { kind: "value"; field: Field; value: unknown }
  | { kind: "cell"; table: string; column: string; value: unknown }
  | { kind: "add" | "remove" | "move"; table: string }
  | { kind: "hear" }
);

const everyKind = fc.constantFrom(...single);
const cells = tables.flatMap((table) =>
  (columnsOf(table) ?? []).filter(({ type }) => type.kind !== "table").map((column) => ({ table, column })),
);
const base = { who: fc.nat(3), at: fc.nat(3) };
const act: fc.Arbitrary<Act> = fc.oneof(
  everyKind.chain((field) =>
    fc.record({
      ...base,
      kind: fc.constant("value" as const),
      field: fc.constant(field),
      value: fc.oneof({ arbitrary: someOfKind(field.type), weight: 5 }, { arbitrary: fc.constant(null), weight: 1 }),
    }),
  ),
  fc.constantFrom(...cells).chain(({ table, column }) =>
    fc.record({
      ...base,
      kind: fc.constant("cell" as const),
      table: fc.constant(table),
      column: fc.constant(column.name),
      value: someOfKind(column.type),
    }),
  ),
  fc.record({
    ...base,
    kind: fc.constantFrom("add" as const, "add" as const, "remove" as const, "move" as const),
    // A few tables, so that people meet in them.
    table: fc.constantFrom("parties", "leaders", "costLines", "listedMembers"),
  }),
  fc.record({ ...base, kind: fc.constant("hear" as const) }),
);

function perform(all: readonly Reader[], one: Act, step: number): void {
  const who = all[one.who % all.length] as Reader;
  if (one.kind === "hear") hear(all[(one.who + 1 + one.at) % all.length] as Reader, who);
  else if (one.kind === "value") who.shared.set(one.field.name, one.value);
  else if (one.kind === "add") who.shared.addRow(one.table, `r${step}`, {});
  else performOnRow(who.shared, one, `r${step}`);
}

type OnRow = Extract<Act, { table: string }>;

function performOnRow(shared: SharedFields, one: OnRow, newId: string): void {
  const id = shared.rows(one.table)[one.at]?.id;
  if (one.kind === "cell") {
    if (id === undefined) shared.addRow(one.table, newId, {});
    shared.set(cellKey(one.table, id ?? newId, one.column), one.value);
  } else if (id !== undefined && one.kind === "remove") shared.removeRow(one.table, id);
  else if (id !== undefined) shared.moveRow(one.table, id, one.at % 2);
}

test("the values tried are of every kind that a template has, and may all stand", () => {
  const kinds = new Set(written.map(({ type }) => type.kind));
  expect([...kinds].sort()).toEqual(
    (
      "annexes authority boolean choice choices countries country date dates duration language languages localized " +
      "longText money number party person persons recurrence table text zone"
    )
      .split(" ")
      .filter((kind) => kinds.has(kind as never)),
  );
  expect(kinds.size).toBeGreaterThanOrEqual(15);
  for (const { name, type } of single)
    for (const value of fc.sample(someOfKind(type), { numRuns: 5, seed: 1 })) {
      expect([name, value, fits(type, value)]).toEqual([name, value, true]);
      expect([name, mayStand(name, value)]).toEqual([name, true]);
    }
});

describe("any sequence of edits by several people", () => {
  test("converges, and no page ever shows a value that no longer stands", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), fc.array(act, { minLength: 1, maxLength: 30 }), (count, acts) => {
        const all = people(count);
        acts.forEach((one, step) => {
          perform(all, one, step);
          const who = all[one.who % count] as Reader;
          expect(who.drawn).toEqual(who.stands());
        });
        meet(all);
        const [first, ...others] = all as [Reader, ...Reader[]];
        for (const one of all) expect(one.drawn).toEqual(one.stands());
        for (const one of others) expect(one.drawn).toEqual(first.drawn);
        // What is shown is what was written last under each key, whoever wrote it.
        for (const one of others)
          expect(one.doc.getMap("fields").toJSON()).toEqual(first.doc.getMap("fields").toJSON());
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe("two people who set the same value at once", () => {
  const keys = [
    ...single.map(({ name, type }) => ({ key: name, type })),
    ...["parties", "leaders", "costLines"].flatMap((table) =>
      (columnsOf(table) ?? [])
        .filter(({ type }) => type.kind !== "table")
        .map(({ name, type }) => ({ key: cellKey(table, "common", name), type })),
    ),
  ];

  test.each(keys)("both see who won: $key", ({ key, type }) => {
    fc.assert(
      fc.property(someOfKind(type), someOfKind(type), fc.boolean(), fc.boolean(), (mine, theirs, swapped, late) => {
        const [one, other] = (swapped ? people(2, false).reverse() : people(2, false)) as [Reader, Reader];
        if (key.includes("/")) one.shared.addRow(key.split("/")[0] as string, "common", {});
        hear(one, other);
        one.shared.set(key, mine);
        other.shared.set(key, theirs);
        // Without a connection one may hear the other first: what loses then has lost before it is sent.
        if (late) hear(other, one);
        hear(one, other);
        hear(other, one);
        expect(one.shared.at(key)).toEqual(other.shared.at(key));
        const unseen = late !== swapped;
        const [here, there] = [one.shared.clashes().get(key), other.shared.clashes().get(key)];
        const [overtaken, kept] = swapped ? [there, here] : [here, there];
        if (unseen) expect(kept).toMatchObject({ theirs: undefined, mineStands: true });
        if (JSON.stringify(mine) === JSON.stringify(theirs)) {
          expect(overtaken).toBeUndefined();
          return;
        }
        expect(here).toMatchObject({ by: `person ${other.doc.clientID}`, mine });
        expect(there).toMatchObject({ by: `person ${one.doc.clientID}`, mine: theirs });
        expect(overtaken?.theirs).toEqual(swapped ? mine : theirs);
        if (!unseen) expect(kept?.theirs).toEqual(swapped ? theirs : mine);
        expect([here?.mineStands, there?.mineStands]).toEqual([swapped, !swapped]);
        expect(one.shared.at(key)).toEqual(swapped ? mine : theirs);
        // The one who was overtaken can have the own value back, which both then see.
        (swapped ? other : one).shared.putBack(key);
        meet([one, other]);
        expect([one.shared.at(key), other.shared.at(key)]).toEqual(swapped ? [theirs, theirs] : [mine, mine]);
      }),
      { numRuns: 3 },
    );
  });
});
