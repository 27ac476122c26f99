import "#app/i18n/english/plan.ts";
import { useFetcher, useNavigate } from "@remix-run/react";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { movedBy, stretchedBy, type Times } from "#app/domain/plan/moved.ts";
import type { PlanRow, Standing } from "#app/domain/plan/row.ts";
import type { Bar, Scale } from "#app/domain/plan/scale.ts";
import type { Refusal } from "#app/http.server.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = {
  row: PlanRow;
  bar: Bar;
  scale: Scale;
  y: string;
  standing: Standing;
  /** the action in words, for those who hear it */
  said: string;
  mayChange: boolean;
  base: string;
  /** tells why the last move was refused; null: it was not */
  refuse: (refused: { code: string; problem: string } | null) => void;
};
type Shift = { days: number; end: number };

const dayMs = 86_400_000;
const edgePx = 8;
/** Asked when something is done: the style decides where time goes. */
const isMirrored = (element: Element) => getComputedStyle(element).direction === "rtl";
const none: Shift = { days: 0, end: 0 };

/**
 * An action in the picture. Dragged, or moved with the arrow keys, it goes by whole days; its end, or the arrows with
 * Shift, makes it longer or shorter. Enter keeps it, Escape takes it back; leaving it keeps it too. Without script it
 * is only seen, and the form of the action changes it.
 */
export function TimelineBar({ row, bar, scale, y, standing, said, mayChange, base, refuse }: Props) {
  const { t } = useTranslation();
  const fetcher = useFetcher<Refusal>();
  const navigate = useNavigate();
  const [shift, setShift] = useState<Shift>(none);
  const drag = useRef<{ x: number; end: boolean; moved: boolean } | null>(null);
  const width = (scale.to - scale.from) / dayMs;
  const { start = "", due = "", milestone } = row.values;
  const idle = fetcher.state === "idle";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands there now takes the place of what was shifted
  useEffect(() => {
    if (idle) setShift(none);
  }, [idle, start, due]);

  const problem = idle ? Object.values(fetcher.data?.problems ?? {})[0] : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is told once, whoever hears it
  useEffect(() => {
    if (idle && fetcher.data !== undefined) refuse(problem ? { code: row.code, problem } : null);
  }, [idle, fetcher.data]);

  const shifted = ({ days, end }: Shift): Times => stretchedBy(movedBy({ start, due }, days), end);
  const keep = (wanted: Shift) => {
    const times = shifted(wanted);
    if (times.start === start && times.due === due) return setShift(none);
    const form = { act: "times", ...times, "seen.start": start, "seen.due": due };
    fetcher.submit(form, { method: "post", action: `${base}/action/${row.code}?index` });
  };
  const onKeyDown = (event: KeyboardEvent<SVGGElement>) => {
    if (event.key === "Enter") {
      if (shift.days === 0 && shift.end === 0) navigate(`${base}/action/${row.code}`);
      else keep(shift);
    } else if (event.key === "Escape") setShift(none);
    else if (mayChange && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const one = (event.key === "ArrowRight") !== isMirrored(event.currentTarget) ? 1 : -1;
      setShift(event.shiftKey ? { ...shift, end: shift.end + one } : { ...shift, days: shift.days + one });
    } else return;
    event.preventDefault();
  };
  const onPointerDown = (event: PointerEvent<SVGGElement>) => {
    if (!mayChange || event.button !== 0) return;
    const box = event.currentTarget.querySelector("rect")?.getBoundingClientRect();
    const fromEnd = box
      ? isMirrored(event.currentTarget)
        ? event.clientX - box.left
        : box.right - event.clientX
      : edgePx;
    drag.current = { x: event.clientX, end: milestone !== "on" && fromEnd < edgePx, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>) => {
    if (!drag.current) return;
    const whole = event.currentTarget.ownerSVGElement?.getBoundingClientRect().width ?? 1;
    const days = Math.round(
      (((event.clientX - drag.current.x) * (isMirrored(event.currentTarget) ? -1 : 1)) / whole) * width,
    );
    drag.current.moved ||= days !== 0;
    setShift(drag.current.end ? { days: 0, end: days } : { days, end: 0 });
  };
  const onPointerUp = () => {
    const dragged = drag.current;
    drag.current = null;
    if (!dragged) return;
    if (dragged.moved) keep(shift);
    else navigate(`${base}/action/${row.code}`);
  };

  const from = bar.from + shift.days / width;
  const to = Math.max(bar.to + (shift.days + shift.end) / width, from + 1 / width);
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;
  const times = shifted(shift);
  const changed = shift.days !== 0 || shift.end !== 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is a button, and SVG has no element for one
    <g
      className={`plan-bar ${standing}${mayChange ? " movable" : ""}`}
      tabIndex={0}
      role="button"
      aria-label={changed ? t("plan.bar.to", { code: row.code, ...times }) : said}
      aria-describedby={mayChange ? "plan-keys" : undefined}
      {...{ onKeyDown, onPointerDown, onPointerMove, onPointerUp }}
      onPointerCancel={() => {
        drag.current = null;
        setShift(none);
      }}
      onBlur={() => changed && keep(shift)}
    >
      <title>{said}</title>
      {milestone === "on" ? (
        <svg x={percent(to)} y={y} overflow="visible" aria-hidden="true">
          <rect x="-7" y="-7" width="14" height="14" transform="rotate(45)" className="plan-diamond" />
        </svg>
      ) : (
        <rect x={percent(from)} y={y} width={percent(to - from)} height="18" rx="2" className="plan-block" />
      )}
    </g>
  );
}
