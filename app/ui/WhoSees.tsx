import { Eye } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

/** Who can see what is entered here, in words. */
export function WhoSees({ children }: { children: ReactNode }) {
  return (
    <p className="who-sees">
      <Icon of={Eye} />
      <span>{children}</span>
    </p>
  );
}
