import type { ReactNode } from "react";

/** A paragraph under the title of a side section, such as who can see the page. */
export function SideText({ children }: { children: ReactNode }) {
  return <p className="side-text">{children}</p>;
}
