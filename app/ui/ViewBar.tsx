import type { ReactNode } from "react";

/** The line below a masthead: views and filters at the start, acts at the end. */
export function ViewBar({ children, end }: { children?: ReactNode; end?: ReactNode }) {
  return (
    <div className="viewbar">
      {children}
      {end && <div className="far btn-row">{end}</div>}
    </div>
  );
}
