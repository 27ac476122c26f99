import type { Field } from "#app/domain/templates/fields.ts";
import { useTranslation } from "#app/i18n/translation.ts";

export type ControlProps = {
  field: Field;
  label: string;
  value: unknown;
  id: string;
  /** undefined takes the value away */
  onChange: (value: unknown) => void;
};

/*
 * What is typed is written into the text when the person leaves the field or presses Enter: a value is one change, not
 * one for each letter. The key makes the control follow a value that somebody else has set.
 */
const onEnter = (event: React.KeyboardEvent<HTMLInputElement>) => {
  if (event.key === "Enter") event.currentTarget.blur();
};

const durationParts = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/;
const longest = { months: 240, days: 3650 };

/** Months and days; a year is twelve months. */
export function DurationControl({ value, onChange, id, label }: ControlProps) {
  const { t } = useTranslation();
  const [, years, months, days] = durationParts.exec(typeof value === "string" ? value : "") ?? [];
  const now = { months: Number(years ?? 0) * 12 + Number(months ?? 0), days: Number(days ?? 0) };
  const set = (part: "months" | "days", text: string) => {
    const next = { ...now, [part]: Math.min(longest[part], Math.max(0, Math.trunc(Number(text) || 0))) };
    const duration = `P${next.months ? `${next.months}M` : ""}${next.days ? `${next.days}D` : ""}`;
    if (duration !== value) onChange(duration === "P" ? undefined : duration);
  };
  const part = (name: "months" | "days", own: { id?: string; "aria-label"?: string }) => (
    <span className="p-unit">
      <input
        {...own}
        key={now[name]}
        className="input num"
        type="number"
        min={0}
        max={longest[name]}
        defaultValue={now[name]}
        onKeyDown={onEnter}
        onBlur={({ target }) => set(name, target.value)}
      />
      <span>{t(`editor.panel.${name}`)}</span>
    </span>
  );
  return (
    <span className="p-duration">
      {part("months", { id, "aria-label": `${label}, ${t("editor.panel.months")}` })}
      {part("days", { "aria-label": `${label}, ${t("editor.panel.days")}` })}
    </span>
  );
}

export function NumberControl({ field, value, onChange, id }: ControlProps) {
  const { min = 0, max } = field.type as { min?: number; max?: number };
  const now = typeof value === "number" ? value : "";
  return (
    <input
      key={now}
      id={id}
      className="input num"
      type="number"
      min={min}
      max={max}
      defaultValue={now}
      onKeyDown={onEnter}
      onBlur={({ target }) => {
        const next = target.value === "" ? undefined : Math.min(max ?? Infinity, Math.max(min, Number(target.value)));
        if (next !== (now === "" ? undefined : now)) onChange(next);
      }}
    />
  );
}

export function LineControl({ value, onChange, id, type }: ControlProps & { type: "text" | "date" }) {
  const text = typeof value === "string" ? value : "";
  return (
    <input
      key={text}
      id={id}
      className="input"
      type={type}
      dir="auto"
      maxLength={500}
      defaultValue={text}
      onKeyDown={onEnter}
      onBlur={({ target }) => target.value !== text && onChange(target.value || undefined)}
    />
  );
}

/** Words in the language of the reader, beside those in other languages. */
export function LocalizedControl({ value, onChange, ...rest }: ControlProps) {
  const { i18n } = useTranslation();
  const others = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const own = typeof value === "string" ? value : others[i18n.language];
  return (
    <LineControl
      {...rest}
      type="text"
      value={own}
      onChange={(next) => onChange({ ...others, [i18n.language]: next ?? "" })}
    />
  );
}

/** Several short words in one line, with commas between them. */
export function ListedControl({ value, onChange, ...rest }: ControlProps) {
  const words = Array.isArray(value) ? value.map(String).join(", ") : value;
  const items = (text: unknown) =>
    String(text ?? "")
      .split(/[,،;]/)
      .map((item) => item.trim())
      .filter(Boolean);
  return (
    <LineControl
      {...rest}
      type="text"
      value={words}
      onChange={(next) => onChange(items(next).length > 0 ? items(next) : undefined)}
    />
  );
}

export function LongControl({ value, onChange, id }: ControlProps) {
  const { i18n } = useTranslation();
  const localized = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  const text = String((localized ? localized[i18n.language] : value) ?? "");
  const set = (next: string) => onChange(localized ? { ...localized, [i18n.language]: next } : next || undefined);
  return (
    <textarea
      key={text}
      id={id}
      className="input"
      dir="auto"
      rows={3}
      maxLength={5000}
      defaultValue={text}
      onBlur={({ target }) => target.value !== text && set(target.value)}
    />
  );
}
