import * as Y from "yjs";
import {
  type Cells,
  cellKey,
  idsOfRead,
  moveRow,
  addRow as putRow,
  type Row,
  readFields,
  removeRow,
  rowsOf,
} from "#app/domain/documents/field-rows.ts";
import { fieldsName } from "#app/domain/documents/text.ts";

/** Of two people who set the same value: what the other one did to it, or tried to. */
export type Clash = {
  /** name of the other person, when it is known */
  by: string | null;
  at: Date;
  mine: unknown;
  /** undefined: not known, because it had already lost where it was set, which happens without a connection */
  theirs: unknown;
  /** true when one's own value stands */
  mineStands: boolean;
};

/** So long a person is told what became of a value; later it is simply how the text reads. */
const shortWhile = 10 * 60_000;

/**
 * The values beside the text as this browser has them. Chips, tables and the panel read the same snapshot, made once a
 * change. Remembers what was set here, so that whoever is overtaken by another person can be told.
 */
export class SharedFields {
  private readonly map: Y.Map<unknown>;
  private readonly listeners = new Set<() => void>();
  private readonly own = new Map<string, { value: unknown; at: number }>();
  private snapshot: { raw: Cells; values: Cells; rows: Map<string, Row[]> } | null = null;
  private known: ReadonlyMap<string, Clash> = new Map();

  constructor(
    private readonly doc: Y.Doc,
    private readonly nameOf: (client: number) => string | null = () => null,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.map = doc.getMap(fieldsName);
    this.map.observe(this.heard);
  }

  close(): void {
    this.map.unobserve(this.heard);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The same object until a value changes. */
  readonly values = (): Cells => this.current().values;

  /** What happened to values that were set here, by key; the same object until something does. */
  readonly clashes = (): ReadonlyMap<string, Clash> => this.known;

  /** What stands under a key: of a field, or of a cell. */
  at(key: string): unknown {
    return this.current().raw[key];
  }

  rows(table: string): readonly Row[] {
    const { raw, rows } = this.current();
    const known = rows.get(table) ?? rowsOf(raw, table);
    rows.set(table, known);
    return known;
  }

  /** The key of a cell of a table field: `row` counts the rows as they are read. Null when there is no such row. */
  keyOfCell(table: string, row: number, column: string): string | null {
    const id = idsOfRead(this.current().raw, table)[row];
    return id === undefined ? null : cellKey(table, id, column);
  }

  private current() {
    if (!this.snapshot) {
      const raw = this.map.toJSON();
      this.snapshot = { raw, values: readFields(raw), rows: new Map() };
    }
    return this.snapshot;
  }

  // ---- what the person does here

  /** `null` takes the value away. */
  set(key: string, value: unknown): void {
    this.own.set(key, { value, at: this.now().getTime() });
    this.forget(key);
    this.map.set(key, value);
  }

  addRow(table: string, id: string, cells: Cells = {}): void {
    this.doc.transact(() => putRow(this.map, table, id, cells));
  }

  moveRow(table: string, id: string, index: number): void {
    this.doc.transact(() => moveRow(this.map, table, id, index));
  }

  removeRow(table: string, id: string): void {
    removeRow(this.map, table, id);
  }

  /** Several changes as one. */
  together(change: () => void): void {
    this.doc.transact(change);
  }

  /** Sets one's own value again, over that of the other person. */
  putBack(key: string): void {
    const clash = this.known.get(key);
    if (clash) this.set(key, clash.mine);
  }

  forget(key: string): void {
    if (!this.known.has(key)) return;
    this.known = new Map([...this.known].filter(([other]) => other !== key));
    this.tell();
  }

  // ---- what others do

  private readonly heard = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction): void => {
    this.snapshot = null;
    if (!transaction.local) for (const key of event.keysChanged) this.compare(key, transaction);
    this.tell();
  };

  private compare(key: string, transaction: Y.Transaction): void {
    const at = this.now();
    const mine = this.ownOf(key, at.getTime());
    const item = this.map._map.get(key);
    if (!mine || !item) return;
    const isMine = !item.deleted && item.id.client === this.doc.clientID;
    const other = isMine ? newBefore(item, transaction) : item;
    if (!other) return;
    const clash = {
      by: this.nameOf(other.id.client),
      at,
      mine: mine.value,
      theirs: contentOf(other),
      mineStands: isMine,
    };
    if (JSON.stringify(clash.theirs) !== JSON.stringify(clash.mine)) this.known = new Map(this.known).set(key, clash);
  }

  /** What was set here a short while ago; for the place of a row, that any of its cells was. */
  private ownOf(key: string, at: number): { value: unknown } | null {
    const isFresh = (one: { at: number }) => at - one.at < shortWhile;
    const own = this.own.get(key);
    if (own) return isFresh(own) ? own : null;
    if (!key.endsWith("/@") || this.map.get(key) !== null) return null;
    const row = key.slice(0, -1);
    const touched = [...this.own].some(([other, one]) => other.startsWith(row) && isFresh(one));
    return touched ? { value: this.placeBefore(key) } : null;
  }

  private placeBefore(key: string): unknown {
    const before = this.map._map.get(key)?.left;
    return (before && contentOf(before)) ?? "a0";
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** A value that came in with this transaction and lost against the one that stands. */
function newBefore(item: Y.Item, { beforeState }: Y.Transaction): Y.Item | null {
  for (let left = item.left; left; left = left.left) {
    if (left.id.client !== item.id.client && left.id.clock >= (beforeState.get(left.id.client) ?? 0)) return left;
  }
  return null;
}

/** Content erased here is still there while observers are called; what was erased elsewhere comes without it. */
function contentOf({ content }: Y.Item): unknown {
  return content instanceof Y.ContentAny ? content.arr[0] : undefined;
}
