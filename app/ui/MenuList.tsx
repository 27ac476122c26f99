import { useHref, useNavigate } from "@remix-run/react";
import { Check } from "lucide-react";
import type { RefObject } from "react";
import { RouterProvider } from "react-aria-components";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Icon } from "./Icon.tsx";
import type { MenuButtonProps } from "./MenuButton.tsx";

type Props = Omit<MenuButtonProps, "children" | "className"> & {
  button: RefObject<HTMLElement | null>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

/** The list that a button opens. Whoever shows it loads it when it is wanted. */
export default function MenuList({ label, items, head, onAction, placement, button, isOpen, onOpenChange }: Props) {
  // Entries that are links are followed without loading the page anew.
  const navigate = useNavigate();
  return (
    <RouterProvider navigate={navigate} useHref={useHref}>
      <Popover triggerRef={button} placement={placement} offset={4} isOpen={isOpen} onOpenChange={onOpenChange}>
        <div className="menu">
          {head && <div className="menu-head">{head}</div>}
          <Menu
            aria-label={label}
            autoFocus="first"
            onAction={(key) => onAction?.(String(key))}
            onClose={() => onOpenChange(false)}
            className="outline-none"
          >
            {items.map((item) => (
              <MenuItem
                key={item.id}
                id={item.id}
                href={item.to}
                className="menu-item"
                textValue={item.textValue ?? (typeof item.label === "string" ? item.label : item.id)}
                aria-current={item.current ? "true" : undefined}
              >
                {item.current ? <Icon of={Check} /> : item.icon ? <Icon of={item.icon} /> : <span />}
                <span lang={item.lang}>{item.label}</span>
                {item.sub && <span className="sub">{item.sub}</span>}
              </MenuItem>
            ))}
          </Menu>
        </div>
      </Popover>
    </RouterProvider>
  );
}
