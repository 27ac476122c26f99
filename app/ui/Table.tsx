import type { ReactNode } from "react";

export type Column = string | { label: string; end?: boolean; hidden?: boolean };
type Props = {
  /** what the table lists, for screen readers and for the frame it scrolls in */
  label: string;
  columns: readonly Column[];
  children: ReactNode;
  /** people: one block a person on a phone; slots: the same, and the reader's own row is marked; narrow: never scrolls */
  kind?: "people" | "slots" | "narrow";
};

/** Lines without boxes or stripes. Too wide for the screen, it scrolls inside its own frame. */
export function Table({ label, columns, children, kind }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="table-wrap" aria-label={label} tabIndex={0}>
      <table className={kind ? `t ${kind}` : "t"}>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={typeof column === "string" ? column : column.label} column={column} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

function Head({ column }: { column: Column }) {
  if (typeof column === "string") return <th scope="col">{column}</th>;
  return (
    <th scope="col" className={column.end ? "end" : undefined}>
      {column.hidden ? <span className="vh">{column.label}</span> : column.label}
    </th>
  );
}
