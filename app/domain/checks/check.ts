import type { Fields } from "../documents/field-text.ts";
import type { TextNode } from "../documents/text-node.ts";
import {
  checkContentRetention,
  checkDeathPenalty,
  checkDisclosure,
  checkDisclosureAlike,
  checkRetention,
  checkSources,
  checkTechniques,
  checkUses,
} from "./evidence.ts";
import type { Facts } from "./facts.ts";
import { type Finding, inReadingOrder, severityOf } from "./finding.ts";
import { checkIdentities } from "./identities.ts";
import { checkCompared, checkComplete, checkPrevailing, checkSameNumbers } from "./languages.ts";
import { checkEnablingLaw, checkLegalBases, checkTwoStates } from "./legal-basis.ts";
import {
  checkAdministrator,
  checkApprovals,
  checkJudicial,
  checkMembers,
  checkPowers,
  checkSignatories,
  checkWeapons,
} from "./members.ts";
import { checkFixedClauses, checkLeaders, checkSovereignty, checkStatesOfOperation } from "./operation.ts";
import { checkAnnexes, checkController, checkMandates } from "./participants.ts";
import { checkRowsOfParties } from "./party-rows.ts";
import { checkEnd, checkLength, checkStart } from "./period-checks.ts";
import type { RuleId } from "./rules.ts";
import { checkOffences, checkScope, checkSeriousCrime } from "./scope.ts";
import { type Arrangement, viewOf } from "./text-view.ts";
import { checkBound, checkDeclarations, checkStatusKnown } from "./treaty.ts";
import { checkAmendments, checkNeeded, checkPlaceholders, checkReferences, checkTerms } from "./wording.ts";

/** Each rule as a pure function: the arrangement in, what stands against it out. */
export const checks: Record<RuleId, (arrangement: Arrangement) => Finding[]> = {
  V01: checkTwoStates,
  V02: checkBound,
  V03: checkStatusKnown,
  V04: checkLegalBases,
  V05: checkEnablingLaw,
  V06: checkDeclarations,
  V07: checkOffences,
  V08: checkSeriousCrime,
  V09: checkScope,
  V10: checkIdentities,
  V11: checkEnd,
  V12: checkLength,
  V13: checkStart,
  V14: checkStatesOfOperation,
  V15: checkSovereignty,
  V16: checkLeaders,
  V17: checkMembers,
  V18: checkJudicial,
  V19: checkPowers,
  V20: checkWeapons,
  V21: checkAnnexes,
  V22: checkMandates,
  V23: checkTechniques,
  V24: checkSources,
  V25: checkUses,
  V26: checkDeathPenalty,
  V27: checkDisclosure,
  V28: checkDisclosureAlike,
  V29: checkRetention,
  V30: checkController,
  V31: checkContentRetention,
  V32: checkComplete,
  V33: checkCompared,
  V34: checkSameNumbers,
  V35: checkPrevailing,
  V36: checkAdministrator,
  V37: checkSignatories,
  V41: checkApprovals,
  V44: (arrangement) => [...checkReferences(arrangement), ...checkRowsOfParties(arrangement)],
  V45: checkPlaceholders,
  V46: checkTerms,
  V49: checkAmendments,
};

export type ToCheck = { fields: Fields; languages: Readonly<Record<string, TextNode>>; facts: Facts };

/** Runs every rule over an arrangement, in the browser while people write and on the server before a step. */
export function checkArrangement(input: ToCheck): Finding[] {
  const arrangement = viewOf(input);
  const found = Object.values(checks).flatMap((check) => check(arrangement));
  return inReadingOrder(found, arrangement.texts[0]?.clauses.map((clause) => clause.id) ?? []);
}

/** The rules that speak of any text; the others are about clauses that only the arrangement has. */
const annexChecks: readonly RuleId[] = ["V10", "V44", "V45", "V49"];

/** Runs over an annex the rules that concern it, and asks for every value that its template needs. */
export function checkAnnex(input: ToCheck): Finding[] {
  const arrangement = viewOf(input);
  const found = annexChecks.flatMap((rule) => checks[rule](arrangement));
  const all = [...found, ...checkFixedClauses(arrangement), ...checkNeeded(arrangement)];
  return inReadingOrder(all, arrangement.texts[0]?.clauses.map((clause) => clause.id) ?? []);
}

/** What stands against a step: finalising, or signature. Neither can be overridden. */
export function blocking(findings: readonly Finding[], step: "finalising" | "signature"): Finding[] {
  return findings.filter((one) => severityOf(one) === step);
}
