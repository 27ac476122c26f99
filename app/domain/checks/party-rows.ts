import { clauses } from "../templates/agreement.ts";
import { type Finding, finding } from "./finding.ts";
import { cellOf, isEmpty, rowsOf } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** How tables name the party for which a row speaks. Other columns may name any State. */
const partyColumns: readonly string[] = ["partyIso"];

const tables = clauses.flatMap(({ id, fields }) =>
  fields.flatMap(({ name, type }) => {
    if (type.kind !== "table") return [];
    const column = name === "parties" ? "state" : type.columns.find((one) => partyColumns.includes(one.name))?.name;
    return column ? [{ clause: id, name, column }] : [];
  }),
);

/**
 * V44: a row that speaks for a party speaks for one that is there. A party may leave after its rows were written, and
 * what they say would be signed by nobody.
 */
export function checkRowsOfParties({ fields, facts }: Arrangement): Finding[] {
  const parties = new Set(facts.parties.map(({ state }) => state));
  return tables.flatMap(({ clause, name, column }) => {
    const lost = rowsOf(fields, name).filter((row) => !isEmpty(row[column]) && !parties.has(String(row[column])));
    const [first] = lost;
    if (!first) return [];
    const states = [...new Set(lost.map((row) => String(row[column])))];
    const place = cellOf(fields, name, first, column);
    return [finding("V44", "V44-party", { clause, values: { states, fields: [name] }, place })];
  });
}
