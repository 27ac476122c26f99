/** Roles inside a JIT, in the order of the permission matrix (domain handbook 4.2, 4.3). */
export const jitRoles = [
  "space_admin",
  "leader",
  "deputy_leader",
  "lead_negotiator",
  "member",
  "seconded_member",
  "participant_observer",
  "signatory",
  "translator",
  "evidence_custodian",
  "disclosure_officer",
  "cost_officer",
  "court_viewer",
] as const;
export type JitRole = (typeof jitRoles)[number];

/** Compares roles for a list: who leads comes first, who looks after the space last. */
export function inRoleOrder(a: JitRole, b: JitRole): number {
  return Number(a === "space_admin") - Number(b === "space_admin") || jitRoles.indexOf(a) - jitRoles.indexOf(b);
}

/** Roles on the installation. None of them opens the content of a JIT. */
export const globalRoles = [
  "platform_operator",
  "user_admin",
  "national_coordinator",
  "secretariat_support",
  "supervisor_auditor",
  "practitioner",
  "reference_editor",
] as const;
export type GlobalRole = (typeof globalRoles)[number];
