import type { ChangeEventHandler, ReactNode } from "react";
import { HintAndError, Optional } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

export type Choice = { value: string; label: ReactNode; hint?: ReactNode };
export type ChoiceGroupProps = {
  name: string;
  label: string;
  options: readonly Choice[];
  hint?: ReactNode;
  error?: string;
  required?: boolean;
  /** many short answers side by side */
  columns?: boolean;
  onChange?: ChangeEventHandler<HTMLInputElement>;
};

type Props = ChoiceGroupProps & { kind: "radio" | "checkbox"; chosen: readonly string[] };

/** A question with its answers: the body of RadioGroup and CheckboxGroup. */
export function ChoiceGroup({ kind, name, label, options, hint, error, required, columns, chosen, onChange }: Props) {
  const field = useField(name, label, { error });
  const typed = field.typed === undefined ? chosen : [field.typed].flat();
  return (
    // Not a fieldset: its legend would stand outside the bar that marks a problem.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles can be named and described
    <div
      role={kind === "radio" ? "radiogroup" : "group"}
      aria-labelledby={`${field.id}-label`}
      className={field.error ? "field-row error-field" : "field-row"}
      aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
    >
      <p className="label" id={`${field.id}-label`}>
        {label} <Optional shown={required === false} />
      </p>
      <HintAndError field={field} hint={hint} />
      <div className={columns ? "checks columns" : "checks"}>
        {options.map((option, index) => (
          <label className="check" key={option.value}>
            <input
              type={kind}
              className={kind === "radio" ? "box round" : "box"}
              // The summary of problems leads to the first answer.
              id={index === 0 ? field.id : undefined}
              name={name}
              value={option.value}
              defaultChecked={typed.includes(option.value)}
              onChange={onChange}
              aria-invalid={field.error ? true : undefined}
            />
            <span>
              <b>{option.label}</b>
              {option.hint && <span className="hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </div>
  );
}
