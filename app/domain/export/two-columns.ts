import type { Block, PrintedClause } from "./printable-text.ts";
import type { Direction } from "./script-runs.ts";

/** What stands side by side, or across both columns: tables are unreadable in half a page. */
type Row = { sides: [Block[], Block[]] } | { across: Block[] };
/** A clause that only one language has leaves the other side empty. */
export type ClauseInTwo = { sides: [PrintedClause | null, PrintedClause | null]; rows: Row[] };
type Text = { dir: Direction; clauses: PrintedClause[] };

/** The order in which two texts stand on a page: as they came, except that one from right to left stands at the right. */
export function sidesOf<Side extends { dir: Direction }>([first, second]: [Side, Side]): [Side, Side] {
  return first.dir === "rtl" && second.dir === "ltr" ? [second, first] : [first, second];
}

/**
 * Two texts of one arrangement: clause beside clause by id, and in it paragraph beside paragraph by its number. What one
 * language has more of stands alone. Rows stay small: a long column in one cell takes the square of its length to set.
 */
export function clausesInTwo([left, right]: [Text, Text]): ClauseInTwo[] {
  const byId = new Map(right.clauses.map((clause) => [clause.id, clause]));
  const pairs = left.clauses.map((clause): [PrintedClause, PrintedClause | null] => {
    const other = clause.id === "" ? null : (byId.get(clause.id) ?? null);
    if (other) byId.delete(clause.id);
    return [clause, other];
  });
  const alone = right.clauses
    .filter((clause) => byId.get(clause.id) === clause || clause.id === "")
    .map((clause): [null, PrintedClause] => [null, clause]);
  return [...pairs, ...alone].map((sides) => ({
    sides,
    rows: rowsOf(sides[0]?.blocks ?? [], sides[1]?.blocks ?? []),
  }));
}

/** A table that only one language has stands in its place; the other goes on after it. */
function rowsOf(left: Block[], right: Block[]): Row[] {
  const rows: Row[] = [];
  const sides: [Block[], Block[]] = [[...left], [...right]];
  while (sides.some((side) => side.length > 0)) {
    const across = sides.flatMap((side) => (side[0]?.kind === "table" ? side.splice(0, 1) : []));
    rows.push(across.length > 0 ? { across } : { sides: [sides[0].splice(0, 1), sides[1].splice(0, 1)] });
  }
  return rows;
}
