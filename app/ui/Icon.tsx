import type { LucideIcon } from "lucide-react";

type Props = { of: LucideIcon; flip?: boolean; className?: string };

/** A picture beside a word, never instead of one. `flip` for what follows the direction of reading. */
export function Icon({ of: Picture, flip, className }: Props) {
  const classes = ["i", flip && "flip", className].filter(Boolean).join(" ");
  return <Picture className={classes} strokeWidth={1.75} aria-hidden="true" focusable="false" />;
}
