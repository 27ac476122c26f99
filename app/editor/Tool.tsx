import "#app/i18n/english/editor.ts";
import type { LucideIcon } from "lucide-react";
import { Button } from "react-aria-components/Button";
import { ToggleButton } from "react-aria-components/ToggleButton";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "#app/ui/Icon.tsx";

type Props = {
  icon?: LucideIcon;
  name: string;
  press: () => void;
  /** for what is on or off at the caret; an act leaves it out */
  on?: boolean;
  flip?: boolean;
  /** as ProseMirror writes them: "Mod-b" */
  keys?: string;
};

/** One act of the toolbar: a picture with its name and keys, or the name alone. */
export function Tool({ icon, name, press, on, flip, keys }: Props) {
  const { t } = useTranslation();
  const shown = keys ? t("editor.toolbar.withKeys", { name, keys: onThisKeyboard(keys) }) : name;
  const content = icon ? (
    <span title={shown}>
      <Icon of={icon} flip={flip} />
    </span>
  ) : (
    name
  );
  const shared = { onPress: press, "aria-label": icon ? name : undefined };
  const look = icon ? "tool" : "tool text";
  return on === undefined ? (
    <Button {...shared} className={look}>
      {content}
    </Button>
  ) : (
    <ToggleButton {...shared} isSelected={on} className={({ isSelected }) => (isSelected ? `${look} on` : look)}>
      {content}
    </ToggleButton>
  );
}

function onThisKeyboard(keys: string): string {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  return keys
    .replace("Mod-", apple ? "⌘" : "Ctrl+")
    .replace("Shift-", apple ? "⇧" : "Shift+")
    .replace(/[a-z]$/, (letter) => letter.toUpperCase());
}
