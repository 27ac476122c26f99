import type { LucideIcon } from "lucide-react";
import { type MouseEvent, type ReactNode, useId } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { ButtonWords } from "./ButtonWords.tsx";
import { useSending } from "./sending.ts";

export type Tone = "primary" | "secondary" | "quiet" | "danger";

export type ButtonProps = {
  children: ReactNode;
  /** primary: one a page; danger: only for what cannot be undone */
  tone?: Tone;
  type?: "button" | "submit" | "reset";
  name?: string;
  value?: string;
  form?: string;
  formAction?: string;
  icon?: LucideIcon;
  small?: boolean;
  wide?: boolean;
  /** words while the form around it is being sent, such as "Sending…" */
  working?: string;
  /** true while something other than the form around it works */
  busy?: boolean;
  /** why it cannot be used now; the button stays reachable and the reason stands beside it */
  notPossible?: string | null;
  onPress?: () => void;
  /** className is added to the classes of the button */
  className?: string;
  "aria-label"?: string;
};

/** A button. It submits the form it stands in only with type="submit". */
export function Button({
  tone,
  type = "button",
  small,
  wide,
  working,
  busy,
  notPossible,
  className,
  icon,
  children,
  onPress,
  ...rest
}: ButtonProps) {
  const { t } = useTranslation();
  const sending = useSending({ type, name: rest.name, value: rest.value });
  const isWorking = busy || sending;
  const reasonId = useId();
  const resting = Boolean(notPossible) || isWorking;
  const press = (event: MouseEvent) => (resting ? event.preventDefault() : onPress?.());
  const button = (
    <button
      {...rest}
      // Not disabled: it stays where the Tab key finds it. As a plain button it sends no form, with Enter neither.
      type={resting ? "button" : type}
      className={buttonClass({ tone, small, wide, className: isWorking ? `${className ?? ""} busy` : className })}
      onClick={press}
      aria-disabled={resting || undefined}
      aria-describedby={notPossible ? reasonId : undefined}
    >
      <ButtonWords icon={icon} working={isWorking ? (working ?? t("shell.working")) : undefined}>
        {children}
      </ButtonWords>
    </button>
  );
  if (!notPossible) return button;
  return (
    <>
      {button}
      <span className="reason" id={reasonId}>
        {notPossible}
      </span>
    </>
  );
}

/** The classes of a button, for what looks like one and is not. */
export function buttonClass({
  tone = "secondary",
  small,
  wide,
  className,
}: Pick<ButtonProps, "tone" | "small" | "wide" | "className">) {
  return ["btn", tone === "secondary" ? "" : tone, small && "small", wide && "wide", className]
    .filter(Boolean)
    .join(" ");
}
