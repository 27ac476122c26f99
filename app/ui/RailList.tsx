import type { ReactNode } from "react";

/** The list of the house: date or number in the margin, one sentence, one act. */
export function RailList({ children }: { children: ReactNode }) {
  return <ul className="entries">{children}</ul>;
}
