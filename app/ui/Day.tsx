import { useTranslation } from "react-i18next";
import { formatDay } from "#app/i18n/dates.ts";

type Props = { date: string; form?: "full" | "long" | "list" };

/** A day of the calendar, "2027-12-18", in words. */
export function Day({ date, form = "long" }: Props) {
  const { i18n } = useTranslation();
  return <time dateTime={date}>{formatDay(date, i18n.language, form)}</time>;
}
