import type { ReactNode } from "react";

/** Steps of a checklist, in their order. */
export function StepList({ children }: { children: ReactNode }) {
  return <ol className="steps">{children}</ol>;
}
