import type { ComponentProps, ReactNode } from "react";
import { FieldFrame, type FieldWords } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

export type TextFieldProps = FieldWords &
  Pick<
    ComponentProps<"input">,
    | "type"
    | "lang"
    | "autoComplete"
    | "inputMode"
    | "maxLength"
    | "min"
    | "max"
    | "autoFocus"
    | "readOnly"
    | "onChange"
    | "spellCheck"
    | "placeholder"
  > & {
    defaultValue?: string;
    /** mail addresses, digests and codes stay left to right in every language */
    dir?: "ltr" | "auto";
    labelEnd?: ReactNode;
    /** secrets are not given back with a refusal */
    forget?: boolean;
    className?: string;
  };

/** One line of text. Uncontrolled: what is typed before the script is there is kept. */
export function TextField({ labelEnd, defaultValue, dir, forget, className, ...props }: TextFieldProps) {
  const { name, label, hint, hintAfter, error, required, id, type = "text", ...input } = props;
  const field = useField(name, label, { error, id });
  const leftToRight = dir === "ltr" || type === "email" || type === "url" || type === "tel";
  const classes = ["input", leftToRight && "ltr", className].filter(Boolean).join(" ");
  return (
    <FieldFrame {...{ name, label, hint, hintAfter, required, labelEnd, field }}>
      <input
        {...input}
        type={type}
        id={field.id}
        name={name}
        className={classes}
        dir={leftToRight ? "ltr" : (dir ?? "auto")}
        defaultValue={typeof field.typed === "string" && !forget ? field.typed : defaultValue}
        required={required}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
      />
    </FieldFrame>
  );
}
