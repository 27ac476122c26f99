import { OctagonX } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { Icon } from "./Icon.tsx";

export type FieldWords = {
  name: string;
  label: string;
  hint?: ReactNode;
  /** below the input, for what follows from the value */
  hintAfter?: ReactNode;
  /** a reason, when the form around it does not carry it already */
  error?: string;
  /** false writes "(not required)" beside the label */
  required?: boolean;
  id?: string;
};

type Props = Omit<FieldWords, "error"> & {
  field: { id: string; hintId: string; errorId: string; error?: string };
  /** at the end of the label's line, such as "Show password" */
  labelEnd?: ReactNode;
  children: ReactNode;
};

/** Label above, hint below it, problem above the input. */
export function FieldFrame({ field, label, hint, hintAfter, required, labelEnd, children }: Props) {
  const name = (
    <label className="label" htmlFor={field.id}>
      {label} <Optional shown={required === false} />
    </label>
  );
  return (
    <div className={field.error ? "field-row error-field" : "field-row"}>
      {labelEnd ? (
        <div className="label-line">
          {name}
          {labelEnd}
        </div>
      ) : (
        name
      )}
      <HintAndError field={field} hint={hint} />
      {children}
      {hintAfter && <p className="hint after">{hintAfter}</p>}
    </div>
  );
}

export function HintAndError({ field, hint }: { field: Props["field"]; hint?: ReactNode }) {
  return (
    <>
      {hint && (
        <p className="hint" id={field.hintId}>
          {hint}
        </p>
      )}
      {field.error && (
        <p className="error-text" id={field.errorId}>
          <Icon of={OctagonX} />
          <span>{field.error}</span>
        </p>
      )}
    </>
  );
}

export function Optional({ shown }: { shown: boolean }) {
  const { t } = useTranslation();
  return shown ? <span className="optional">{t("shell.optional")}</span> : null;
}
