import { choiceLabels } from "./choice-labels.ts";

/** The words of a choice in English; a code that the template does not know reads as its words. */
export function labelOf(field: string, option: string): string {
  const labels = choiceLabels[field] ?? {};
  const label = Object.hasOwn(labels, option) ? labels[option] : undefined;
  return label ?? option.replaceAll("_", " ");
}

const fieldNames: Record<string, string> = {
  partyIso: "Party",
  hostState: "Host State",
  sourceState: "Source",
  personRef: "Person",
  deputyRef: "Deputy",
  untocStatus: "Convention in force",
  jitName: "Name of the team",
  jitReference: "Reference",
  instrumentKind: "What the parties call it",
  duration: "Duration",
  expiryDate: "Last day",
  referenceTimeZone: "Reference time zone",
  entryIntoForceRule: "Starts when",
  oapDisclosable: "Operational plan",
  agreementDisclosable: "This arrangement",
  communicationsDisclosable: "Messages",
  euUnionBasis: "Basis in Union law",
  exerciseFlag: "Exercise",
  caseByCase: "For one case",
  factsSummary: "The facts in short",
  fixedStart: "Fixed first day",
  maxTotal: "Longest duration in all",
  actionsRequiringHostDecision: "Measures that need the host’s decision",
  preJitMaterial: "Material from before the team",
  nonPartyMaterial: "Material from a State outside the team",
  evidenceLogInWorkspace: "What the register holds",
  contentRetentionDays: "Days for which content is kept",
  eEvidenceProtocol: "Electronic evidence",
  incidentNotificationHours: "Hours within which an incident is reported",
  nonPartyMlaRegister: "Register of requests to other States",
  riskAssessmentDone: "Risks are assessed",
  victimCompensationFirst: "Victims are compensated first",
  workspaceUsed: "This JIT space is used",
  midTerm: "Evaluation at half time",
  finalWithinDays: "Days for the final evaluation",
  sharingWithUnodc: "Sharing with UNODC",
};

/** "maxPenaltyYears" → "Max penalty years": the name of a field in words. */
export function fieldLabel(name: string): string {
  if (fieldNames[name]) return fieldNames[name];
  const words = name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
