import "#app/i18n/english/editor.ts";
import { uuidv4 } from "lib0/random";
import { ArrowDown, ArrowUp, ChevronDown, Plus, Trash2 } from "lucide-react";
import { Fragment, type KeyboardEvent, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { type Cells, cellKey, columnsOf, isUnset, type Row } from "#app/domain/documents/field-rows.ts";
import { cellText } from "#app/domain/documents/field-text.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import type { Column } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import { Icon } from "#app/ui/Icon.tsx";
import { ClashLine } from "./ClashLine.tsx";
import { type Around, Control, isGrouped } from "./controls.tsx";
import type { SharedFields } from "./shared-fields.ts";

/** As many as a person can still look over; the server allows more, so that two who add at once are not sent away. */
const most = 200;

type Props = {
  fields: SharedFields;
  /** the key of the table: its field, or the cell it stands in */
  table: string;
  label: string;
  language: string;
  zone: string;
  around: Around;
  /** key of the field or cell whose control is wanted; its row opens */
  asked: string | null;
};

/** The rows of a table, each behind a line that says what it holds. */
export function RowsControl({ fields, table, label, ...rest }: Props) {
  const { t } = useTranslation();
  useSyncExternalStore(fields.subscribe, fields.values);
  const rows = fields.rows(table);
  const columns = (columnsOf(table) ?? []).filter(({ type }) => type.kind !== "computed");
  const [open, setOpen] = useState<string | null>(null);
  const [answered, setAnswered] = useState<string | null>(null);
  // Not in an effect: whoever looks for the control after this must find it.
  if (rest.asked !== answered) {
    setAnswered(rest.asked);
    const wanted = rows.find(({ id }) => rest.asked?.startsWith(`${table}/${id}/`));
    if (wanted) setOpen(wanted.id);
  }
  const list = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState("");
  const focus = useFocusAfter(list);
  const move = (row: Row, to: number, part: string) => {
    if (to < 0 || to >= rows.length) return;
    fields.moveRow(table, row.id, to);
    setSaid(t("editor.rows.moved", { place: to + 1, all: rows.length }));
    focus(
      `${row.id} ${to === 0 && part === "up" ? "open" : to === rows.length - 1 && part === "down" ? "open" : part}`,
    );
  };
  const remove = (row: Row, at: number) => {
    fields.removeRow(table, row.id);
    setSaid(t("editor.rows.removed", { all: rows.length - 1 }));
    const next = rows[at + 1] ?? rows[at - 1];
    focus(next ? `${next.id} open` : "add");
  };
  const add = () => {
    const id = uuidv4().replaceAll("-", "").slice(0, 16);
    fields.addRow(table, id);
    setOpen(id);
    focus(`${id} open`);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the name of the table stands above it with its state and hint
    <div role="group" aria-label={label} ref={list} className="p-table">
      {rows.length === 0 && <p className="p-value">{t("editor.field.emptyTable")}</p>}
      <ol>
        {rows.map((row, at) => (
          <li key={row.id} className="p-row">
            <RowHead
              {...{ row, at, columns, label, language: rest.language }}
              count={rows.length}
              isOpen={open === row.id}
              toggle={() => setOpen(open === row.id ? null : row.id)}
              move={(to, part) => move(row, to, part)}
              remove={() => remove(row, at)}
            />
            {open === row.id && (
              <div className="p-cells">
                {columns.map((column) => (
                  <Cell key={column.name} {...{ fields, table, row, column, ...rest }} />
                ))}
              </div>
            )}
          </li>
        ))}
      </ol>
      <RemovedRows {...{ fields, table, zone: rest.zone }} />
      <span data-focus="add">
        <Button
          small
          icon={Plus}
          onPress={add}
          notPossible={rows.length >= most ? t("editor.rows.full", { most }) : null}
        >
          {t("editor.rows.add")}
        </Button>
      </span>
      <p className="vh" role="status">
        {said}
      </p>
    </div>
  );
}

/** Puts the focus where the person goes on after rows were drawn anew; a row that moves loses it in some browsers. */
function useFocusAfter(list: { current: HTMLElement | null }): (name: string) => void {
  const [wanted, setWanted] = useState<string | null>(null);
  useEffect(() => {
    if (wanted === null) return;
    const place = list.current?.querySelector<HTMLElement>(`[data-focus="${CSS.escape(wanted)}"]`);
    (place?.matches("button") ? place : place?.querySelector<HTMLElement>("button"))?.focus();
    setWanted(null);
  }, [wanted, list]);
  return setWanted;
}

type HeadProps = {
  row: Row;
  at: number;
  count: number;
  columns: readonly Column[];
  label: string;
  language: string;
  isOpen: boolean;
  toggle: () => void;
  move: (to: number, part: string) => void;
  remove: () => void;
};

function RowHead({ row, at, count, columns, label, language, isOpen, toggle, move, remove }: HeadProps) {
  const { t } = useTranslation();
  const words = rowWords(columns, row.cells, language);
  const names = { label, place: at + 1, all: count };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(event.key === "ArrowUp" ? at - 1 : at + 1, "open");
  };
  return (
    <div className="p-row-head">
      <button
        type="button"
        className="p-row-open"
        data-focus={`${row.id} open`}
        aria-expanded={isOpen}
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
        onClick={toggle}
        onKeyDown={onKeyDown}
      >
        <Icon of={ChevronDown} />
        <span>
          <span className="vh">{t("editor.rows.row", names)}</span> {words.length === 0 && t("editor.rows.empty")}
          {words.map((word, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the places of the cells are what they are known by
            <Fragment key={place}>
              {place > 0 && " · "}
              <bdi>{word}</bdi>
            </Fragment>
          ))}
        </span>
      </button>
      <span className="p-row-acts">
        {at > 0 && (
          <RowAct
            of={ArrowUp}
            name={t("editor.rows.up", names)}
            focus={`${row.id} up`}
            press={() => move(at - 1, "up")}
          />
        )}
        {at < count - 1 && (
          <RowAct
            of={ArrowDown}
            name={t("editor.rows.down", names)}
            focus={`${row.id} down`}
            press={() => move(at + 1, "down")}
          />
        )}
        <RowAct of={Trash2} name={t("editor.rows.remove", names)} focus={`${row.id} remove`} press={remove} />
      </span>
    </div>
  );
}

function RowAct({ of, name, focus, press }: { of: typeof ArrowUp; name: string; focus: string; press: () => void }) {
  return (
    <button type="button" className="tool" data-focus={focus} aria-label={name} title={name} onClick={press}>
      <Icon of={of} />
    </button>
  );
}

/** A row in words, cell by cell, as far as it fits on a line. */
export function rowWords(columns: readonly Column[], cells: Cells, language: string): string[] {
  return columns
    .filter(({ name, type }) => type.kind !== "table" && !isUnset(cells[name]))
    .slice(0, 4)
    .map((column) => cellText(column, cells[column.name], language));
}

type CellProps = Omit<Props, "label"> & { row: Row; column: Column };

function Cell({ fields, table, row, column, ...rest }: CellProps) {
  const id = useId();
  const key = cellKey(table, row.id, column.name);
  const label = fieldLabel(column.name);
  const value = row.cells[column.name];
  if (column.type.kind === "table")
    return (
      <div className="p-field" data-field-control={key}>
        <p className="label">{label}</p>
        <RowsControl {...{ fields, label, ...rest }} table={key} />
      </div>
    );
  const control = { name: column.name, type: column.type, label, value, id };
  return (
    <div className="p-field" data-field-control={key}>
      {isGrouped(control) ? (
        <p className="label" id={id}>
          {label}
        </p>
      ) : (
        <label className="label" htmlFor={id}>
          {label}
        </label>
      )}
      <Control {...control} around={rest.around} onChange={(next) => fields.set(key, next ?? null)} />
      <ClashLine {...{ fields, column, zone: rest.zone, language: rest.language }} at={key} />
    </div>
  );
}

/** Rows that somebody else took away while they were being filled in here. */
function RemovedRows({ fields, table, zone }: Pick<Props, "fields" | "table" | "zone">) {
  const clashes = useSyncExternalStore(fields.subscribe, fields.clashes);
  const keys = [...clashes.keys()].filter((key) => key.startsWith(`${table}/`) && key.endsWith("/@"));
  return keys
    .filter((key) => key.split("/").length === table.split("/").length + 2)
    .map((key) => <ClashLine key={key} fields={fields} at={key} zone={zone} language="en" column={null} />);
}
