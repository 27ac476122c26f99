import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";

type Props = {
  children: ReactNode;
  type?: "button" | "submit";
  name?: string;
  value?: string;
  danger?: boolean;
  onPress?: () => void;
  "aria-label"?: string;
  "aria-pressed"?: boolean;
};

/** A small act inside a line of text; looks like a link and does not lead away. */
export function TextButton({ danger, type = "button", ...rest }: Props) {
  return <AriaButton {...rest} type={type} className={danger ? "linklike danger" : "linklike"} />;
}
