import "#app/i18n/english/checks.ts";
import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { useTranslation } from "#app/i18n/translation.ts";

export type Side = "findings" | "clause";
type Props = {
  shown: Side;
  onShow: (side: Side) => void;
  /** how many findings are open; null before the first check */
  count: number | null;
  clauseTitle: string;
  findings: ReactNode;
  clause: ReactNode;
};

/** Beside the text, where there is room: what stands against it, and what the clause at the caret is for. */
export function SidePanel({ shown, onShow, count, clauseTitle, findings, clause }: Props) {
  const { t } = useTranslation();
  return (
    <aside className="panel" aria-label={t("checks.tabs")}>
      <Tabs selectedKey={shown} onSelectionChange={(key) => onShow(key as Side)}>
        <TabList className="tabs" aria-label={t("checks.tabs")}>
          <Tab id="findings">{count === null ? t("checks.title") : t("checks.counted", { count })}</Tab>
          <Tab id="clause">{clauseTitle}</Tab>
        </TabList>
        <TabPanel id="findings">{findings}</TabPanel>
        {/* Stays while it is hidden: what is typed in a field is set when the person leaves it, also for another tab. */}
        <TabPanel id="clause" shouldForceMount>
          {clause}
        </TabPanel>
      </Tabs>
    </aside>
  );
}
