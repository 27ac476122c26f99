import type { ReactNode } from "react";

/** Short lines with a date or code in their margin, for the side column. */
export function NoteList({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return <ul className={wide ? "mini wide-rail" : "mini"}>{children}</ul>;
}
