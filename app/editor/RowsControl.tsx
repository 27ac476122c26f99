import { Plus, Trash2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { fieldLabel } from "#app/domain/documents/labels.ts";
import type { Field, FieldType } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Button } from "#app/ui/Button.tsx";
import type { ControlProps } from "./typed-controls.tsx";

type Row = Record<string, unknown>;
type Control = (props: ControlProps) => { kind: "one" | "list"; element: ReactNode } | null;

/** What a cell may hold that is worked out elsewhere: it is left as it is. */
const computed = "computed";

/** The rows of a table field, each with a control for every column. `control` makes them; tables may stand in tables. */
export function RowsControl({ field, value, onChange, id, label, control }: ControlProps & { control: Control }) {
  const { t } = useTranslation();
  const columns = field.type.kind === "table" ? field.type.columns.filter(({ type }) => type.kind !== computed) : [];
  const rows = Array.isArray(value) ? value.filter(isRow) : [];
  const replace = (next: Row[]) => onChange(next.length > 0 ? next : undefined);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the name of the group stands above it with its state and hint
    <div role="group" className="p-rows-edit" aria-labelledby={id}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
        <fieldset key={index} className="p-row">
          <legend>{t("editor.panel.row", { number: index + 1 })}</legend>
          {columns.map((column) => (
            <Cell
              key={column.name}
              column={column}
              row={`${label}, ${t("editor.panel.row", { number: index + 1 })}`}
              value={row[column.name]}
              control={control}
              onChange={(cell) => replace(rows.with(index, changed(row, column.name, cell)))}
            />
          ))}
          <Button
            tone="quiet"
            small
            icon={Trash2}
            aria-label={t("editor.panel.removeRowOf", { number: index + 1, field: label })}
            onPress={() => replace(rows.toSpliced(index, 1))}
          >
            {t("editor.panel.removeRow")}
          </Button>
        </fieldset>
      ))}
      <p>
        <Button
          small
          icon={Plus}
          aria-label={t("editor.panel.addRowTo", { field: label })}
          onPress={() => replace([...rows, {}])}
        >
          {t("editor.panel.addRow")}
        </Button>
      </p>
    </div>
  );
}

type CellProps = {
  column: { name: string; type: FieldType };
  /** names the row for whoever cannot see it */
  row: string;
  value: unknown;
  control: Control;
  onChange: (value: unknown) => void;
};

function Cell({ column, row, value, control, onChange }: CellProps) {
  const id = useId();
  const label = fieldLabel(column.name);
  const field: Field = { ...column, required: "never" };
  const made = control({ field, label: `${label}, ${row}`, value, id, onChange });
  if (!made) return null;
  const words = (
    <>
      {label}
      <span className="vh">{`, ${row}`}</span>
    </>
  );
  return (
    <div className="p-field">
      {made.kind === "list" ? (
        <p className="label" id={id}>
          {words}
        </p>
      ) : (
        <label className="label" htmlFor={id}>
          {words}
        </label>
      )}
      {made.element}
    </div>
  );
}

function changed(row: Row, name: string, cell: unknown): Row {
  const { [name]: _, ...others } = row;
  return cell === undefined ? others : { ...others, [name]: cell };
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
