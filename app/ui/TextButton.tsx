import type { ReactNode } from "react";

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
export function TextButton({ danger, type = "button", onPress, ...rest }: Props) {
  return <button {...rest} type={type} onClick={onPress} className={danger ? "linklike danger" : "linklike"} />;
}
