import "#app/i18n/english/editor.ts";
import { fits } from "#app/domain/documents/field-values.ts";
import type { FieldType } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { Problem, useDraft } from "./draft.tsx";

export type ControlProps<Kind extends FieldType["kind"] = FieldType["kind"]> = {
  /** of the field or the column */
  name: string;
  type: FieldType & { kind: Kind };
  label: string;
  value: unknown;
  id: string;
  /** undefined takes the value away */
  onChange: (value: unknown) => void;
};

const textOf = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");

export function LineControl({ value, onChange, id }: ControlProps) {
  const { input } = useDraft(textOf(value), (text) => {
    onChange(text.trim() || undefined);
    return null;
  });
  return <input {...input} id={id} className="input" type="text" dir="auto" maxLength={500} />;
}

export function LongControl({ value, onChange, id }: ControlProps) {
  const { input } = useDraft(textOf(value), (text) => {
    onChange(text.trim() || undefined);
    return null;
  });
  return <textarea {...input} id={id} className="input" dir="auto" rows={3} maxLength={5000} />;
}

export function NumberControl({ type, value, onChange, id }: ControlProps<"number">) {
  const { t } = useTranslation();
  const { min = 0, max } = type;
  const { input, problem } = useDraft(textOf(value), (text) => {
    const next = text.trim() === "" ? undefined : Number(text);
    if (next !== undefined && !fits(type, next))
      return max === undefined ? t("editor.panel.wrong.number", { min }) : t("editor.panel.wrong.range", { min, max });
    onChange(next);
    return null;
  });
  return (
    <>
      <input {...input} id={id} className="input num" inputMode="decimal" aria-describedby={`${id}-p`} dir="ltr" />
      <Problem id={`${id}-p`} text={problem} />
    </>
  );
}

export function DayControl({ type, value, onChange, id, label }: ControlProps<"date" | "dates">) {
  const { t } = useTranslation();
  const { input, problem } = useDraft(textOf(value), (text) => {
    if (text !== "" && !fits({ kind: "date" }, text)) return t("editor.panel.wrong.date");
    onChange(text || undefined);
    return null;
  });
  return (
    <>
      <input
        {...input}
        id={id}
        aria-label={type.kind === "dates" ? label : undefined}
        className="input"
        type="date"
        min="1900-01-01"
        max="2199-12-31"
        aria-describedby={`${id}-p`}
      />
      <Problem id={`${id}-p`} text={problem} />
    </>
  );
}

const durationParts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/;

/** Months and days; a year is twelve months, a week seven days. */
export function DurationControl({ type, value, onChange, id, label }: ControlProps<"duration">) {
  const { t } = useTranslation();
  const [years = 0, months = 0, weeks = 0, days = 0] = (durationParts.exec(textOf(value)) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  const now = { months: years * 12 + months, days: weeks * 7 + days };
  const set = (part: "months" | "days", text: string) => {
    const count = Number(text || 0);
    const next = { ...now, [part]: count };
    const duration = `P${next.months ? `${next.months}M` : ""}${next.days ? `${next.days}D` : ""}`;
    const isNothing = duration === "P";
    if (!Number.isInteger(count) || count < 0 || !(isNothing || fits(type, duration)))
      return t("editor.panel.wrong.duration", { count: type.maxYears ?? 20 });
    onChange(isNothing ? undefined : duration);
    return null;
  };
  return (
    <span className="p-duration">
      <Part
        id={id}
        label={label}
        unit={t("editor.panel.months")}
        count={now.months}
        set={(text) => set("months", text)}
      />
      <Part
        id={`${id}-d`}
        label={label}
        unit={t("editor.panel.days")}
        count={now.days}
        set={(text) => set("days", text)}
      />
    </span>
  );
}

type PartProps = { id: string; label: string; unit: string; count: number; set: (text: string) => string | null };

function Part({ id, label, unit, count, set }: PartProps) {
  const { input, problem } = useDraft(String(count), set);
  return (
    <span>
      <span className="p-unit">
        <input
          {...input}
          id={id}
          aria-label={`${label}, ${unit}`}
          className="input num"
          inputMode="numeric"
          aria-describedby={`${id}-p`}
          dir="ltr"
        />
        <span>{unit}</span>
      </span>
      <Problem id={`${id}-p`} text={problem} />
    </span>
  );
}
