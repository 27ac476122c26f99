import { type Finding, finding } from "./finding.ts";
import { plannedPeriod } from "./planned-period.ts";
import { isEmpty, rowsOf, withoutRow } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** V01: a joint team needs two States (art. 19). */
export function checkTwoStates({ facts }: Arrangement): Finding[] {
  if (new Set(facts.parties.map((party) => party.state)).size >= 2) return [];
  return [finding("V01", "V01", { clause: "C02" })];
}

/** V02: the Convention binds each State by the first day (art. 38(2): thirty days after the deposit). */
export function checkBound({ fields, facts }: Arrangement): Finding[] {
  const period = plannedPeriod(fields, facts);
  const first = typeof period === "string" ? facts.today : period.first;
  const states = facts.parties
    .filter(({ treaty }) => treaty && (treaty.bound === null || treaty.bound > first))
    .map((party) => party.state);
  if (states.length === 0) return [];
  return [finding("V02", "V02", { clause: "C02", values: { states, day: first } })];
}

/** Days after which the status must be looked up again. */
const longestKept = 180;
const dayMs = 24 * 60 * 60 * 1000;

/** V03: what is known about the treaty status is old, or not known at all. */
export function checkTreatyStatus({ facts }: Arrangement): Finding[] {
  const found: Finding[] = [];
  const age = Math.floor((Date.parse(facts.today) - Date.parse(facts.treatyStatusOf)) / dayMs);
  if (age > longestKept) {
    const lookedAt = [facts.treatyStatusOf, facts.parties.map((party) => party.state)];
    found.push(finding("V03", "V03-old", { clause: null, values: { day: facts.treatyStatusOf }, lookedAt }));
  }
  const states = facts.parties.filter(({ treaty }) => !treaty?.verified).map((party) => party.state);
  if (states.length > 0) found.push(finding("V03", "V03-unknown", { clause: null, values: { states } }));
  return found;
}

/** V04: each party has a legal basis, and one is common to all. */
export function checkLegalBases({ fields, facts }: Arrangement): Finding[] {
  const rows = rowsOf(fields, "legalBases").filter((row) => !isEmpty(row.instrumentCode));
  const at = { clause: "C00", place: { kind: "field", field: "legalBases" } } as const;
  const states = withoutRow(
    facts.parties.map((party) => party.state),
    rows,
    "partyIso",
  );
  if (states.length > 0) return [finding("V04", "V04-none", { ...at, values: { states } })];
  const holders = new Map<string, Set<unknown>>();
  for (const row of rows) {
    const code = String(row.instrumentCode).trim().toUpperCase();
    holders.set(code, (holders.get(code) ?? new Set()).add(row.partyIso));
  }
  const common = [...holders.values()].some((of) => facts.parties.every((party) => of.has(party.state)));
  return common || facts.parties.length === 0 ? [] : [finding("V04", "V04-common", at)];
}

/** V05: a delegation has not confirmed that its law allows joint teams. */
export function checkEnablingLaw({ fields, facts }: Arrangement): Finding[] {
  const allowing = rowsOf(fields, "domesticEnablingLaw").filter((row) => row.allowsJIT === true);
  const states = withoutRow(
    facts.parties.map((party) => party.state),
    allowing,
    "partyIso",
  );
  if (states.length === 0) return [];
  const place = { kind: "field", field: "domesticEnablingLaw" } as const;
  return [finding("V05", "V05", { clause: "C00", values: { states }, place })];
}

/** Which clause a declaration touches. */
const touched = { "16": "C18", "18": "C18", "35": "C27" } as const;

/** V06: a State made a declaration on an article that a clause rests on; read the clause with it in mind. */
export function checkDeclarations({ facts }: Arrangement): Finding[] {
  return Object.entries(touched).flatMap(([article, clause]) => {
    const states = facts.parties
      .filter(({ treaty }) => treaty?.declarations.includes(article))
      .map((party) => party.state);
    return states.length > 0 ? [finding("V06", "V06", { clause, values: { states, words: article } })] : [];
  });
}
