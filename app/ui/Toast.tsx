import type { ReactNode } from "react";

/** What was done, in one sentence, perhaps with Undo. Never the only place where it is said. */
export function Toast({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="toast" role="status">
      <span>{children}</span>
      {action}
    </div>
  );
}
