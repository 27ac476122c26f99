import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

type Props = { children: ReactNode; icon?: LucideIcon; working?: string };

/** What a button says; while it works the other words lie over the first, so that the width does not jump. */
export function ButtonWords({ children, icon, working }: Props) {
  const words = (
    <>
      {icon && <Icon of={icon} />}
      <span>{children}</span>
    </>
  );
  if (!working) return words;
  return (
    <span className="btn-words">
      <span data-idle="">{words}</span>
      <span>
        <span className="dots" aria-hidden="true">
          <i />
          <i />
          <i />
        </span>
        {working}
      </span>
    </span>
  );
}
