import type { LucideIcon } from "lucide-react";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from "react";

export type MenuEntry = {
  id: string;
  label: ReactNode;
  /** what is typed to find the entry, when the label is not plain text */
  textValue?: string;
  sub?: ReactNode;
  to?: string;
  lang?: string;
  current?: boolean;
  icon?: LucideIcon;
};

export type MenuButtonProps = {
  /** what the menu offers, for screen readers */
  label: string;
  /** what stands on the button */
  children: ReactNode;
  items: readonly MenuEntry[];
  /** above the entries */
  head?: ReactNode;
  onAction?: (id: string) => void;
  className?: string;
  placement?: "bottom start" | "bottom end";
};

const load = () => import("./MenuList.tsx");
const MenuList = lazy(load);

/**
 * A button that opens a short list of places or acts. The list is fetched when the button is approached: it is on every
 * page and seldom used, and weighs as much as all the rest of a page.
 */
export function MenuButton({ children, className = "btn", placement = "bottom end", ...rest }: MenuButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [wanted, setWanted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const open = () => {
    setWanted(true);
    setOpen(true);
  };
  const openByArrow = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    open();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={`${className} script-only`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={open}
        onKeyDown={openByArrow}
        onPointerEnter={load}
        onFocus={load}
      >
        {children}
        <span className="vh">, {rest.label}</span>
      </button>
      {wanted && (
        <Suspense>
          <MenuList {...rest} placement={placement} button={button} isOpen={isOpen} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
