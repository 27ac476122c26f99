import { stateName } from "../names/names.ts";
import { comparedWith, digestOfPair } from "./comparison.ts";
import { type Finding, finding } from "./finding.ts";
import { listOf } from "./rows.ts";
import { type Arrangement, atom, type ClauseView, type TextView } from "./text-view.ts";
import { withoutReferences } from "./wording.ts";

const place = { kind: "field", field: "authenticLanguages" } as const;

function authenticTexts({ fields, texts }: Arrangement): TextView[] {
  const authentic = new Set(listOf(fields, "authenticLanguages"));
  return texts.filter((text) => authentic.has(text.language));
}

const bodyOf = (clause: ClauseView | undefined) =>
  (clause?.blocks ?? [])
    .filter((block) => !block.title)
    .map((block) => block.text)
    .join("\n");

/** A text that was begun has the values in their places before it has words. */
const wordsOf = (clause: ClauseView | undefined) => bodyOf(clause).replaceAll(atom, "").trim();

/** V32: each authentic language has words for each clause. Several languages are one finding, until they are written. */
export function checkComplete({ fields, texts }: Arrangement): Finding[] {
  const authentic = listOf(fields, "authenticLanguages");
  if (authentic.length === 0) return [finding("V32", "V32-none", { clause: "C23", place })];
  const byLanguage = new Map(texts.map((text) => [text.language, text]));
  const missing = new Set<string>();
  const languages = authentic.filter((language) => {
    const lacking = (texts[0]?.clauses ?? []).filter(({ id }) => {
      const clause = byLanguage.get(language)?.byId.get(id);
      return wordsOf(clause) === "";
    });
    for (const { id } of lacking) missing.add(id);
    return lacking.length > 0;
  });
  if (languages.length === 0) return [];
  return [finding("V32", "V32-missing", { clause: "C23", values: { count: missing.size, languages }, place })];
}

/** V34: numbers or States differ between two authentic languages of a clause. Fields are alike by themselves. */
export function checkSameNumbers(arrangement: Arrangement): Finding[] {
  const [base, ...others] = authenticTexts(arrangement);
  if (!base || others.length === 0) return [];
  const parties = arrangement.facts.parties.map((party) => party.state);
  const said = new Map(base.clauses.map((clause) => [clause.id, contentOf(clause, base.language, parties)]));
  return others.flatMap(({ language, clauses }) =>
    clauses.flatMap((clause) => {
      const [there, here] = [said.get(clause.id), contentOf(clause, language, parties)];
      return there ? differences(clause.id, { language: base.language, ...there }, { language, ...here }) : [];
    }),
  );
}

/**
 * V33: where no language prevails, somebody has compared each clause in each other authentic language with the one the
 * text began in, and neither was changed since. What is not written yet is missing (V32), not out of step.
 */
export function checkCompared(arrangement: Arrangement): Finding[] {
  const { fields, texts, facts } = arrangement;
  const { prevailingLanguage: prevailing } = fields;
  if (typeof prevailing === "string" && prevailing !== "" && prevailing !== "none") return [];
  const base = texts.find(({ language }) => language === comparedWith(texts.map((text) => text.language)));
  const others = authenticTexts(arrangement).filter((text) => text !== base);
  if (!base || others.length === 0) return [];
  const compared = new Set(facts.comparisons?.map(({ clause, language, digest }) => `${clause} ${language} ${digest}`));
  return others.flatMap(({ language, clauses }) => {
    const open = clauses.filter((clause) => {
      const there = base.byId.get(clause.id);
      if (!there || wordsOf(there) === "" || wordsOf(clause) === "") return false;
      return !compared.has(`${clause.id} ${language} ${digestOfPair(there, clause)}`);
    });
    const [first] = open;
    if (!first) return [];
    const values = { languages: [language, base.language], count: open.length, words: numbersOf(open, base) };
    return [finding("V33", "V33", { clause: first.id, values })];
  });
}

const numbersOf = (clauses: readonly ClauseView[], { byId }: TextView) =>
  clauses.map(({ id }) => byId.get(id)?.number).join(", ");

type Content = { language: string; words: string; numbers: string; states: string };

function contentOf(clause: ClauseView, language: string, parties: readonly string[]): Omit<Content, "language"> {
  const words = withoutReferences(bodyOf(clause), language);
  const numbers = [...westernDigits(words).matchAll(/\d+(?:[.,]\d+)*/g)].map(([number]) => number);
  const states = parties.filter((state) => words.includes(stateName(state, language)));
  return { words, numbers: sorted(numbers), states: sorted(states) };
}

/** Each once: a language may say twice what another says once. */
const sorted = (items: readonly string[]) => [...new Set(items)].sort().join(", ");

function differences(clause: string, one: Content, other: Content): Finding[] {
  // A clause that is not written yet in one of them is not different but missing (V32).
  if ([one, other].some(({ words }) => words.replaceAll(atom, "").trim() === "")) return [];
  const languages = [one.language, other.language];
  const found: Finding[] = [];
  if (one.numbers !== other.numbers) {
    const values = { languages, words: one.numbers || "–", other: other.numbers || "–" };
    found.push(finding("V34", "V34-numbers", { clause, values }));
  }
  if (one.states !== other.states) found.push(finding("V34", "V34-states", { clause, values: { languages } }));
  return found;
}

/** Arabic-Indic and extended digits as the digits of the others. */
function westernDigits(text: string): string {
  if (!/[\u0660-\u0669\u06f0-\u06f9]/.test(text)) return text;
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** V35: the language that prevails is one of those that are authentic. */
export function checkPrevailing({ fields }: Arrangement): Finding[] {
  const prevailing = fields.prevailingLanguage;
  if (typeof prevailing !== "string" || prevailing === "" || prevailing === "none") return [];
  if (listOf(fields, "authenticLanguages").includes(prevailing)) return [];
  const at = { kind: "field", field: "prevailingLanguage" } as const;
  return [finding("V35", "V35", { clause: "C23", values: { languages: [prevailing] }, place: at })];
}
