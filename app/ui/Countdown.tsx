import type { ReactNode } from "react";
import { PartyName } from "./PartyName.tsx";
import { Period, type PeriodProps } from "./Period.tsx";

type Props = {
  /** the one large figure of the page */
  figure: ReactNode;
  unit: ReactNode;
  lead: ReactNode;
  children?: ReactNode;
  /** when that is for each party */
  places?: readonly { code: string; name: string; own?: boolean; local: ReactNode }[];
  period?: PeriodProps;
};

/** How long the team lasts: the days left, what ends, when that is where. */
export function Countdown({ figure, unit, lead, children, places, period }: Props) {
  return (
    <div className="countdown">
      <p className="cd-figure">
        <span className="cd-num">{figure}</span> <span className="cd-unit">{unit}</span>
      </p>
      <div className="cd-text">
        <p className="cd-lead">{lead}</p>
        {children && <p className="cd-more">{children}</p>}
        {places && (
          <ul className="cd-local">
            {places.map(({ local, ...party }) => (
              <li key={party.code}>
                <PartyName {...party} />
                <span className="num">{local}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
      {period && <Period {...period} />}
    </div>
  );
}
