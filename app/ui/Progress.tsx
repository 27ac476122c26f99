import { type ReactNode, useId } from "react";
import { useTranslation } from "#app/i18n/translation.ts";
import { TextButton } from "./TextButton.tsx";

type Props = { label: string; detail?: ReactNode; value?: number; max?: number; onCancel?: () => void };

/** What, how much, how long. Without a value: that it goes on, where nobody can say how far it is. */
export function Progress({ label, detail, value, max = 100, onCancel }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="prog">
      <p>
        <b id={id}>{label}</b>
        {detail && <span className="num">{detail}</span>}
        {onCancel && <TextButton onPress={onCancel}>{t("shell.cancel")}</TextButton>}
      </p>
      <progress className="prog-bar" value={value} max={max} aria-labelledby={id} />
    </div>
  );
}
