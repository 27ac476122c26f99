import type { ReactNode } from "react";

type Props = {
  /** above everything: the exercise strip */
  strip?: ReactNode;
  bar?: ReactNode;
  navigation?: ReactNode;
  /** at the end side, beside a document */
  panel?: ReactNode;
  children: ReactNode;
};

/** The regions around a page: strip, bar, sections, the paper, a panel. */
export function Frame({ strip, bar, navigation, panel, children }: Props) {
  const layout = ["app", !navigation && "no-nav", panel && "with-panel"].filter(Boolean).join(" ");
  return (
    <div className="frame">
      {strip}
      {bar}
      <div className={layout}>
        {navigation}
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        {panel}
      </div>
    </div>
  );
}
