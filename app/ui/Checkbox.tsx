import type { ReactNode } from "react";
import { HintAndError } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

type Props = {
  name: string;
  label: ReactNode;
  value?: string;
  hint?: ReactNode;
  defaultChecked?: boolean;
  error?: string;
  required?: boolean;
  /** a sentence that binds: lines above and below */
  weighty?: boolean;
};

/** One sentence to say yes to. */
export function Checkbox({ name, label, value = "on", hint, defaultChecked, error, required, weighty }: Props) {
  const field = useField(name, typeof label === "string" ? label : "", { error });
  const box = (
    <label className="check">
      <input
        type="checkbox"
        className="box"
        id={field.id}
        name={name}
        value={value}
        defaultChecked={field.typed === undefined ? defaultChecked : field.typed === value}
        required={required}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
      />
      <span>
        <b>{label}</b>
        {hint && (
          <span className="hint" id={field.hintId}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
  return (
    <div className={["field-row", field.error && "error-field", weighty && "sure"].filter(Boolean).join(" ")}>
      <HintAndError field={field} />
      {box}
    </div>
  );
}
