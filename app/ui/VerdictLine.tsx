import { Hourglass, ShieldAlert, ShieldCheck } from "lucide-react";
import type { ReactNode } from "react";
import { Icon } from "./Icon.tsx";

type Props = { tone: "good" | "stop" | "hold"; title: ReactNode; children?: ReactNode; actions?: ReactNode };

const icons = { good: ShieldCheck, stop: ShieldAlert, hold: Hourglass };

/** A question about the whole page, answered above it: "The trail is whole". */
export function VerdictLine({ tone, title, children, actions }: Props) {
  return (
    <div className="verdict-line" role="status">
      <div className={`vl-main ${tone}`}>
        <Icon of={icons[tone]} />
        <div>
          <h2>{title}</h2>
          {children && <p>{children}</p>}
        </div>
      </div>
      {actions && <div className="btn-row">{actions}</div>}
    </div>
  );
}
