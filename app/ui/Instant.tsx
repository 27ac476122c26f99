import { formatInstant, type InstantForm } from "#app/i18n/dates.ts";
import { useTranslation } from "#app/i18n/translation.ts";

type Props = { at: string | Date; zone: string; form?: InstantForm };

/** An instant in words, in the reader's zone and UTC; the machine-readable one stands behind it. */
export function Instant({ at, zone, form = "full" }: Props) {
  const { i18n } = useTranslation();
  const iso = typeof at === "string" ? at : at.toISOString();
  return <time dateTime={iso}>{formatInstant(at, { language: i18n.language, zone, form })}</time>;
}
