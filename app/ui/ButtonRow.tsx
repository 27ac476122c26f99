import type { ReactNode } from "react";

/** Acts in one line; the first is the one to do. */
export function ButtonRow({ children }: { children: ReactNode }) {
  return <div className="btn-row">{children}</div>;
}
