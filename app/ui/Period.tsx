import { directionOf } from "#app/i18n/languages.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Mark = { date: string; label: string };
export type PeriodProps = {
  start: Mark;
  end: Mark;
  /** what falls between; `at` from 0 to 1 */
  marks?: readonly (Mark & { at: number })[];
  now: { at: number; label: string };
};

/** The period of the team as a line, from the right in Arabic. The same as a list for those who do not see it. */
export function Period({ start, end, marks = [], now }: PeriodProps) {
  const { t, i18n } = useTranslation();
  const mirrored = directionOf(i18n.language) === "rtl";
  const at = (share: number) => percent(mirrored ? 1 - share : share);
  const all = [{ ...start, at: 0 }, ...marks, { ...end, at: 1 }];
  return (
    <div className="period">
      <svg className="period-svg" aria-hidden="true" focusable="false" width="100%" height="84">
        <text className="period-now" x={at(now.at)} y="14" textAnchor={anchor(now.at)}>
          {t("shell.today", { date: now.label })}
        </text>
        <line className="period-rest" x1={at(now.at)} x2={at(1)} y1="36" y2="36" />
        <line className="period-done" x1={at(0)} x2={at(now.at)} y1="36" y2="36" />
        <line className="period-tick now" x1={at(now.at)} x2={at(now.at)} y1="22" y2="42" />
        {all.map((mark) => (
          <g key={mark.at}>
            <line className="period-tick" x1={at(mark.at)} x2={at(mark.at)} y1="30" y2="42" />
            <text className="period-date" x={at(mark.at)} y="62" textAnchor={anchor(mark.at)}>
              {mark.date}
            </text>
            <text className="period-label" x={at(mark.at)} y="82" textAnchor={anchor(mark.at)}>
              {mark.label}
            </text>
          </g>
        ))}
      </svg>
      <ol className="vh">
        {all.map((mark) => (
          <li key={mark.at}>
            {mark.date}: {mark.label}
          </li>
        ))}
      </ol>
    </div>
  );
}

const percent = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** Words begin at their mark in the first part of the line and end at it in the last, so that none leaves the page. */
function anchor(share: number): "start" | "middle" | "end" {
  if (share < 0.12) return "start";
  return share > 0.75 ? "end" : "middle";
}
