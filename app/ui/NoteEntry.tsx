import type { ReactNode } from "react";

type Props = { rail: ReactNode; railNote?: ReactNode; children: ReactNode; sub?: ReactNode; quiet?: boolean };

/** One line of a NoteList; `quiet` when the date in the margin is past and only orders. */
export function NoteEntry({ rail, railNote, children, sub, quiet }: Props) {
  return (
    <li>
      <span className="rail">
        {quiet ? rail : <b>{rail}</b>}
        {railNote}
      </span>
      <span>
        {children}
        {sub && <span className="sub">{sub}</span>}
      </span>
    </li>
  );
}
