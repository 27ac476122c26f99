import type { ReactNode } from "react";
import { PartyName } from "./PartyName.tsx";
import { Sub } from "./Sub.tsx";
import { type Column, Table } from "./Table.tsx";

type Row = { code: string; name: string; own?: boolean; authority?: string | null; cells: readonly ReactNode[] };
type Props = { label: string; columns: readonly Column[]; rows: readonly Row[] };

/** One row a party: State and authority first. Order them with `inReadersOrder`. */
export function PartyTable({ label, columns, rows }: Props) {
  return (
    <Table label={label} columns={columns}>
      {rows.map(({ code, name, own, authority, cells }) => (
        <tr key={code}>
          <th scope="row">
            <PartyName code={code} name={name} own={own} />
            {authority && (
              <Sub>
                <bdi>{authority}</bdi>
              </Sub>
            )}
          </th>
          {cells.map((cell, index) => (
            <td key={columnKey(columns[index + 1], index)} className={ends(columns[index + 1]) ? "end num" : undefined}>
              {cell}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}

const ends = (column: Column | undefined) => typeof column === "object" && column.end === true;
const columnKey = (column: Column | undefined, index: number) =>
  typeof column === "object" ? column.label : (column ?? index);
