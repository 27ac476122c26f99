/**
 * Days and instants in words. Language and zone are always given, and the parts are put together here, so that server
 * and browser write the same characters whatever machine they run on.
 */
export type InstantForm = "full" | "day" | "date" | "list" | "short" | "time" | "legal";
type Options = { language: string; zone: string; form?: InstantForm };

/**
 * - full  "Wednesday 25 November 2026, 13:00 Almaty (08:00 UTC)"
 * - day   "Wednesday 25 November 2026"
 * - date  "25 November 2026"
 * - list  "Wed 25 Nov"
 * - short "25 Nov 2025": in lists that reach into other years
 * - time  "13:00"
 * - legal "25 November 2026, 08:00:00 UTC": for instants that have an effect in law
 */
export function formatInstant(at: string | Date, { language, zone, form = "full" }: Options): string {
  const instant = typeof at === "string" ? new Date(at) : at;
  if (form === "legal") return `${dayInWords(instant, language, "UTC", "long")}, ${time(instant, "UTC", true)} UTC`;
  if (form === "time") return time(instant, zone);
  if (form === "list" || form === "short") return dayInWords(instant, language, zone, form);
  if (form === "date") return dayInWords(instant, language, zone, "long");
  if (form === "day") return dayInWords(instant, language, zone, "full");
  const local = `${dayInWords(instant, language, zone, "full")}, ${time(instant, zone)} ${zoneName(zone)}`;
  return zone === "UTC" ? local : `${local} (${time(instant, "UTC")} UTC)`;
}

/** A day without a time, "2026-11-25": "25 November 2026", with the weekday when full, "Wed 25 Nov" in lists. */
export function formatDay(date: string, language: string, form: "full" | "long" | "list" = "long"): string {
  return dayInWords(new Date(`${date}T12:00:00Z`), language, "UTC", form);
}

/** "08:00:00" or "08:00" at a zone; always 24 hours and Western digits. */
export function time(instant: Date, zone: string, seconds = false): string {
  const { hour, minute, second } = parts(instant, "en-GB", zone, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return seconds ? `${hour}:${minute}:${second}` : `${hour}:${minute}`;
}

/** The place of a zone: "Asia/Almaty" is "Almaty", "America/Port_of_Spain" is "Port of Spain". */
export function zoneName(zone: string): string {
  return zone === "UTC" || zone === "Etc/UTC" ? "UTC" : (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** Whole days from now until the instant, counted by the calendar of the zone. */
export function daysUntil(at: string | Date, now: string | Date, zone: string): number {
  return Math.round((dayNumber(new Date(at), zone) - dayNumber(new Date(now), zone)) / 86_400_000);
}

function dayNumber(instant: Date, zone: string): number {
  const { year, month, day } = parts(instant, "en-GB", zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  return Date.UTC(Number(year), Number(month) - 1, Number(day));
}

function dayInWords(instant: Date, language: string, zone: string, form: "full" | "long" | "list" | "short"): string {
  const list = form === "list";
  const narrow = list || form === "short";
  const options: Intl.DateTimeFormatOptions = {
    ...(form === "long" || form === "short" ? {} : { weekday: list ? "short" : "long" }),
    day: "numeric",
    month: narrow ? "short" : "long",
    ...(list ? {} : { year: "numeric" }),
  };
  if (!language.startsWith("en")) return formatter(language, zone, options).format(instant);
  const { weekday, day, month, year } = parts(instant, "en-GB", zone, options);
  const words = [weekday, day, narrow ? shortMonth(month) : month, year];
  return words.filter(Boolean).join(" ");
}

/** Newer tables write "Sept", older ones "Sep": one of the two, everywhere. */
function shortMonth(month: string | undefined): string | undefined {
  return month === "Sept" ? "Sep" : month;
}

function parts(instant: Date, language: string, zone: string, options: Intl.DateTimeFormatOptions) {
  const found = formatter(language, zone, options).formatToParts(instant);
  return Object.fromEntries(found.map((part) => [part.type, part.value])) as Partial<
    Record<Intl.DateTimeFormatPartTypes, string>
  >;
}

const made = new Map<string, Intl.DateTimeFormat>();
function formatter(language: string, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  const known = made.get(key);
  if (known) return known;
  const locale = `${language}-u-nu-latn-ca-gregory`;
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  made.set(key, format);
  return format;
}
