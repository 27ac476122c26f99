import type { ReactNode } from "react";

type Props = {
  number: ReactNode;
  /** local time with seconds */
  time: ReactNode;
  /** the same in UTC */
  utc: ReactNode;
  who: ReactNode;
  /** what was done */
  children: ReactNode;
  sub?: ReactNode;
  action?: ReactNode;
  id?: string;
};

/** One entry of the trail: number, time, who, what. */
export function TrailEntry({ number, time, utc, who, children, sub, action, id }: Props) {
  return (
    <li className="ev" id={id}>
      <span className="no num">{number}</span>
      <span className="when num">
        <b>{time}</b>
        <span>{utc}</span>
      </span>
      <span className="who">{who}</span>
      <span className="what">
        {children}
        {sub && <span className="sub">{sub}</span>}
      </span>
      <span className="rc">{action}</span>
    </li>
  );
}
