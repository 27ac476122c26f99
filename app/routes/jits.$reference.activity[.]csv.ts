import "#app/i18n/english/audit.ts";
import { downloadActivity } from "#app/domain/audit/activity.server.ts";
import { readFilters } from "#app/domain/audit/filters.ts";
import { nameIn } from "#app/domain/jits/jit.ts";
import { csvResponse, inJit } from "#app/http.server.ts";
import { formatInstant, time, zoneName } from "#app/i18n/dates.ts";
import { i18nIn } from "#app/i18n/i18n.ts";
import { problemSentence } from "#app/i18n/problem.ts";
import { aboutInWords, namelessInWords, whatInWords } from "#app/ui/trail/words.ts";

/** The entries that the page shows, as a file for a spreadsheet. Taking it away is itself an entry. */
export const loader = inJit("trail.download", async ({ actor, jit, me, request }) => {
  const { t, language } = i18nIn(me.language);
  const { filters, refusal } = readFilters(new URL(request.url).searchParams);
  if (refusal) {
    const reasons = Object.values(refusal.problems).map((reason) => problemSentence(t, reason));
    return new Response(`${reasons.join("\n")}\n`, {
      status: 422,
      headers: { "Content-Type": "text/plain; charset=utf-8" },
    });
  }
  const zone = me.timeZone;
  const entries = await downloadActivity(actor, jit.id, filters, zone);
  const rows = entries.map((entry) => ({
    number: entry.seq,
    utc: entry.at,
    local: `${formatInstant(entry.at, { language, zone, form: "day" })}, ${time(new Date(entry.at), zone, true)}`,
    state: entry.who.state ?? "",
    authority: entry.who.authority ? nameIn(language, entry.who.authority) : "",
    latinName: entry.who.person?.latinName ?? namelessInWords(t, entry.who),
    name: entry.who.person?.name ?? "",
    action: entry.action,
    what: whatInWords(t, entry),
    about: [...aboutInWords(t, language, entry), entry.about.digest ?? ""].filter(Boolean).join("; "),
    digest: entry.leaf,
  }));
  const heads = t("audit.csv", { returnObjects: true, zone: zoneName(zone) });
  const columns = Object.entries(heads).map(([key, header]) => ({ key, header }));
  return csvResponse(rows, { name: `${jit.reference}-activity.csv`, columns });
});
