import "#app/i18n/english/checks.ts";
import { ListTree, OctagonX, PanelRight } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Drawer } from "#app/ui/Drawer.tsx";
import { Icon } from "#app/ui/Icon.tsx";

type Props = {
  /** names the clause at the caret */
  title: string;
  list: ReactNode;
  panel: ReactNode;
  findings: (close: () => void) => ReactNode;
  /** how many findings are open; null before the first check */
  count: number | null;
  /** key of the field or cell whose control is wanted */
  asked: string | null;
  onShown: () => void;
};

/**
 * The list of clauses and the panel, where there is no room for them beside the text: each behind a button. Also takes
 * the person to the control of a field that was asked for in the text.
 */
export function BesideText({ title, list, panel, findings, count, asked, onShown }: Props) {
  const { t } = useTranslation();
  const [listed, setListed] = useState(false);
  const [open, setOpen] = useState(false);
  const [found, setFound] = useState(false);
  useEffect(() => {
    if (asked === null) return;
    const place = placeOf(asked);
    if (!place && !open) return setOpen(true);
    place?.scrollIntoView({ block: "nearest" });
    place?.querySelector<HTMLElement>("input, select, textarea, button")?.focus();
    onShown();
  }, [asked, open, onShown]);
  return (
    <div className="beside">
      <button type="button" className="tool text clauses-btn" onClick={() => setListed(true)}>
        <Icon of={ListTree} flip />
        <span>{t("shell.clauses")}</span>
      </button>
      <Drawer side="start" title={t("shell.clauses")} isOpen={listed} onOpenChange={setListed}>
        {(close) => (
          // Following a link inside leaves the list. A link is reached by keyboard too, and its click bubbles.
          // biome-ignore lint/a11y/noStaticElementInteractions: see above
          // biome-ignore lint/a11y/useKeyWithClickEvents: see above
          <div className="nav" onClick={(event) => (event.target as Element).closest("a") && close()}>
            {list}
          </div>
        )}
      </Drawer>
      <button type="button" className="tool text findings-btn" onClick={() => setFound(true)}>
        <Icon of={OctagonX} />
        <span>{count === null ? t("checks.title") : t("checks.counted", { count })}</span>
      </button>
      <Drawer title={t("checks.title")} isOpen={found} onOpenChange={setFound}>
        {(close) => findings(close)}
      </Drawer>
      <button type="button" className="tool text panel-btn" onClick={() => setOpen(true)}>
        <Icon of={PanelRight} flip />
        <span>{title}</span>
      </button>
      <Drawer title={title} isOpen={open} onOpenChange={setOpen}>
        {panel}
      </Drawer>
    </div>
  );
}

/** Where the cell can be seen, or else its field: whoever only reads has no cells, and a row may be gone by now. */
function placeOf(key: string): HTMLElement | undefined {
  const [field = key] = key.split("/");
  return seen(key) ?? seen(field);
}

/** The panel stands in the page twice when its drawer is open. */
function seen(key: string): HTMLElement | undefined {
  const places = document.querySelectorAll<HTMLElement>(`[data-field-control="${CSS.escape(key)}"]`);
  return [...places].reverse().find((place) => place.offsetParent !== null);
}
