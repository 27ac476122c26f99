import type { LucideIcon } from "lucide-react";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { Icon } from "#app/ui/Icon.tsx";

type Props = { icon?: LucideIcon; name: string; press: () => void; on?: boolean; flip?: boolean };

/** One act of the toolbar: a picture with its name, or the name alone. */
export function Tool({ icon, name, press, on = false, flip }: Props) {
  const classes = (selected: boolean) => ["tool", !icon && "text", selected && "on"].filter(Boolean).join(" ");
  return (
    <ToggleButton
      className={({ isSelected }) => classes(isSelected)}
      isSelected={on}
      onPress={press}
      aria-label={icon ? name : undefined}
    >
      {icon ? (
        <span title={name}>
          <Icon of={icon} flip={flip} />
        </span>
      ) : (
        name
      )}
    </ToggleButton>
  );
}
