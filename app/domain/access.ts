import { type Action, type Rule, ruleOf } from "./actions.ts";
import { type DocumentKind, isOtherKind } from "./documents/kinds.ts";
import type { DocumentState } from "./documents/states.ts";
import { isOpenWhileJoining, mayWhileJoining } from "./joining-access.ts";
import { type Permission, type Right, rightOf } from "./matrix.ts";
import type { GlobalRole, JitRole } from "./roles.ts";
import { isChild } from "./templates/annex.ts";

/** What a person holds in one JIT today. */
export type Access = {
  roles: readonly JitRole[];
  partyId: string | null;
  /** ids of documents assigned to the member */
  assigned: readonly string[];
  /**
   * Of someone whose State is still joining: the annex by which it joins and the arrangement that it accepts. Nothing else
   * of the team is open to them.
   */
  only?: readonly string[];
};

/** What the action is about. A party or document that is not named matches no one's own. */
export type Subject = {
  partyId?: string | null;
  documentId?: string;
  documentState?: DocumentState;
  documentKind?: DocumentKind;
  /** number of the annex that the document is; null for the arrangement */
  annex?: string | null;
  /** the card is assigned to the person, or one of its steps is */
  ownTask?: boolean;
};

export type Decision = "yes" | "suggest" | "no";

function decideRight(right: Right, access: Access, subject: Subject): Decision {
  switch (right) {
    case "Y":
      return "yes";
    case "P":
      return access.partyId !== null && subject.partyId === access.partyId ? "yes" : "no";
    case "A":
      return subject.ownTask || (subject.documentId !== undefined && access.assigned.includes(subject.documentId))
        ? "yes"
        : "no";
    case "S":
      return "suggest";
    case "-":
      return "no";
  }
}

const rank: Record<Decision, number> = { no: 0, suggest: 1, yes: 2 };

/** Decides for a member of the JIT; several roles give the best of their answers. Deny by default. */
export function can(access: Access, action: Action, subject: Subject = {}): Decision {
  const rule = ruleOf(action);
  if (access.only && !isOpenWhileJoining(access.only, action, subject.documentId)) return "no";
  if (rule.notAnnexes && typeof subject.annex === "string") {
    if (rule.notAnnexes !== "but children" || !isChild(subject.annex)) return "no";
  }
  if (rule.when && subject.documentState && !rule.when.includes(subject.documentState)) return "no";
  if ("member" in rule) return access.roles.length > 0 ? "yes" : "no";
  const permission = permissionFor(rule, subject);
  if (!permission) return "no";
  let best: Decision = "no";
  for (const role of access.roles) {
    const decision = decideRight(rightOf(role, permission), access, subject);
    if (rank[decision] > rank[best]) best = decision;
  }
  return best === "suggest" && rule.suggestSuffices ? "yes" : best;
}

function permissionFor(rule: Rule, { documentKind }: Subject): Permission | undefined {
  if (documentKind && isOtherKind(documentKind)) return rule.otherKinds?.[documentKind];
  return "permission" in rule ? rule.permission : undefined;
}

/** True when some subject exists for which the answer could be yes: whether to show a page or a link at all. */
export function mayEver(access: Access, action: Action): boolean {
  const rule = ruleOf(action);
  if (access.only && !mayWhileJoining(action)) return false;
  if ("member" in rule) return access.roles.length > 0;
  if (!("permission" in rule)) return false;
  return access.roles.some((role) => {
    const right = rightOf(role, rule.permission);
    return right === "Y" || right === "P" || right === "A" || (right === "S" && rule.suggestSuffices === true);
  });
}

/** For actions of the installation: whether one of these global roles may. */
export function canGlobally(roles: readonly GlobalRole[], action: Action): boolean {
  const rule = ruleOf(action);
  if ("signedIn" in rule) return true;
  return "global" in rule && rule.global.some((role) => roles.includes(role));
}
