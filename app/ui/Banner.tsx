import { Ban, CircleCheck, Hourglass, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

export type BannerTone = "stop" | "hold" | "warn" | "good" | "note" | "plain";
type Props = {
  tone: BannerTone;
  icon?: LucideIcon;
  /** the first sentence, in bold */
  title?: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  /** read out when it appears while the page is open */
  live?: boolean;
};

const icons: Record<BannerTone, LucideIcon> = {
  stop: Ban,
  hold: Hourglass,
  warn: TriangleAlert,
  good: CircleCheck,
  note: Info,
  plain: Info,
};

/** What must be read before going on. It stands as long as it is true and cannot be closed. */
export function Banner({ tone, icon, title, children, action, live }: Props) {
  return (
    <div className={`banner ${tone}`} role={live ? (tone === "stop" ? "alert" : "status") : undefined}>
      <Icon of={icon ?? icons[tone]} />
      <p>
        {title && <b>{title}</b>} {children}
      </p>
      {action && <div className="btn-row">{action}</div>}
    </div>
  );
}
