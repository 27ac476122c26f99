import type { ComponentProps } from "react";
import { FieldFrame, type FieldWords } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

type Props = FieldWords & Pick<ComponentProps<"textarea">, "rows" | "maxLength" | "lang"> & { defaultValue?: string };

/** Several lines of text that people write, in whichever direction they write. */
export function TextArea({ defaultValue, rows = 4, ...props }: Props) {
  const { name, label, hint, hintAfter, error, required, id, ...area } = props;
  const field = useField(name, label, { error, id });
  return (
    <FieldFrame {...{ name, label, hint, hintAfter, required, field }}>
      <textarea
        {...area}
        rows={rows}
        id={field.id}
        name={name}
        className="input"
        dir="auto"
        defaultValue={typeof field.typed === "string" ? field.typed : defaultValue}
        required={required}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
      />
    </FieldFrame>
  );
}
