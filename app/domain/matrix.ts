import { type JitRole, jitRoles } from "./roles.ts";

/** Y for all parties, P for the own party only, S suggest only, A assigned documents and tasks only, - never. */
export type Right = "Y" | "P" | "S" | "A" | "-";

/**
 * The permission matrix (domain handbook 4.3). One letter a role, in the order of `jitRoles`: space administrator,
 * leader, deputy leader, lead negotiator, member, seconded member, observer, signatory, translator, evidence custodian,
 * disclosure officer, cost officer, court viewer.
 */
const rows = {
  foundJit: "Y P - P - - - - - - - - -",
  managePeople: "Y P P P - - - - - - - - -",
  changeAccess: "Y - - - - - - - - - - - -",
  readText: "Y Y Y Y Y A - Y A - Y - -",
  editText: "Y Y Y Y S - - S A - S - -",
  keepPrivateNotes: "P P P P P P - P - - P - -",
  comment: "Y Y Y Y Y Y A Y Y - Y - -",
  decideSuggestions: "- P P P - - - - - - - - -",
  alignTranslation: "- - - P - - - - A - - - -",
  agreeToText: "- P - P - - - - - - - - -",
  // 3.13: overrides need the role of a leader, a reason, and are recorded
  overrideWarning: "- Y - - - - - - - - - - -",
  finaliseText: "Y - - S - - - - - - - - -",
  // 4.4, T13: leaders for the annexes that the arrangement names
  reviseAnnex: "- Y - - - - - - - - - - -",
  sign: "- - - - - - - P - - - - -",
  // signing handbook, section 5: a paper is handed in by its party and checked for another; each acts for the own one
  handInPaper: "- P P P - - - P - - - - -",
  checkPaper: "- P P P - - - P - - - - -",
  // 3.24 leaves it to the parties: who speaks for a party names the authority, and another person looks at it
  registerAnchor: "- P - P - - - - - - - - -",
  approveAnchor: "Y P - P - - - - - - - - -",
  recordApproval: "Y P - P - - - - - - - - -",
  changeMemberList: "Y P P - - - - - - - - - -",
  readPlan: "Y Y Y - Y Y A - A - Y - -",
  // as the plan, of which the log is a field (3.8); none of it is assigned to anyone, so A is never here
  readDecisions: "Y Y Y - Y Y - - - - Y - -",
  // as versions of the plan, which leaders approve (3.8)
  approveMinutes: "- Y Y - - - - - - - - - -",
  editPlan: "Y Y Y - Y S - - - - - - -",
  // 3.12, A3: leaders approve the plan, each for the own party
  approvePlan: "- P - - - - - - - - - - -",
  // who runs the day at home; the team's other roles plan it and look on
  decideActionDay: "- P P - P - - - - - - - -",
  assignTasks: "Y Y Y - P - - - - - - - -",
  updateOwnTask: "Y Y Y - Y Y A - - - - - -",
  registerEvidence: "Y Y Y - Y Y - - - Y - - -",
  handOverEvidence: "- P P - - - - - - P - - -",
  releaseUpload: "Y P - - - - - - - - - - -",
  consentToUse: "- P P - - - - - - - P - -",
  prepareDisclosure: "- P - - - - - - - - P - -",
  requestAssistance: "Y P P - P - - - - - - - -",
  keepCosts: "Y P P - - - - - - - - P -",
  readTrail: "Y Y P P P P - P - P Y - A",
  exportTrail: "Y Y - - - - - - - - P - -",
  applyRetention: "Y Y - - - - - - - - - - -",
  closeJit: "Y Y - - - - - - - - - - -",
} as const;

export type Permission = keyof typeof rows;

export function rightOf(role: JitRole, permission: Permission): Right {
  return rows[permission].split(" ")[jitRoles.indexOf(role)] as Right;
}
