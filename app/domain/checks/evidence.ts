import { type Finding, finding } from "./finding.ts";
import { plannedPeriod } from "./planned-period.ts";
import { cellOf, dayOf, isEmpty, listOf, rowsOf, withoutRow } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** What an order says besides its period. */
const named = ["state", "authority", "orderRef"];

/** V23: a special technique has an order, which names its State and falls into the period (art. 20). */
export function checkTechniques({ fields, facts }: Arrangement): Finding[] {
  const place = { kind: "field", field: "authorisations" } as const;
  const orders = rowsOf(fields, "authorisations");
  const period = plannedPeriod(fields, facts);
  return listOf(fields, "specialTechniques")
    .filter((technique) => technique !== "none")
    .flatMap((technique) => {
      const at = { clause: "C12", place, values: { choices: { field: "specialTechniques", options: [technique] } } };
      const own = orders.filter((row) => codeOf(row.technique) === technique);
      if (own.length === 0) return [finding("V23", "V23-none", at)];
      const incomplete = own.find((row) => named.some((column) => isEmpty(row[column])));
      if (incomplete) {
        const column = named.find((one) => isEmpty(incomplete[one])) ?? "state";
        return [finding("V23", "V23-row", { ...at, place: cellOf(fields, "authorisations", incomplete, column) })];
      }
      const outside = own.find((row) => {
        const [from, to] = [dayOf(row.validFrom), dayOf(row.validTo)];
        if (from === null || to === null || from > to) return true;
        if (typeof period === "string") return false;
        return to > period.last || (period.fixed && from < period.first);
      });
      if (!outside) return [];
      return [finding("V23", "V23-period", { ...at, place: cellOf(fields, "authorisations", outside, "validFrom") })];
    });
}

/** "Controlled delivery" as people write it, "controlled_delivery" as the choice has it. */
function codeOf(value: unknown): string {
  return String(value ?? "")
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
}

const sources = ["exchangeRule", "preJitMaterial", "nonPartyMaterial"];

/** V24: the three sources of evidence have three rules. */
export function checkSources({ fields }: Arrangement): Finding[] {
  const missing = sources.filter((name) => isEmpty(fields[name]));
  const [first] = missing;
  if (!first) return [];
  return [
    finding("V24", "V24", { clause: "C13", values: { fields: missing }, place: { kind: "field", field: first } }),
  ];
}

/** V25: what the team finds may be used for the purpose of the team. */
export function checkUses({ fields }: Arrangement): Finding[] {
  if (listOf(fields, "permittedUses").includes("jit_purpose")) return [];
  return [finding("V25", "V25", { clause: "C14", place: { kind: "field", field: "permittedUses" } })];
}

/** V26: an offence may carry the death penalty, and no assurance is chosen. */
export function checkDeathPenalty({ fields }: Arrangement): Finding[] {
  const { deathPenaltyAssurance: assurance } = fields;
  if (!isEmpty(assurance) && assurance !== "not_relevant") return [];
  const open = rowsOf(fields, "offences").filter((row) => row.deathPenaltyPossible !== "no");
  if (open.length === 0) return [];
  const states = [...new Set(open.map((row) => String(row.partyIso ?? "")))];
  const place = { kind: "field", field: "deathPenaltyAssurance" } as const;
  const lookedAt = [open, assurance ?? null];
  return [finding("V26", "V26", { clause: "C14", values: { states }, place, lookedAt })];
}

/** V27: each party says what it must disclose. */
export function checkDisclosure({ fields, facts }: Arrangement): Finding[] {
  const said = rowsOf(fields, "disclosureRules").filter((row) => !isEmpty(row.agreementDisclosable));
  const states = withoutRow(
    facts.parties.map((party) => party.state),
    said,
    "partyIso",
  );
  const place = { kind: "field", field: "disclosureRules" } as const;
  return states.length > 0 ? [finding("V27", "V27", { clause: "C15", values: { states }, place })] : [];
}

/** V28: what one party keeps back, another shows: it will be known through the other's court. */
export function checkDisclosureAlike({ fields }: Arrangement): Finding[] {
  const rows = rowsOf(fields, "disclosureRules");
  const keeping = rows.filter((row) => row.agreementDisclosable === "no" || row.agreementDisclosable === "redacted");
  const [first] = keeping;
  if (!first || !rows.some((row) => row.agreementDisclosable === "yes")) return [];
  const states = keeping.map((row) => String(row.partyIso ?? ""));
  const place = cellOf(fields, "disclosureRules", first, "agreementDisclosable");
  const lookedAt = rows.map((row) => [row.partyIso, row.agreementDisclosable]);
  return [finding("V28", "V28", { clause: "C15", values: { states }, place, lookedAt })];
}

/** How people begin the name of a category, in the order in which it is tried. */
const categories = [
  ["non-operational", /^non.?oper/i],
  ["operational", /^oper/i],
  ["logs", /^log/i],
] as const;

/** V29: operational data, other data and logs each have an end. */
export function checkRetention({ fields }: Arrangement): Finding[] {
  const kept = rowsOf(fields, "retention").filter((row) => !isEmpty(row.period));
  const names = kept.map((row) => String(row.category ?? "").trim());
  const missing = categories.filter(([, begins]) => !names.some((name) => begins.test(name))).map(([name]) => name);
  if (missing.length === 0) return [];
  const place = { kind: "field", field: "retention" } as const;
  return [
    finding("V29", "V29", { clause: "C16", values: { choices: { field: "retention", options: missing } }, place }),
  ];
}

/** Days for which the EU platform keeps content at most. */
const benchmarkDays = 28;

/** V31: content is kept longer than the EU benchmark. */
export function checkContentRetention({ fields }: Arrangement): Finding[] {
  const days = fields.contentRetentionDays;
  if (typeof days !== "number" || days <= benchmarkDays) return [];
  const place = { kind: "field", field: "contentRetentionDays" } as const;
  return [finding("V31", "V31", { clause: "C13", values: { count: days }, place })];
}
