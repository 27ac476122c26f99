import { Link } from "@remix-run/react";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass, type Tone } from "./Button.tsx";
import { ButtonWords } from "./ButtonWords.tsx";

type Props = {
  to: string;
  children: ReactNode;
  tone?: Tone;
  icon?: LucideIcon;
  small?: boolean;
  wide?: boolean;
  /** a file to keep: the browser fetches it, not the router */
  download?: boolean;
  className?: string;
};

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function LinkButton({ to, children, icon, download, ...look }: Props) {
  return (
    <Link to={to} className={buttonClass(look)} reloadDocument={download} prefetch={download ? "none" : "intent"}>
      <ButtonWords icon={icon}>{children}</ButtonWords>
    </Link>
  );
}
