/** Name and version of the rule set (domain handbook 3.13); stands in the trail with everything decided by it. */
export const ruleSet = "R-2026.1";

/** What a finding of a rule stands against. Only a warning can be overridden. */
export const severities = ["finalising", "signature", "warning", "information"] as const;
export type Severity = (typeof severities)[number];

type Rule = {
  severity: Severity;
  /** articles of the Convention (UNTOC) that the rule rests on; none: it follows from the form of the instrument */
  convention?: string;
  /** place in the EU model agreement, where it has the same */
  euModel?: string;
};

/**
 * The rules that find faults in a text while it is written. Those of the rule set that are not here are held by what
 * people can do at all (`heldElsewhere`), or speak of what this product does not hold yet (`notYet`).
 */
export const rules = {
  V01: { severity: "finalising", convention: "19", euModel: "1" },
  V02: { severity: "finalising", convention: "38" },
  V03: { severity: "warning", convention: "38" },
  V04: { severity: "finalising", convention: "19", euModel: "preamble" },
  V05: { severity: "warning", convention: "19" },
  V06: { severity: "warning", convention: "16(5), 35(2)" },
  V07: { severity: "finalising", convention: "3(1)", euModel: "2" },
  V08: { severity: "finalising", convention: "2(b)" },
  V09: { severity: "finalising", convention: "2(a), 3(2)" },
  V10: { severity: "warning", convention: "24, 25" },
  V11: { severity: "finalising", euModel: "3" },
  V12: { severity: "warning", euModel: "3" },
  V13: { severity: "finalising", euModel: "3" },
  V14: { severity: "finalising", convention: "4, 19", euModel: "4" },
  V15: { severity: "finalising", convention: "4, 19", euModel: "4" },
  V16: { severity: "finalising", convention: "19", euModel: "5" },
  V17: { severity: "finalising", euModel: "6" },
  V18: { severity: "warning", euModel: "6" },
  V19: { severity: "finalising", convention: "4, 19", euModel: "6" },
  V20: { severity: "finalising", convention: "4" },
  V21: { severity: "finalising", euModel: "7, appendix I" },
  V22: { severity: "finalising", euModel: "7, appendix I" },
  V23: { severity: "finalising", convention: "20" },
  V24: { severity: "finalising", convention: "18(19)", euModel: "9–11" },
  V25: { severity: "finalising", convention: "18(19)", euModel: "9–11" },
  V26: { severity: "warning", convention: "18(21)" },
  V27: { severity: "finalising", convention: "18(5), 18(20)" },
  V28: { severity: "warning", convention: "18(5), 18(20)" },
  V29: { severity: "finalising" },
  V30: { severity: "finalising", euModel: "12" },
  V31: { severity: "warning", euModel: "12" },
  V32: { severity: "finalising", convention: "18(14)" },
  V33: { severity: "finalising", convention: "18(14)" },
  V34: { severity: "warning", convention: "18(14)" },
  V35: { severity: "finalising" },
  V36: { severity: "finalising", euModel: "12" },
  V37: { severity: "finalising" },
  V41: { severity: "signature" },
  V44: { severity: "finalising" },
  V45: { severity: "finalising" },
  V46: { severity: "warning" },
  V49: { severity: "finalising" },
} as const satisfies Record<string, Rule>;

/** Rules of which no text can be in breach, by the place that holds them. */
export const heldElsewhere = {
  V38: "domain/signing/step-up: nobody signs here without a second factor; outside, the method of the State is checked",
  V42: "domain/signing: a signature names the digest that was shown, and nothing is edited after freezing",
  V43: "domain/signing: the instant is the server's, and nobody signs without a place",
  V47: "domain/jits/needs: whoever may begin an extension is told 60 days before the end, until one is begun",
  V48: "domain/lifecycle: an extension that is not complete before the expiry instant has no effect, and is not signed",
  V50: "domain/signing/opening: an accession is opened when every party and the newcomer have a signatory",
  V56: "domain/tasks/task: a card with a coercive measure and no order says so wherever it stands",
  V57: "domain/access: whoever is no member today reads nothing, and members are the access list",
  V58: "domain/access: access ends with the membership",
  V59: "domain/meetings/common-hours: a meeting on a day off or outside the hours of a party says so",
  V60: "domain/jits/closing: no team is archived while a task is neither done nor handed over; exhibits are not held yet",
  V61: "domain/jits/needs: whoever may begin an evaluation is told from half of the period on, until one is begun",
  V62: "domain/export: the mark follows the team and not a value that somebody could change",
} as const;

/** Rules on what the product does not hold yet. */
export const notYet = {
  comments: ["V39", "V40"],
  evidence: ["V51", "V52", "V53", "V54", "V55"],
} as const;

export type RuleId = keyof typeof rules;

export function ruleOf(id: RuleId): Rule {
  return rules[id];
}
