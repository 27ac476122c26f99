import type { ReactNode } from "react";

/** What to do at the start, what to know at the side; one below the other where there is no room. */
export function Columns({ children, side }: { children: ReactNode; side: ReactNode }) {
  return (
    <div className="cols">
      <div>{children}</div>
      <div>{side}</div>
    </div>
  );
}
