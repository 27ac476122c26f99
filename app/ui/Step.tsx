import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";
import { Status } from "./Status.tsx";

type Props = {
  number: number;
  state: "done" | "now" | "open" | "later";
  title: ReactNode;
  children?: ReactNode;
  /** a done step says so by itself */
  action?: ReactNode;
};

const words = { done: "stepDone", now: "stepNow", open: "stepOpen", later: "stepLater" } as const;

export function Step({ number, state, title, children, action }: Props) {
  const { t } = useTranslation();
  return (
    <li className={`step ${state}`}>
      <span className="step-mark" aria-hidden="true">
        {state === "done" ? <Icon of={Check} /> : number}
      </span>
      <div>
        <h3>
          <span className="vh">{t(`shell.${words[state]}`, { number })}: </span>
          {title}
        </h3>
        {children && <p>{children}</p>}
      </div>
      <div className="act">{action ?? (state === "done" && <Status tone="good">{t("shell.done")}</Status>)}</div>
    </li>
  );
}
