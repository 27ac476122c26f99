import { isOld, recordHoldsDays } from "../law/treaty-status.ts";
import type { PartyFacts, TreatyFacts } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { plannedStart } from "./planned-period.ts";
import type { Arrangement } from "./text-view.ts";

const atLegalBases = { clause: "C00", place: { kind: "field", field: "legalBases" } } as const;

type Recorded = { state: string; treaty: TreatyFacts };
const recorded = (parties: readonly PartyFacts[]): Recorded[] =>
  parties.flatMap(({ state, treaty }) => (treaty ? [{ state, treaty }] : []));

/**
 * V02: the Convention binds every party's State, and does so on the planned first day (art. 38). What is not known does
 * not block: V03 says that it is not known.
 */
export function checkBound({ fields, facts }: Arrangement): Finding[] {
  const known = recorded(facts.parties);
  const outside = known.filter(({ treaty }) => treaty.party === "no").map(({ state }) => state);
  const first = plannedStart(fields, facts);
  const later = known.filter(({ treaty: { inForceOn } }) => inForceOn !== null && inForceOn > first);
  return [
    ...(outside.length > 0 ? [finding("V02", "V02-outside", { ...atLegalBases, values: { states: outside } })] : []),
    ...later.map(({ state, treaty }) =>
      finding("V02", "V02-later", {
        ...atLegalBases,
        values: { states: [state], day: treaty.inForceOn ?? undefined, until: first },
      }),
    ),
  ];
}

/** V03: the installation does not know a State's status, or its record is too old to rely on. */
export function checkStatusKnown({ facts }: Arrangement): Finding[] {
  const unknown = facts.parties.filter(({ treaty }) => !treaty || treaty.party === "unknown").map(({ state }) => state);
  const old = recorded(facts.parties).filter(
    ({ treaty }) => treaty.party !== "unknown" && isOld(treaty.lookedUpOn, facts.today),
  );
  const found: Finding[] = [];
  if (unknown.length > 0) found.push(finding("V03", "V03-unknown", { ...atLegalBases, values: { states: unknown } }));
  const [oldest] = old.map(({ treaty }) => treaty.lookedUpOn).sort();
  if (oldest !== undefined) {
    const values = { states: old.map(({ state }) => state), day: oldest, count: recordHoldsDays };
    const lookedAt = old.map(({ state, treaty }) => [state, treaty.lookedUpOn]);
    found.push(finding("V03", "V03-old", { ...atLegalBases, values, lookedAt }));
  }
  return found;
}

/**
 * The declarations that a clause must be read with: on disputes (art. 35(2)) and on extradition (art. 16(5)). Those on
 * central authorities and languages (art. 18) concern requests outside the team, and nearly every State has made them.
 */
const clausesOfDeclarations = [
  { kind: "disputes", clause: "C27", place: { kind: "field", field: "disputeRule" } },
  { kind: "extradition", clause: "C18", place: { kind: "clause" } },
] as const;

/**
 * V06: a State has declared something that a clause must be read with. Each State by itself, in the words of its
 * declaration: whoever overrides has read them, and a new declaration asks again.
 */
export function checkDeclarations({ fields, facts }: Arrangement): Finding[] {
  return recorded(facts.parties).flatMap(({ state, treaty }) =>
    clausesOfDeclarations.flatMap(({ kind, clause, place }) => {
      const text = treaty.declarations[kind];
      if (!text) return [];
      const lookedAt = [state, text, kind === "disputes" ? fields.disputeRule : null];
      const values = { states: [state], words: shortened(text) };
      return [finding("V06", `V06-${kind}`, { clause, place, values, lookedAt })];
    }),
  );
}

const longestQuote = 240;

function shortened(text: string): string {
  const words = text.replace(/\s+/g, " ");
  return words.length <= longestQuote ? words : `${words.slice(0, longestQuote).replace(/\s\S*$/, "")} …`;
}
