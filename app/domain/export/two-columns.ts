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
 * Two texts of one arrangement, clause beside clause by id and paragraph beside paragraph. Where the paragraphs do not
 * answer each other one by one, they stand together, so that nothing looks like the translation of what it is not.
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

function rowsOf(left: Block[], right: Block[]): Row[] {
  const [leftParts, rightParts] = [partsOf(left), partsOf(right)];
  return Array.from({ length: Math.max(leftParts.length, rightParts.length) }, (_, index) => {
    const [one, other] = [leftParts[index] ?? noPart, rightParts[index] ?? noPart];
    const tables = [one.table, other.table].flatMap((table) => (table ? [table] : []));
    return [...besides(one.words, other.words), ...(tables.length > 0 ? [{ across: tables }] : [])];
  }).flat();
}

function besides(left: Block[], right: Block[]): Row[] {
  if (left.length !== right.length) return [{ sides: [left, right] }];
  return left.map((block, index) => ({ sides: [[block], right.slice(index, index + 1)] }));
}

type Part = { words: Block[]; table: Block | null };
const noPart: Part = { words: [], table: null };

/** Cut after each table. */
function partsOf(blocks: Block[]): Part[] {
  const parts: Part[] = [];
  let words: Block[] = [];
  for (const block of blocks) {
    if (block.kind !== "table") {
      words.push(block);
      continue;
    }
    parts.push({ words, table: block });
    words = [];
  }
  return words.length > 0 ? [...parts, { words, table: null }] : parts;
}
