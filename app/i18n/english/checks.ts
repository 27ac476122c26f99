import type { Sentence } from "#app/domain/checks/finding.ts";
import type { RuleId, Severity } from "#app/domain/checks/rules.ts";
import { introduce } from "../i18n.ts";

/**
 * Each finding in one sentence or two: what is wrong, and what to do. `{{states}}`, `{{languages}}`, `{{fields}}` and
 * `{{choices}}` are lists in the reader's language; `{{words}}` and `{{other}}` stand as they are in the text.
 */
const sentences = {
  V01: "A joint team needs authorities of two States. Add a party.",
  "V02-outside":
    "{{states}}: not bound by the Convention, by the record of this installation, so article 19 cannot carry the team. If that is no longer so, ask your administrator to look it up and to correct the record of treaty status.",
  "V02-later":
    "{{states}}: the Convention enters into force on {{day}} only, after the first day of the team, {{until}}. Begin later, or ask your administrator to look it up again.",
  "V03-unknown":
    "{{states}}: we do not know whether the Convention is in force, because nobody has recorded it here. Ask your administrator to look it up in the UN Treaty Collection and to enter it under “Treaty status”.",
  "V03-old":
    "{{states}}: the treaty status was looked up more than {{count}} days ago, the oldest on {{day}}. Ask your administrator to look it up again in the UN Treaty Collection, before anyone signs.",
  "V04-none": "No legal basis is recorded for {{states}}. Add a row for it.",
  "V04-common": "No legal basis is common to all parties. Add the instrument that binds all of them.",
  V05: "The law of {{states}} is not confirmed to allow joint teams. Ask the delegation to confirm it in the table.",
  "V06-disputes":
    "{{states}} has made a declaration on article 35(2), the settlement of disputes: “{{words}}” Read this clause with it and change what does not fit; if it may stay, override with that reason.",
  "V06-extradition":
    "{{states}} has made a declaration on article 16(5), extradition: “{{words}}” Read this clause with it and change what does not fit; if it may stay, override with that reason.",
  V07: "No offence is recorded for {{states}}. Add a row for it.",
  V08: "An offence of {{states}} counts as serious crime, but its longest penalty is below 4 years. Correct the years or the article.",
  "V09-limb": "What makes the case transnational is not chosen. Choose at least one of the four grounds.",
  "V09-group": "Nothing says why there is an organized criminal group. Describe it.",
  "V10-name": "“{{words}}” reads as a person’s name. Use a code such as S-01, and keep the name in the national file.",
  "V10-passport":
    "“{{words}}” reads as a passport number. Use the code of the person, and keep the number in the national file.",
  "V10-iban": "“{{words}}” is a bank account number. Use a code, and keep the number in the national file.",
  "V10-phone":
    "“{{words}}” reads as a telephone number. Use the code of the person, and keep the number in the national file.",
  "V11-duration": "The team would have no end. Set a duration of at least one day and at most 20 years.",
  "V11-zone": "Nobody could say when the last day ends. Choose the reference time zone.",
  V12: "The team works longer than 24 months, which is unusual. Shorten the duration, or name days for review.",
  V13: "The first day, {{day}}, is over before all have signed. Choose a later day, or provisional application.",
  V14: "{{states}}: the team cannot act where no party is. Take the State out, or add a party.",
  V15: "The sentence on sovereignty is missing, and article 19 asks for it. Write it into this clause.",
  "V15-empty":
    "This clause can be worded, not left out, and it has no words. Write them, or insert a wording from its tab.",
  "V16-none": "Nobody leads the team in {{states}}. Name a leader.",
  "V16-several": "{{states}} has more than one leader from {{day}} to {{until}}. Let one end before the other begins.",
  "V16-gap": "{{states}} has no leader from {{day}} to {{until}}. Fill the gap.",
  "V17-none": "Nobody in the team belongs to {{states}}. Invite a member.",
  "V17-outside": "The membership of {{words}} reaches beyond the period of the team. Correct the days.",
  V18: "No prosecutor or judge is in the team for {{states}}. Check whether police alone can bind the case file.",
  V19: "A member is seconded to {{states}}, but nothing says what he or she may do there. Add a row.",
  V20: "A police or customs officer is seconded, but weapons are not decided for {{states}}. Add a row, even if it says no.",
  V21: "{{words}} takes part, but its annex is not signed. Have it signed, and enter it as “A2\u20111 (signed)”.",
  V22: "{{words}} is given a right that a participant cannot have: {{choices}}. Take it away.",
  "V23-none": "Chosen without an order: {{choices}}. Name the order that allows it, or do not choose it.",
  "V23-row": "The order is not complete: {{choices}}. Enter the State, the authority and the number of the order.",
  "V23-period": "The days of the order do not fall into the period of the team: {{choices}}. Correct them.",
  V24: "The three sources of evidence need three rules. Choose: {{fields}}.",
  V25: "The material may not be used for the purpose of the team itself. Choose that use.",
  V26: "It is open whether the death penalty is possible in {{states}}, and no assurance is chosen. Declare the one or choose the other.",
  V27: "Nothing says whether this arrangement is disclosed in {{states}}. Add a row.",
  V28: "Kept back in {{states}}, but shown in full by another party, so the other’s court will make it known. Align the rows.",
  V29: "Nothing says how long these data are kept: {{choices}}. Add a row for each.",
  V30: "{{words}} will upload material, but nobody answers for its data. Name the party that does.",
  V31: "Content is kept for {{count}} days; the EU benchmark is 28. Shorten it, or say why it must be longer.",
  "V32-none": "No language is authentic, so no text binds. Choose at least one.",
  "V32-missing":
    "Not written yet in {{languages}}; clauses concerned: {{count}}. Write them, or take the language out of the authentic ones.",
  V33: "{{languages}}: not compared since one of the two was changed; clauses {{words}}. Read each in both languages, then say beside it that it says the same.",
  "V34-numbers":
    "The numbers differ between {{languages}}: “{{words}}” in the first, “{{other}}” in the second. Make them the same.",
  "V34-states": "The States named differ between {{languages}}. Make them the same.",
  V35: "{{languages}} prevails but is not authentic. Choose an authentic language, or none.",
  V36: "Nobody of a party administers the JIT space. Give a member of a party that role.",
  V37: "No complete signatory is entered for {{states}}. Enter the person, the capacity and the authority to sign.",
  V41: "{{states}}: an approval is not granted yet: {{words}}. Wait for it; then record it under Approvals, or enter “granted” or “not required”.",
  "V44-clause": "“{{words}}” leads nowhere: the last clause is {{count}}. Correct the number.",
  "V44-annex": "“{{words}}” leads nowhere: there is no such annex. Correct the reference.",
  "V44-party":
    "{{fields}}: a row speaks for {{states}}, which is no party to this team, or no longer. Take the row out, or add the party.",
  "V45-words": "“{{words}}” is left to be filled in. Write the words.",
  "V45-field": "Not chosen, but part of the sentence: {{fields}}. Choose a value, or take it out of the sentence.",
  "V46-unused": "“{{words}}” is defined but not used. Use it, or take the definition out.",
  "V46-spelling": "“{{words}}” is spelled otherwise than its definition, “{{other}}”. Spell it alike.",
  V49: "A change does not say all that it needs: {{fields}}. Name the clause, and write the old words and the new.",
} as const satisfies Record<Sentence, string>;

/** The rules themselves, for whoever asks why. */
const rules = {
  V01: "At least two parties from at least two different States",
  V02: "The Convention is in force for each party’s State on the first day of the team",
  V03: "The treaty status of each party’s State was looked up within 180 days",
  V04: "Every party has a legal basis, and one basis is common to all",
  V05: "Every delegation confirms that its law allows joint teams",
  V06: "Declarations of a party’s State are read with the clause they concern",
  V07: "Every party names an offence",
  V08: "A serious crime is punishable by at least four years",
  V09: "At least one ground of article 3(2), and the organized criminal group in words",
  V10: "No names, passport numbers, account numbers or telephone numbers in the text",
  V11: "A duration and a reference time zone, so that the last day is known",
  V12: "Not longer than 24 months",
  V13: "No fixed start before the last signature, unless applied provisionally",
  V14: "The team acts in States of the parties only",
  V15: "The sentence on sovereignty is there",
  V16: "Each State of operation has exactly one leader on each day of the period",
  V17: "Each party has a member, and memberships lie within the period",
  V18: "Each party has a prosecutor or a judge among its members",
  V19: "The powers of a seconded member are set out for the host State",
  V20: "Weapons are decided for each State of operation once police or customs officers are seconded",
  V21: "Each participant has its own annex and has signed it",
  V22: "A participant has no right outside its mandate",
  V23: "Each special technique has an order of a State, within the period",
  V24: "Rules for exchange, for earlier material and for material of other States",
  V25: "Use for the purpose of the team is among the permitted uses",
  V26: "Where an offence may carry the death penalty, an assurance is chosen",
  V27: "One row on disclosure for each party",
  V28: "The parties disclose the arrangement alike",
  V29: "Periods for operational data, other data and logs",
  V30: "Where outside bodies upload, a controller is named",
  V31: "Content is kept for at most 28 days",
  V32: "At least one authentic language, each with a text for each clause",
  V33: "Where no language prevails, each clause has been compared between the authentic languages since it was changed",
  V34: "The same numbers and States in every authentic language of a clause",
  V35: "The prevailing language is authentic",
  V36: "Someone of a party administers the JIT space",
  V37: "One signatory for each party, with capacity and authority to sign",
  V41: "All approvals are granted or not required before anyone signs",
  V44: "References to clauses, annexes and parties lead somewhere",
  V45: "Nothing is left to be filled in",
  V46: "Defined terms are used, and spelled alike",
  V49: "Each change of an amendment names the clause and has the old words and the new",
} as const satisfies Record<RuleId, string>;

const groups = {
  finalising: "Block finalising",
  signature: "Block signature",
  warning: "Warnings",
  information: "For information",
} as const satisfies Record<Severity, string>;

export const checks = {
  sentences,
  rules,
  groups,
  title: "Findings",
  counted: "Findings {{count}}",
  tabs: "Beside the text",
  clauseOf: "Clause {{number}}",
  whole: "Whole arrangement",
  none: "Nothing stands against this text.",
  checking: "The text is checked once it is open.",
  checked: "Checked at {{time}} while the text is written.",
  announced: "{{finalising}} block finalising, {{signature}} block signature, {{warning}} warnings.",
  overridden: "Overridden",
  overriddenBy: "{{name}}, {{day}}: {{reason}}",
  more: "Why",
  rule: "Rule {{rule}}",
  convention: "Convention, article {{article}}",
  euModel: "EU model, {{article}}",
  override: {
    act: "Override…",
    about: "Override: {{sentence}}",
    title: "Override this warning",
    lead: "All parties see that you leave it as it is, and why. It comes back when what it speaks of changes.",
    reason: "Reason",
    confirm: "Override with this reason",
    working: "Overriding…",
    cancel: "Cancel",
  },
  takeBackOverride: {
    act: "Take back…",
    about: "Take back: {{sentence}}",
    title: "Look at this warning again",
    lead: "The warning stands again for all parties, who see that you took this back, and why.",
    reason: "Reason",
    confirm: "Take it back with this reason",
    working: "Taking back…",
    cancel: "Cancel",
  },
  openSigning: { blocked: "A finding blocks signature. Reopen the text and do what it says." },
  finalise: {
    blocked: "{{finalising}} findings block finalising. Each says what to do.",
    blockedOne: "One finding blocks finalising. It says what to do.",
    list: "What stands against this step",
  },
  unprintable: {
    list: "What cannot be printed",
    title: "Cannot be printed",
    clause: "No font has {{characters}}. Write it in another way, in the text or in the value.",
    names:
      "No font has {{characters}}, in the names of the team, its parties or their cases. Write it in another way there.",
    blocked: "Some characters cannot be printed. Replace them first.",
  },
} as const;

introduce({ checks });
