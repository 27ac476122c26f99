import { FieldFrame, type FieldWords } from "./FieldFrame.tsx";
import { describedBy, useField } from "./form-context.ts";

/** Choosing a file, with the browser's own button: it works on a phone, without script and with a screen reader. */
export function FileField({ accept, ...words }: FieldWords & { accept: string }) {
  const { name, label, hint, error, id } = words;
  const field = useField(name, label, { error, id });
  return (
    <FieldFrame {...words} field={field}>
      <input
        type="file"
        id={field.id}
        name={name}
        accept={accept}
        className="input file"
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy([hint ? field.hintId : false, field.error && field.errorId])}
      />
    </FieldFrame>
  );
}
