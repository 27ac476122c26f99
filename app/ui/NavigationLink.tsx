import { NavLink } from "@remix-run/react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

type Props = {
  to: string;
  icon: LucideIcon;
  flip?: boolean;
  children: ReactNode;
  count?: ReactNode;
  /** only this page, not the pages below it */
  end?: boolean;
};

/** One section; the current one says so to eye and ear. */
export function NavigationLink({ to, icon, flip, children, count, end }: Props) {
  return (
    <li>
      <NavLink to={to} end={end} prefetch="intent">
        <Icon of={icon} flip={flip} />
        <span>{children}</span>
        {count !== undefined && <span className="count num">{count}</span>}
      </NavLink>
    </li>
  );
}
