import { useState } from "react";
import { formatDay } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";
import { FieldFrame, type FieldWords } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

/** Days as "2027-12-18". */
type Props = FieldWords & { defaultValue?: string; min?: string; max?: string };

/**
 * A day of the calendar. The browser's own field shows days in the order of its machine; the words beside it say which
 * day is meant, so that 4/9 and 9/4 cannot be mixed up.
 */
export function DateField({ defaultValue, min, max, ...props }: Props) {
  const { i18n } = useTranslation();
  const { name, label, hint, hintAfter, error, required, id } = props;
  const field = useField(name, label, { error, id });
  const first = (typeof field.typed === "string" ? field.typed : defaultValue) ?? "";
  const [day, setDay] = useState(first);
  // 30 February would be read as 2 March: a day that does not come back as itself is none.
  const read = /^\d{4}-\d{2}-\d{2}$/.test(day) ? new Date(`${day}T12:00:00Z`) : null;
  const isDay = read !== null && !Number.isNaN(read.getTime()) && read.toISOString().startsWith(day);
  return (
    <FieldFrame {...{ name, label, hint, hintAfter, required, field }}>
      <span className="date-line">
        <input
          type="date"
          id={field.id}
          name={name}
          className="input num"
          defaultValue={first}
          min={min}
          max={max}
          required={required}
          onChange={(event) => setDay(event.currentTarget.value)}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
        />
        <span className="date-words">{isDay && formatDay(day, i18n.language, "full")}</span>
      </span>
    </FieldFrame>
  );
}
