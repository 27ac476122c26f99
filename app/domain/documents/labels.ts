/** English words of choices where the bare code would not read well inside a sentence. Others are the code in words. */
const labels: Record<string, Record<string, string>> = {
  entryIntoForceRule: {
    last_signature: "the last party has signed",
    fixed_date: "the agreed day has come",
    after_notifications: "the last notification has arrived",
  },
  teamModel: {
    parallel_coordinated: "coordinated parallel investigations",
    integrated_passive: "one team, whose foreign members are present at measures but take none",
    integrated_active: "one team, whose foreign members may take measures as agreed",
  },
  objectives: {
    evidence: "collecting evidence",
    identify: "identifying those involved",
    locate: "finding suspects",
    arrest: "arrests",
    dismantle: "dismantling the group",
    freeze_assets: "freezing assets",
    financial_investigation: "a financial investigation",
    victim_protection: "protecting victims",
    prosecution_decision: "deciding who prosecutes whom",
  },
  extensionToOtherOffences: {
    only_by_amendment: "only by amendment",
    with_consent_of_source: "with the consent of the party from which the material comes",
  },
  transnationality: {
    "3_2_a": "committed in more than one State",
    "3_2_b": "prepared or directed from another State",
    "3_2_c": "by a group active in more than one State",
    "3_2_d": "with effects in another State",
  },
  exchangeRule: {
    direct: "directly",
    via_leaders: "through the leaders",
    via_central_authorities: "through the central authorities",
  },
  preJitMaterial: { shared_on_entry: "shared on entry", on_request: "shared on request", excluded: "excluded" },
  nonPartyMaterial: { only_with_source_consent: "only with the consent of that State" },
  transferMeans: { this_workspace: "this JIT space", other_platform: "another platform" },
  evidenceLogInWorkspace: {
    metadata_and_hash_only: "particulars and digest only",
    with_content_time_limited: "content too, for a limited time",
  },
  permittedUses: {
    jit_purpose: "the purpose of this team",
    other_offences_with_consent: "other offences, with consent",
    immediate_serious_threat: "averting an immediate and serious threat",
    other_agreed: "other purposes as agreed",
  },
  deathPenaltyAssurance: { assurance_given: "an assurance is given", material_withheld: "the material is withheld" },
  leadershipModel: {
    one_per_state_of_operation: "one leader in each State of operation",
    single_lead_state: "one State leads",
    rotating: "the States lead in turn",
  },
  decisionRule: { host_leader_decides_for_territory: "the host’s leader decides for its territory" },
  actionsRequiringHostDecision: { any_coercive: "any coercive measure", asset_freeze: "freezing of assets" },
  applicableLawRule: { law_of_place: "the law of the place where the team acts" },
  bindingNature: { treaty_level: "a treaty", executive: "an executive agreement", non_binding: "not binding" },
  supportAccess: { on_request_time_limited: "on request, for a limited time" },
  sharingRule: {
    by_law_of_seizing_state: "as the law of the seizing State says",
    pro_rata: "in proportion to the parties’ part in the work",
    case_by_case: "case by case",
  },
  criminalLiability: { as_host_officials: "an official of the host State", as_agreed: "the parties have agreed" },
  civilLiability: {
    home_state_reimburses: "the home State reimburses the host",
    host_bears: "the host State bears it",
    as_agreed: "as the parties have agreed",
  },
  mediaRule: {
    joint_text_only: "a joint text only",
    prior_consent_each_leader: "prior consent of each leader",
    after_action_day: "nothing before the day of action",
  },
  costRule: {
    each_own: "each party bears its own",
    host_ordinary: "the host bears ordinary costs",
    shared: "shared equally",
    funded: "from external funding",
  },
  auditTrailAsEvidence: {
    agreed: "agreed",
    not_agreed: "not agreed",
    subject_to_national_law: "subject to national law",
  },
  amendmentRule: {
    all_parties_written: "by all parties",
    leaders_for_annexes: "by all parties, or by the leaders for the annexes named",
  },
  signatureMeans: {
    in_app_digital: "in this JIT space",
    national_qualified: "by a national qualified signature",
    wet_ink_scanned: "in ink, with a scan",
    mixed: "each party in its own way",
  },
};

/** The words of a choice in English. */
export function labelOf(field: string, option: string): string {
  return labels[field]?.[option] ?? option.replaceAll("_", " ");
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
