import type { ReactNode } from "react";
import { Plate } from "./Plate.tsx";

type Props = {
  /** how many columns the table has */
  columns: number;
  name: string;
  code?: string;
  own?: boolean;
  note?: ReactNode;
  id?: string;
};

/** The heading row of a group, such as the people of one party. */
export function TableGroup({ columns, name, code, own, note, id }: Props) {
  return (
    <tr id={id}>
      <th scope="colgroup" colSpan={columns} className="group">
        <span className="grp-line">
          {code && <Plate code={code} own={own} />}
          <span>{name}</span>
          {note && <span className="grp-note">{note}</span>}
        </span>
      </th>
    </tr>
  );
}
