import { Circle, CircleAlert, CircleCheck, Hourglass, type LucideIcon, SquarePen, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

export type StatusTone = "good" | "stop" | "hold" | "warn" | "note" | "plain";

const icons: Record<StatusTone, LucideIcon> = {
  good: CircleCheck,
  stop: CircleAlert,
  hold: Hourglass,
  warn: TriangleAlert,
  note: SquarePen,
  plain: Circle,
};

/** How a thing stands: icon, word and colour together, so that each says it alone. */
export function Status({ tone, icon, children }: { tone: StatusTone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <Icon of={icon ?? icons[tone]} />
      <span>{children}</span>
    </span>
  );
}
