import "#app/i18n/english/plan.ts";
import { Link } from "@remix-run/react";
import { useState } from "react";
import { actionsByLine, type PlanRow, standingOf } from "#app/domain/plan/row.ts";
import { type Bar, barOf, type Scale, scaleOf } from "#app/domain/plan/scale.ts";
import { formatDay } from "#app/i18n/dates.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Banner } from "../Banner.tsx";
import { ActionStatus, ActionTitle, Plates, type Shown } from "./PlanTables.tsx";
import { TimelineBar } from "./TimelineBar.tsx";
import { spanInWords, standingInWords, tickInWords } from "./words.ts";

type Line = { kind: "line"; code: string; row: PlanRow | null } | { kind: "action"; code: string; row: PlanRow };

/**
 * The actions as a table at the start side and their time beside it. All lines are equally high, so that one picture
 * holds every bar, by shares of its height and width: it needs no measuring, and from right to left the style mirrors it.
 */
export function Timeline({ mayChange, ...shown }: Shown & { mayChange: boolean }) {
  const { t } = useTranslation();
  const groups = actionsByLine(shown.rows);
  const lines: Line[] = groups.flatMap(({ code, line, actions }) => [
    { kind: "line", code, row: line } as Line,
    ...actions.map((row): Line => ({ kind: "action", code: row.code, row })),
  ]);
  const scale = scaleOf(shown.rows, shown.now);
  const [refused, setRefused] = useState<{ code: string; problem: string } | null>(null);
  const heads = ["number", "action", "state", "when"] as const;
  return (
    <div className="plan">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard */}
      <section className="plan-frame" aria-label={t("plan.views.timeline")} tabIndex={0}>
        <table className="plan-table">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {t(`plan.empty.heads.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ kind, code, row }) =>
              kind === "line" ? (
                <tr key={code} className="plan-line">
                  <th scope="rowgroup" colSpan={4}>
                    <span className="plan-letter">{code}</span>
                    {row ? (
                      <Link to={`${shown.base}/line/${code}`} dir="auto">
                        {row.values.title}
                      </Link>
                    ) : (
                      t("plan.keptLine")
                    )}
                  </th>
                </tr>
              ) : (
                <tr key={code}>
                  <td className="num">{code}</td>
                  <td>
                    <span className="plan-title">
                      <ActionTitle row={row} base={shown.base} />
                    </span>
                    <ActionStatus row={row} rows={shown.rows} now={shown.now} />
                  </td>
                  <td>
                    <Plates row={row} {...shown} />
                  </td>
                  <td className="num">{spanInWords(row, shown.language)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
        <div className="plan-picture">
          <Head scale={scale} language={shown.language} />
          <Picture {...{ lines, scale, mayChange }} {...shown} refuse={setRefused} />
        </div>
      </section>
      {refused && (
        <Banner tone="stop" live>
          {t("plan.bar.refused", { code: refused.code })} {problemSentence(t, refused.problem)}
        </Banner>
      )}
      {mayChange && (
        <p id="plan-keys" className="hint plan-keys">
          {t("plan.bar.keys")}
        </p>
      )}
      <Legend />
    </div>
  );
}

const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

function Head({ scale, language }: { scale: Scale; language: string }) {
  const { t } = useTranslation();
  // A name takes up to a fifth of the narrowest picture: one with less room would be written over by the next one.
  const heads = scale.heads.filter(({ at }, index) => (scale.heads[index + 1]?.at ?? 1) - at > 0.2);
  const every = Math.ceil(scale.ticks.length / 16);
  return (
    <svg className="plan-head" aria-hidden="true" focusable="false">
      {heads.map(({ day, at }) => (
        <text key={day} x={percent(at)} y="1.125rem" dx={4} className="plan-month">
          {scale.unit === "week" ? formatDay(day, language, "long").replace(/^\d+\s+/, "") : day.slice(0, 4)}
        </text>
      ))}
      {scale.ticks
        .filter((_, index) => index % every === 0)
        .map(({ day, at }) => (
          <text key={day} x={percent(at)} y="2.5rem" dx={4}>
            {tickInWords(t, scale.unit, day, language)}
          </text>
        ))}
    </svg>
  );
}

type PictureProps = Shown & {
  lines: readonly Line[];
  scale: Scale;
  mayChange: boolean;
  refuse: (refused: { code: string; problem: string } | null) => void;
};

function Picture({ lines, scale, mayChange, refuse, ...shown }: PictureProps) {
  const { t } = useTranslation();
  const y = (index: number) => (index + 0.5) / lines.length;
  const places = new Map<string, { at: number; bar: Bar }>();
  for (const [index, { kind, row }] of lines.entries()) {
    const bar = kind === "action" && row ? barOf(row, scale) : null;
    if (bar && row) places.set(row.code, { at: y(index), bar });
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no element for a group with a name
    <svg className="plan-bars" role="group" aria-label={t("plan.views.timeline")}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
      <g aria-hidden="true">
        {scale.ticks.map(({ day, at }) => (
          <line key={day} x1={percent(at)} x2={percent(at)} y1="0" y2="100%" className="plan-week" />
        ))}
        <line x1={percent(scale.today)} x2={percent(scale.today)} y1="0" y2="100%" className="plan-today" />
        {lines.flatMap(({ row }) =>
          (row?.after ?? []).map((code) => {
            const [from, to] = [places.get(code), row && places.get(row.code)];
            return from && to ? <Wait key={`${code} ${row?.code}`} from={from} to={to} /> : null;
          }),
        )}
      </g>
      {lines.map(({ kind, row }) => {
        const place = kind === "action" && row ? places.get(row.code) : undefined;
        if (!place || !row) return null;
        const standing = standingOf(row, shown.rows, shown.now);
        const said = [
          row.code,
          row.values.title,
          spanInWords(row, shown.language),
          standingInWords(t, row, standing, shown.now),
        ].join(", ");
        return (
          <TimelineBar
            key={row.id}
            {...{ row, scale, standing, said, mayChange, refuse }}
            y={percent(place.at)}
            bar={place.bar}
            base={shown.base}
          />
        );
      })}
    </svg>
  );
}

/** From the end of what is waited for, down or up, to the start of what waits. */
function Wait({ from, to }: Record<"from" | "to", { at: number; bar: Bar }>) {
  const [x1, x2] = [percent(from.bar.to), percent(to.bar.from)];
  const [y1, y2] = [percent(from.at), percent(to.at)];
  return (
    <>
      <line className="plan-wait" x1={x1} x2={x1} y1={y1} y2={y2} />
      <line className="plan-wait" x1={x1} x2={x2} y1={y2} y2={y2} />
      <circle className="plan-wait-end" cx={x2} cy={y2} r="3" />
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  const tones = ["doing", "todo", "waits", "hold", "late", "done"] as const;
  return (
    <ul className="plan-legend">
      <li>
        <span className="plan-key today" aria-hidden="true" />
        {t("plan.today")}
      </li>
      {tones.map((tone) => (
        <li key={tone}>
          <span className={`plan-key ${tone}`} aria-hidden="true" />
          {t(`plan.standing.${tone}`)}
        </li>
      ))}
    </ul>
  );
}
