import type { ReactNode } from "react";

/** Two fields that belong together, side by side where there is room. */
export function FieldPair({ children, uneven }: { children: ReactNode; uneven?: boolean }) {
  return <div className={uneven ? "two uneven" : "two"}>{children}</div>;
}
