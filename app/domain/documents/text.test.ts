import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import saiga from "#prisma/demonstration/saiga.json" with { type: "json" };
import { clauses } from "../templates/agreement.ts";
import { canonicalText, digestOf } from "./canonical.server.ts";
import { fieldText, tableText } from "./field-text.ts";
import { seedingClient, seedText } from "./seed-text.ts";
import { fieldsOf, languagesOf, MalformedText, textName, textOf } from "./text.ts";

function seeded(fields: Record<string, unknown> = { duration: "P12M" }) {
  let next = 0;
  const update = seedText({ clauses, fields, newBlockId: () => `b${next++}` });
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return { doc, update };
}

describe("the starting text", () => {
  test("holds every clause with its title and words, and fits the schema", () => {
    const { doc } = seeded();
    expect(languagesOf(doc)).toEqual(["en"]);
    const text = textOf(doc, "en");
    expect(text.content?.map((clause) => clause.attrs?.clauseId)).toEqual(clauses.map((clause) => clause.id));
    expect(text.content?.map((clause) => clause.content?.[0]?.content?.[0]?.text)).toEqual(
      clauses.map((clause) => clause.titles.en),
    );
    expect(fieldsOf(doc)).toEqual({ duration: "P12M" });
  });

  test("is the same bytes for the same input, all by the seeding client", () => {
    const { update } = seeded();
    expect(Buffer.from(seeded().update).equals(Buffer.from(update))).toBe(true);
    expect(new Set(Y.decodeUpdate(update).structs.map((struct) => struct.id.client))).toEqual(new Set([seedingClient]));
  });
});

describe("the canonical form", () => {
  test("is the same for the same state, whatever the order in which it came about", () => {
    const { doc } = seeded();
    const first = canonicalText(doc, "t");
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect(canonicalText(other, "t")).toEqual(first);
    expect(digestOf(first.canonical)).toBe(first.digest);
    expect(Object.keys(JSON.parse(first.canonical))).toEqual(["fields", "languages", "template"]);
  });

  test("changes with any change of a value", () => {
    const { doc } = seeded();
    const before = canonicalText(doc, "t").digest;
    doc.getMap("fields").set("duration", "P13M");
    expect(canonicalText(doc, "t").digest).not.toBe(before);
  });

  test("refuses a text outside the schema, and one nested too deep, instead of dropping it", () => {
    const { doc } = seeded();
    doc.getXmlFragment(textName("en")).insert(0, [new Y.XmlElement("script")]);
    expect(() => canonicalText(doc, "t")).toThrow(MalformedText);
    const deep = seeded().doc;
    let inner: Y.XmlFragment = deep.getXmlFragment(textName("en"));
    for (let depth = 0; depth < 2000; depth++) {
      const list = new Y.XmlElement("bulletList");
      inner.insert(0, [list]);
      inner = list;
    }
    expect(() => canonicalText(deep, "t")).toThrow("nested deeper");
  });
});

describe("a field inside the text", () => {
  test.each([
    [{ name: "duration" }, { duration: "P12M" }, "12 months"],
    [{ name: "duration" }, { duration: "P1Y6M" }, "1 year and 6 months"],
    [{ name: "statesOfOperation" }, { statesOfOperation: ["KZ", "CN"] }, "Kazakhstan and China"],
    [{ name: "entryIntoForceRule" }, { entryIntoForceRule: "last_signature" }, "the last party has signed"],
    [{ name: "coLocation", yes: "together at", no: "apart" }, { coLocation: false }, "apart"],
    [
      { name: "prevailingLanguage", yes: "; the text in … prevails", no: "" },
      { prevailingLanguage: "ru" },
      "; the text in Russian prevails",
    ],
    [{ name: "prevailingLanguage", yes: "; the text in … prevails", no: "" }, { prevailingLanguage: "none" }, ""],
    [{ name: "jitName" }, { jitName: { en: "SAIGA", ru: "САЙГАК" } }, "SAIGA"],
    [{ name: "duration" }, {}, null],
    [
      { name: "fallbackChannel" },
      { fallbackChannel: "By bag. Telephone between leaders." },
      "By bag. Telephone between leaders",
    ],
    [{ name: "fallbackChannel" }, { fallbackChannel: "And so on..." }, "And so on..."],
    [{ name: "jitName" }, { jitName: { en: "Saiga Inc." } }, "Saiga Inc."],
  ])("%o with %o reads %s", (reference, fields, words) => {
    expect(fieldText(reference, fields, "en")).toBe(words);
  });

  test("no sentence of the exercise ends in two full stops", () => {
    for (const clause of clauses) {
      const sentences = (clause.wording.en ?? []).map((segment) => {
        if (typeof segment === "string") return segment;
        return fieldText({ ...segment, name: segment.field }, saiga.fields, "en") ?? "";
      });
      expect(sentences.join(""), clause.id).not.toContain("..");
    }
  });

  test("no value of the exercise shows a code, in a sentence or in a table", () => {
    for (const { name, type } of clauses.flatMap((clause) => clause.fields)) {
      const shown =
        type.kind === "table" ? tableText(name, saiga.fields, "en").rows : fieldText({ name }, saiga.fields, "en");
      expect(JSON.stringify(shown), name).not.toMatch(/[a-z0-9]_[a-z0-9]|\[object/);
    }
  });

  test("a choice that a client made up reads as something", () => {
    expect(fieldText({ name: "costRule" }, { costRule: "constructor" }, "en")).toBe("constructor");
  });

  test("whatever a client puts there, it reads as something and never throws", () => {
    const names = clauses.flatMap((clause) => clause.fields.map((field) => field.name));
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.jsonValue(), (name, value) => {
        const words = fieldText({ name }, { [name]: value }, "en");
        expect(words === null || typeof words === "string").toBe(true);
      }),
    );
  });
});
