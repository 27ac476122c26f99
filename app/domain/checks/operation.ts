import { clauses, findClause } from "../templates/agreement.ts";
import { type Finding, finding } from "./finding.ts";
import { dayAfter, dayBefore, plannedPeriod } from "./planned-period.ts";
import { dayOf, isEmpty, listOf, type Row, rowsOf } from "./rows.ts";
import { type Arrangement, atom, type ClauseView } from "./text-view.ts";

/** V14: the team acts on the territory of parties only. */
export function checkStatesOfOperation({ fields, facts }: Arrangement): Finding[] {
  const parties = new Set(facts.parties.map((party) => party.state));
  const states = listOf(fields, "statesOfOperation").filter((state) => !parties.has(state));
  if (states.length === 0) return [];
  const place = { kind: "field", field: "statesOfOperation" } as const;
  return [finding("V14", "V14", { clause: "C06", values: { states }, place })];
}

/** How the word begins, for the languages in which we know it. */
const sovereignty: Record<string, RegExp> = {
  en: /sovereign/i,
  fr: /souverain/i,
  es: /soberan/i,
  pt: /soberan/i,
  ru: /суверен/i,
  ar: /سياد/,
  zh: /主权/,
};

/** V15: the clause on sovereignty is there and says so (art. 19, third sentence). It may be worded, not taken out, and so may the other clauses that the template fixes. */
export function checkSovereignty({ texts, fields }: Arrangement): Finding[] {
  const text = texts[0];
  const clause = text?.byId.get(sovereigntyId);
  const words = clause?.blocks.filter((block) => !block.title).map((block) => block.text.replaceAll(atom, ""));
  const said = words?.join(" ") ?? "";
  const known = text && sovereignty[text.language.split("-", 1)[0] ?? ""];
  const holds = said.trim() !== "" && (!known || known.test(said)) && fields.sovereigntyClause !== false;
  const missing = holds ? [] : [finding("V15", "V15", { clause: sovereigntyId })];
  return [...missing, ...otherFixed.filter((id) => !hasWords(text?.byId.get(id))).map(emptied)];
}

const sovereigntyId = "C06";
/** Use limitation and data protection: what they must say, no word shows; that they say something does. */
const otherFixed = clauses.filter(({ id, fixed }) => fixed && id !== sovereigntyId).map(({ id }) => id);

const hasWords = (clause: ClauseView | undefined) =>
  clause?.blocks.some((block) => !block.title && block.text.trim() !== "") ?? false;

const emptied = (clause: string) => finding("V15", "V15-empty", { clause });

/** V15 for annexes: no clause that the template fixes was emptied. */
export function checkFixedClauses({ texts }: Arrangement): Finding[] {
  return (texts[0]?.clauses ?? [])
    .filter((clause) => findClause(clause.id)?.fixed && !hasWords(clause))
    .map(({ id }) => emptied(id));
}

type Leader = { from: string; to: string };

/** V16: each State of operation has exactly one leader on each day of the period. Days without a date reach its ends. */
export function checkLeaders({ fields, facts }: Arrangement): Finding[] {
  const period = plannedPeriod(fields, facts);
  const ends = typeof period === "string" ? { first: facts.today, last: "9999-12-30" } : period;
  const bounded = (row: Row): Leader => ({ from: dayOf(row.from) ?? ends.first, to: dayOf(row.to) ?? ends.last });
  const byState = new Map<unknown, Leader[]>();
  for (const row of rowsOf(fields, "leaders").filter((one) => !isEmpty(one.personRef))) {
    byState.set(row.state, [...(byState.get(row.state) ?? []), bounded(row)]);
  }
  const at = { clause: "C07", place: { kind: "field", field: "leaders" } } as const;
  const found: Finding[] = [];
  const without: string[] = [];
  for (const state of listOf(fields, "statesOfOperation")) {
    const leaders = byState.get(state);
    if (!leaders) without.push(state);
    else found.push(...faultsOf(state, leaders, ends).map((one) => finding("V16", one.sentence, { ...at, ...one })));
  }
  if (without.length > 0) found.push(finding("V16", "V16-none", { ...at, values: { states: without } }));
  return found;
}

/** One walk along the days in their order: whoever comes must begin on the day after the one before has ended. */
function faultsOf(state: string, leaders: Leader[], { first, last }: { first: string; last: string }) {
  const faults: { sentence: "V16-gap" | "V16-several"; values: { states: string[]; day: string; until: string } }[] =
    [];
  const say = (sentence: "V16-gap" | "V16-several", day: string, until: string) =>
    faults.push({ sentence, values: { states: [state], day, until } });
  let covered = dayBefore(first);
  for (const { from, to } of [...leaders].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (to < first || from > last) continue;
    const next = dayAfter(covered);
    if (from > next) say("V16-gap", next, dayBefore(from));
    if (from <= covered && covered >= first) say("V16-several", from, earlier(to, covered));
    if (to > covered) covered = to;
  }
  if (covered < last) say("V16-gap", dayAfter(covered), last);
  return faults;
}

/** Days are texts that compare as days do. */
const earlier = (a: string, b: string) => (a.localeCompare(b) < 0 ? a : b);
