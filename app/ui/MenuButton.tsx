import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { Menu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Icon } from "./Icon.tsx";

export type MenuEntry = {
  id: string;
  label: ReactNode;
  /** what is typed to find the entry, when the label is not plain text */
  textValue?: string;
  sub?: ReactNode;
  to?: string;
  lang?: string;
  current?: boolean;
};

type Props = {
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

/** A button that opens a short list of places or acts. */
export function MenuButton({
  label,
  children,
  items,
  head,
  onAction,
  className = "btn",
  placement = "bottom end",
}: Props) {
  return (
    <MenuTrigger>
      <AriaButton className={`${className} script-only`}>
        {children}
        <span className="vh">, {label}</span>
      </AriaButton>
      <Popover placement={placement} offset={4}>
        <div className="menu">
          {head && <div className="menu-head">{head}</div>}
          <Menu aria-label={label} onAction={(key) => onAction?.(String(key))} className="outline-none">
            {items.map((item) => (
              <MenuItem
                key={item.id}
                id={item.id}
                href={item.to}
                className="menu-item"
                textValue={item.textValue ?? (typeof item.label === "string" ? item.label : item.id)}
                aria-current={item.current ? "true" : undefined}
              >
                {item.current ? <Icon of={Check} /> : <span />}
                <span lang={item.lang}>{item.label}</span>
                {item.sub && <span className="sub">{item.sub}</span>}
              </MenuItem>
            ))}
          </Menu>
        </div>
      </Popover>
    </MenuTrigger>
  );
}
