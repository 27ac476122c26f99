import type { ReactNode } from "react";

/** The second line of a cell or of a sentence, in the second voice. */
export function Sub({ children }: { children: ReactNode }) {
  return <span className="sub">{children}</span>;
}
