import { ChevronDown } from "lucide-react";
import type { ChangeEventHandler } from "react";
import { FieldFrame, type FieldWords } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";
import { Icon } from "./Icon.tsx";

export type Option = { value: string; label: string; lang?: string };
type Props = FieldWords & {
  options: readonly Option[] | readonly { group: string; options: readonly Option[] }[];
  defaultValue?: string;
  /** the line that stands for no choice, such as "Choose a State" */
  emptyLabel?: string;
  onChange?: ChangeEventHandler<HTMLSelectElement>;
};

/** One of a list. The machine's own list: it works on a phone, without script and with a screen reader. */
export function Select({ options, defaultValue, emptyLabel, onChange, ...props }: Props) {
  const { name, label, hint, hintAfter, error, required, id } = props;
  const field = useField(name, label, { error, id });
  return (
    <FieldFrame {...{ name, label, hint, hintAfter, required, field }}>
      <span className="select">
        <select
          id={field.id}
          name={name}
          className="input"
          defaultValue={typeof field.typed === "string" ? field.typed : (defaultValue ?? "")}
          required={required}
          onChange={onChange}
          aria-invalid={field.error ? true : undefined}
          aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
        >
          {emptyLabel !== undefined && <option value="">{emptyLabel}</option>}
          {options.map((entry) =>
            "group" in entry ? (
              <optgroup key={entry.group} label={entry.group}>
                {entry.options.map(line)}
              </optgroup>
            ) : (
              line(entry)
            ),
          )}
        </select>
        <Icon of={ChevronDown} />
      </span>
    </FieldFrame>
  );
}

function line({ value, label, lang }: Option) {
  return (
    <option key={value} value={value} lang={lang}>
      {label}
    </option>
  );
}
