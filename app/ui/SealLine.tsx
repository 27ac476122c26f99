import { Stamp } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

/** Across the trail: up to here it is sealed, by whom. */
export function SealLine({ children, sub }: { children: ReactNode; sub?: ReactNode }) {
  return (
    <li className="seal">
      <Icon of={Stamp} />
      <p>
        <b>{children}</b> {sub && <span className="sub">{sub}</span>}
      </p>
    </li>
  );
}
