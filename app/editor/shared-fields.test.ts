import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { cellKey } from "#app/domain/documents/field-rows.ts";
import { fieldText, tableText } from "#app/domain/documents/field-text.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { fieldsOf } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { SharedFields } from "./shared-fields.ts";

const leaders = [{ state: "KZ", personRef: "Aigul Sarsenova" }];
let block = 0;
const start = seedText({ clauses, fields: { leaders, duration: "P12M" }, newBlockId: () => `b${++block}` });
const noon = new Date("2026-11-25T12:00:00Z");

/** Two people at one text; the clock stands until somebody moves it. */
function two() {
  const clock = { at: noon };
  const names = new Map([
    [10, "Aigul Sarsenova"],
    [20, "Noha El-Sayed"],
  ]);
  const [first, second] = [10, 20].map((client) => {
    const doc = new Y.Doc();
    doc.clientID = client;
    Y.applyUpdate(doc, start);
    const nameOf = (one: number) => names.get(one) ?? null;
    return { doc, fields: new SharedFields(doc, nameOf, () => clock.at) };
  }) as [Side, Side];
  return { first, second, clock };
}
type Side = { doc: Y.Doc; fields: SharedFields };

const send = (from: Side, to: Side) =>
  Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)), "net");
function meet({ first, second }: { first: Side; second: Side }): void {
  send(first, second);
  send(second, first);
}

describe("a value that two people set", () => {
  test("at the same moment: both hold the same, and each is told who won", () => {
    const { first, second } = two();
    first.fields.set("duration", "P18M");
    second.fields.set("duration", "P24M");
    meet({ first, second });
    expect(first.fields.values().duration).toBe("P24M");
    expect(second.fields.values()).toEqual(first.fields.values());
    const both = { at: noon, by: "Noha El-Sayed", mine: "P18M", theirs: "P24M", mineStands: false };
    expect(first.fields.clashes()).toEqual(new Map([["duration", both]]));
    const kept = { at: noon, by: "Aigul Sarsenova", mine: "P24M", theirs: "P18M", mineStands: true };
    expect(second.fields.clashes()).toEqual(new Map([["duration", kept]]));
  });

  test("one after the other: the first is told, can have the own value back, and then the second is told", () => {
    const { first, second } = two();
    first.fields.set("duration", "P18M");
    meet({ first, second });
    second.fields.set("duration", null);
    meet({ first, second });
    expect(first.fields.clashes().get("duration")).toMatchObject({ by: "Noha El-Sayed", mine: "P18M", theirs: null });
    expect(second.fields.clashes().size).toBe(0);
    first.fields.putBack("duration");
    meet({ first, second });
    expect(first.fields.clashes().size).toBe(0);
    expect(second.fields.values().duration).toBe("P18M");
    expect(second.fields.clashes().get("duration")).toMatchObject({ by: "Aigul Sarsenova", mine: null });
  });

  test("nobody is told of a value set long ago, of one that was never theirs, or of the same value", () => {
    const { first, second, clock } = two();
    first.fields.set("duration", "P18M");
    meet({ first, second });
    clock.at = new Date(noon.getTime() + 11 * 60_000);
    second.fields.set("duration", "P24M");
    second.fields.set("costRule", "shared");
    meet({ first, second });
    first.fields.set("costRule", "shared");
    second.fields.set("costRule", "shared");
    meet({ first, second });
    expect(first.fields.clashes().size).toBe(0);
  });

  test("a row that goes while somebody fills it in: that person is told who did it, and can put it back whole", () => {
    const { first, second } = two();
    const row = first.fields.rows("leaders")[0]!.id;
    const place = first.fields.at(cellKey("leaders", row, "@"));
    first.fields.set(cellKey("leaders", row, "rank"), "Senior counsel");
    meet({ first, second });
    second.fields.removeRow("leaders", row);
    meet({ first, second });
    const key = cellKey("leaders", row, "@");
    expect(first.fields.clashes().get(key)).toMatchObject({ by: "Noha El-Sayed", mine: place, theirs: null });
    first.fields.putBack(key);
    meet({ first, second });
    expect(second.fields.values().leaders).toEqual([{ ...leaders[0], rank: "Senior counsel" }]);
  });
});

const step = fc.record({
  second: fc.boolean(),
  kind: fc.constantFrom("duration", "fixedStart", "rule", "cell", "add", "meet"),
  value: fc.nat(4),
});

test("a cell is found by where its row is read, past rows that hold nothing", () => {
  const { fields } = two().first;
  expect(fields.keyOfCell("leaders", 0, "personRef")).toMatch(/^leaders\/[^/]+\/personRef$/);
  fields.addRow("leaders", "empty");
  fields.addRow("leaders", "third");
  fields.set(cellKey("leaders", "third", "state"), "EG");
  expect(fields.values().leaders).toHaveLength(2);
  expect(fields.keyOfCell("leaders", 1, "personRef")).toBe("leaders/third/personRef");
  expect(fields.keyOfCell("leaders", 2, "personRef")).toBeNull();
});

test("what chips and tables read is never older than the text, whatever two people do and whenever they meet", () => {
  const values = {
    duration: ["P6M", "P12M", "P18M", "P2Y", null],
    fixedStart: ["2026-12-01", "2027-01-31", "2027-03-01", "2027-06-30", null],
    rule: ["last_signature", "fixed_date", "fixed_date", "after_notifications", null],
    cell: ["Aigul", "Noha", "Sanne", "", null],
  };
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { first, second } = two();
      const drawn = [first, second].map(({ fields }) => {
        const shown = { expiry: "", leaders: "" };
        const draw = () => {
          shown.expiry = fieldText({ name: "expiryDate" }, fields.values(), "en") ?? "";
          shown.leaders = JSON.stringify(tableText("leaders", fields.values(), "en"));
        };
        draw();
        fields.subscribe(draw);
        return shown;
      });
      steps.forEach(({ second: isSecond, kind, value }, at) => {
        const { fields } = isSecond ? second : first;
        const row = fields.rows("leaders")[0];
        if (kind === "meet") meet({ first, second });
        else if (kind === "add") fields.addRow("leaders", `r${at}`, { state: "EG" });
        else if (kind === "cell") row && fields.set(cellKey("leaders", row.id, "personRef"), values.cell[value]);
        else fields.set(kind === "rule" ? "entryIntoForceRule" : kind, values[kind][value]);
        for (const [n, { doc, fields: own }] of [first, second].entries()) {
          const now = fieldsOf(doc);
          expect(own.values()).toEqual(now);
          expect(drawn[n]).toEqual({
            expiry: fieldText({ name: "expiryDate" }, now, "en"),
            leaders: JSON.stringify(tableText("leaders", now, "en")),
          });
        }
      });
      meet({ first, second });
      expect(drawn[0]).toEqual(drawn[1]);
    }),
    { numRuns: 100 },
  );
}, 60_000);
