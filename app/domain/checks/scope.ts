import { type Finding, finding } from "./finding.ts";
import { cellOf, isEmpty, listOf, rowsOf, withoutRow } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** V07: each party names an offence. */
export function checkOffences({ fields, facts }: Arrangement): Finding[] {
  const named = rowsOf(fields, "offences").filter((row) => !isEmpty(row.offenceLabel));
  const states = withoutRow(
    facts.parties.map((party) => party.state),
    named,
    "partyIso",
  );
  const place = { kind: "field", field: "offences" } as const;
  return states.length > 0 ? [finding("V07", "V07", { clause: "C03", values: { states }, place })] : [];
}

/** V08: a serious crime carries at least four years (art. 2(b)). */
export function checkSeriousCrime({ fields }: Arrangement): Finding[] {
  const below = rowsOf(fields, "offences").filter(
    (row) => row.untocArticle === "2b_serious" && !(Number(row.maxPenaltyYears) >= 4),
  );
  const [first] = below;
  if (!first) return [];
  const states = [...new Set(below.map((row) => String(row.partyIso ?? "")))];
  return [
    finding("V08", "V08", {
      clause: "C03",
      values: { states },
      place: cellOf(fields, "offences", first, "maxPenaltyYears"),
    }),
  ];
}

/** V09: the case is transnational (art. 3(2)), and an organized criminal group is shown (art. 2(a)). */
export function checkScope({ fields }: Arrangement): Finding[] {
  const found: Finding[] = [];
  if (listOf(fields, "transnationality").length === 0) {
    found.push(finding("V09", "V09-limb", { clause: "C03", place: { kind: "field", field: "transnationality" } }));
  }
  if (isEmpty(fields.organizedGroupIndication)) {
    const place = { kind: "field", field: "organizedGroupIndication" } as const;
    found.push(finding("V09", "V09-group", { clause: "C03", place }));
  }
  return found;
}
