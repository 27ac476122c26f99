import type { tableText } from "#app/domain/documents/field-text.ts";
import { fieldLabel } from "#app/domain/documents/labels.ts";

/** The rows of a table field in words, under the names of its columns. */
export function FieldRows({ columns, rows, className }: ReturnType<typeof tableText> & { className?: string }) {
  return (
    <table className={className}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {fieldLabel(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity of their own
          <tr key={row}>
            {cells.map((cell, place) => (
              <td key={columns[place]} dir="auto">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
