import { describe, expect, test } from "vitest";
import { columnNames, readStatusTable } from "./status-table.ts";

const heads = "state,party,in_force_on,article_35_2,source,looked_up_on";
const kz = "KZ,yes,2008-08-30,,UN Treaty Collection,2026-11-01";
const read = (...lines: string[]) => readStatusTable([heads, ...lines].join("\n"));
const problemsOf = (text: string) =>
  readStatusTable(text).problems.map(({ line, column, reason }) => [line, column, reason]);

test("a line becomes the record of its State", () => {
  expect(read(kz, 'cn,YES,2003-10-23,"Not bound by article 35, paragraph 2.",UN Treaty Collection,2026-11-01')).toEqual(
    {
      problems: [],
      rows: [
        {
          line: 2,
          state: "KZ",
          status: {
            party: "yes",
            inForceOn: "2008-08-30",
            declarations: {},
            source: "UN Treaty Collection",
            lookedUpOn: "2026-11-01",
          },
        },
        {
          line: 3,
          state: "CN",
          status: {
            party: "yes",
            inForceOn: "2003-10-23",
            declarations: { disputes: "Not bound by article 35, paragraph 2." },
            source: "UN Treaty Collection",
            lookedUpOn: "2026-11-01",
          },
        },
      ],
    },
  );
});

test.each([
  ["tabs, as a spreadsheet pastes", (text: string) => text.replaceAll(",", "\t")],
  ["semicolons, as many spreadsheets save", (text: string) => text.replaceAll(",", ";")],
  [
    "the line ends of Windows and a mark at the beginning",
    (text: string) => `\ufeff${text.replaceAll("\n", "\r\n")}\r\n`,
  ],
  ["empty lines between and after", (text: string) => `${text.replaceAll("\n", "\n\n,,,,,\n")}\n\n`],
  ["heads in capitals with spaces", (text: string) => text.replace("looked_up_on", " Looked up on ")],
])("is read with %s", (_, written) => {
  const { rows, problems } = readStatusTable(written(`${heads}\n${kz}`));
  expect(problems).toEqual([]);
  expect(rows.map(({ state, status }) => [state, status.source])).toEqual([["KZ", "UN Treaty Collection"]]);
});

test("a quoted cell may hold separators, quotes and line breaks, and lines are counted through them", () => {
  const { rows, problems } = read(
    'NL,yes,2004-06-25,"First, ""second""\nand third",UNTC,2026-11-01',
    "XX,no,,,UNTC,2026-11-01",
  );
  expect(rows[0]?.status.declarations.disputes).toBe('First, "second"\nand third');
  expect(problems.map(({ line }) => line)).toEqual([4]);
});

describe("what stands against a line is said with its line and column, and every line is looked at", () => {
  test.each([
    ["a State that is none", "XX,no,,,s,2026-11-01", "state", "table-state-unknown"],
    ["no State", ",no,,,s,2026-11-01", "state", "required"],
    ["an answer that is none", "KZ,perhaps,,,s,2026-11-01", "party", "wrong-kind"],
    ["no answer", "KZ,,,,s,2026-11-01", "party", "required"],
    ["a party without a day", "KZ,yes,,,s,2026-11-01", "in_force_on", "in-force-needed"],
    ["a day without a party", "KZ,no,2008-08-30,,s,2026-11-01", "in_force_on", "in-force-without-party"],
    [
      "a day before there was a Convention in force",
      "KZ,yes,2003-09-28,,s,2026-11-01",
      "in_force_on",
      "in-force-too-early",
    ],
    ["a day that does not exist", "KZ,yes,2008-02-30,,s,2026-11-01", "in_force_on", "date-invalid"],
    ["a day as people write it", "KZ,no,,,s,1/11/2026", "looked_up_on", "date-invalid"],
    ["no source", "KZ,no,,,,2026-11-01", "source", "required"],
    ["a control character", "KZ,no,,a\u202eb,s,2026-11-01", "article_35_2", "control-characters"],
    ["a cell too many", `${kz},more`, null, "table-cells"],
    ["a cell too few", "KZ,no", null, "table-cells"],
  ])("%s", (_, line, column, reason) => {
    const { rows, problems } = read(line, "NL,no,,,s,2026-11-01");
    expect(problems).toEqual([{ line: 2, column, reason }]);
    expect(rows.map(({ state }) => state)).toContain("NL");
  });

  test("a State that stands there twice", () => {
    expect(read(kz, kz).problems).toEqual([{ line: 3, column: "state", reason: "table-state-twice" }]);
  });
});

test.each([
  ["nothing", "", [[1, null, "table-empty"]]],
  ["heads alone", heads, [[1, null, "table-empty"]]],
  ["a column that is none", `${heads},colour\n${kz},red`, [[1, "colour", "table-column-unknown"]]],
  [
    "a column named like what every object has",
    `${heads},toString\n${kz},x`,
    [[1, "tostring", "table-column-unknown"]],
  ],
  ["a column without a name", `${heads},\n${kz},`, [[1, "–", "table-column-unknown"]]],
  ["a column twice", `${heads},party\n${kz},yes`, [[1, "party", "table-column-twice"]]],
  ["no source column", "state,party,looked_up_on\nKZ,no,2026-11-01", [[1, "source", "table-column-missing"]]],
  ["a quote that is not closed", `${heads}\nKZ,yes,"2008`, [[1, null, "table-quote"]]],
  ["more than is read", "x".repeat(1_000_001), [[1, null, "table-too-long"]]],
  ["more lines than are read", `${heads}${"\n".repeat(20_001)}`, [[1, null, "table-too-long"]]],
])("%s is refused as a whole", (_, text, problems) => {
  expect(problemsOf(text)).toEqual(problems);
});

test("a table of a million characters in the worst shapes is read within its bounds", () => {
  for (const filler of ['"', ",", '""', "KZ,", '",'])
    readStatusTable(`${heads}\n${filler.repeat(Math.floor(900_000 / filler.length))}`);
  readStatusTable(`${heads}${"\n".repeat(20_000)}`);
});

test("every field of the record has a column", () => {
  const line = "KZ,yes,2008-08-30,a,b,c,d,e,s,2026-11-01";
  const { rows } = readStatusTable(`${columnNames.join(",")}\n${line}`);
  expect(rows[0]?.status.declarations).toEqual({
    disputes: "a",
    extradition: "b",
    centralAuthority: "c",
    languages: "d",
    other: "e",
  });
});
