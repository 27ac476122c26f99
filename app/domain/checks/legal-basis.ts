import { type Finding, finding } from "./finding.ts";
import { isEmpty, rowsOf, withoutRow } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** V01: a joint team needs two States (art. 19). */
export function checkTwoStates({ facts }: Arrangement): Finding[] {
  if (new Set(facts.parties.map((party) => party.state)).size >= 2) return [];
  return [finding("V01", "V01", { clause: "C02" })];
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
