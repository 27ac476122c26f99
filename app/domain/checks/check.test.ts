import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { agreedValues } from "#prisma/demonstration/agreed-values.ts";
import saiga from "#prisma/demonstration/saiga.json" with { type: "json" };
import { seedText } from "../documents/seed-text.ts";
import { textOf } from "../documents/text.ts";
import type { TextNode } from "../documents/text-node.ts";
import { clauses } from "../templates/agreement.ts";
import { checkAnnex, checkArrangement, checks } from "./check.ts";
import { digestOfClauses } from "./comparison.ts";
import type { Facts, PartyFacts, TreatyFacts } from "./facts.ts";
import { severityOf } from "./finding.ts";
import { isIban } from "./iban.ts";
import { identitiesIn } from "./identities.ts";
import { standingOf } from "./overrides.ts";
import { heldElsewhere, notYet, type RuleId, rules } from "./rules.ts";
import { viewOf } from "./text-view.ts";

type Input = { fields: Record<string, unknown>; languages: Record<string, TextNode>; facts: Facts };
type Change = (input: Input) => void;

const started = {
  jitName: { en: "SAIGA" },
  jitReference: "JIT-2026-001",
  exerciseFlag: true,
  instrumentKind: "arrangement",
  duration: "P12M",
  referenceTimeZone: "UTC",
  entryIntoForceRule: "last_signature",
  workingLanguage: "en",
  authenticLanguages: ["en"],
};
const seeded = new Y.Doc();
let blocks = 0;
Y.applyUpdate(seeded, seedText({ clauses, fields: started, newBlockId: () => `b${++blocks}` }));
const text = textOf(seeded, "en");

const bound: TreatyFacts = { party: "yes", inForceOn: "2010-05-01", declarations: {}, lookedUpOn: "2026-11-01" };
const party = (state: string, treaty: Partial<TreatyFacts> | null = {}): PartyFacts => ({
  state,
  treaty: treaty && { ...bound, ...treaty },
});
/** Another record of the Netherlands. */
const recordOfNl =
  (treaty: Partial<TreatyFacts> | null): Change =>
  ({ facts }) =>
    void Object.assign(facts, { parties: [party("KZ"), party("NL", treaty)] });
const noDisputes = { disputes: "Does not consider itself bound by article 35, paragraph 2." };
const member = (state: string, roles: Facts["members"][number]["roles"] = ["leader"]) => ({
  names: [`Leader of ${state}`],
  state,
  roles,
  function: "prosecutor",
});

/** An arrangement against which nothing stands; each case changes one thing in it. */
function sound(): Input {
  const delegations = ["KZ", "NL"].map((state) => ({
    state,
    leader: `Leader of ${state}`,
    signatory: `Signatory of ${state}`,
    capacity: "Prosecutor",
  }));
  return structuredClone({
    fields: { ...started, ...agreedValues(delegations) },
    languages: { en: text },
    facts: {
      today: "2026-11-25",
      parties: [party("KZ"), party("NL")],
      members: [member("KZ", ["leader", "space_admin"]), member("NL")],
    },
  }) as Input;
}

const set =
  (values: Record<string, unknown>): Change =>
  ({ fields }) =>
    void Object.assign(fields, values);
const clause = ({ languages }: Input, id: string): TextNode => {
  const found = languages.en?.content?.find((one) => one.attrs?.clauseId === id);
  if (!found) throw new Error(`no clause ${id}`);
  return found;
};
const write =
  (words: string, id = "C03"): Change =>
  (input) =>
    void clause(input, id).content?.push({
      type: "paragraph",
      attrs: { id: "new" },
      content: [{ type: "text", text: words }],
    });
/** These words in the place of all that the clause said below its title. */
const reword =
  (id: string, words: string): Change =>
  (input) => {
    const of = clause(input, id);
    const paragraph = { type: "paragraph", content: [{ type: "text", text: words }] };
    Object.assign(of, { content: [of.content![0]!, paragraph] });
  };
const leaveOut =
  (id: string): Change =>
  ({ languages }) =>
    void Object.assign(languages.en!, {
      content: languages.en!.content!.filter((one) => one.attrs?.clauseId !== id),
    });
const row = (state: string, more: Record<string, unknown> = {}) => ({ partyIso: state, ...more });
/** A party leaves, and its row in the table stays. */
const rowOfOneThatLeft =
  (field: string): Change =>
  ({ fields }) =>
    void (fields[field] as object[]).push(row("EG"));
/** The arrangement in a second language: these words in each clause, or in only one. */
const translate =
  (language: string, words: string, only?: string): Change =>
  ({ fields, languages }) => {
    fields.authenticLanguages = ["en", language];
    const paragraph = (said: string) => ({ type: "paragraph", content: [{ type: "text", text: said }] });
    languages[language] = {
      type: "doc",
      content: (text.content ?? [])
        .filter((one) => only === undefined || one.attrs?.clauseId === only)
        .map((one) => ({ ...one, content: [one.content![0]!, paragraph(words)] })),
    };
  };
/** Somebody has compared this clause, as it stands then, with the English. */
const compared =
  (language: string, clause: string): Change =>
  ({ languages, facts }) => {
    const [base, other] = ["en", language].map((one) =>
      languages[one]?.content?.find(({ attrs }) => attrs?.clauseId === clause),
    );
    const digest = base && other ? digestOfClauses(base, other) : "";
    Object.assign(facts, { comparisons: [{ clause, language, digest }] });
  };
const all =
  (...changes: Change[]): Change =>
  (input) =>
    changes.forEach((change) => void change(input));

const seconded = { person: "A", function: "police", seconded: true, secondedTo: "NL" };
const order = { technique: "Controlled delivery", state: "KZ", authority: "Court", orderRef: "1" };

const change = { amendedClause: "5", oldText: { en: "12 months" }, newText: { en: "18 months" } };

/** One arrangement that holds the rule and one that does not, with the sentence that says so. */
const cases: Record<RuleId, { holds?: Change; fails: Change; says: string; clause?: string | null }[]> = {
  V01: [{ fails: ({ facts }) => Object.assign(facts, { parties: [party("KZ")] }), says: "V01" }],
  V02: [
    { fails: recordOfNl({ party: "no", inForceOn: null }), says: "V02-outside", clause: "C00" },
    {
      holds: recordOfNl({ inForceOn: "2026-11-25" }),
      fails: recordOfNl({ inForceOn: "2026-11-26" }),
      says: "V02-later",
    },
    {
      holds: all(
        recordOfNl({ inForceOn: "2027-02-01" }),
        set({ entryIntoForceRule: "fixed_date", fixedStart: "2027-02-01" }),
      ),
      fails: all(
        recordOfNl({ inForceOn: "2027-02-01" }),
        set({ entryIntoForceRule: "fixed_date", fixedStart: "2027-01-31" }),
      ),
      says: "V02-later",
    },
  ],
  V03: [
    { fails: recordOfNl(null), says: "V03-unknown", clause: "C00" },
    { fails: recordOfNl({ party: "unknown", inForceOn: null }), says: "V03-unknown" },
    {
      holds: recordOfNl({ lookedUpOn: "2026-05-29" }),
      fails: recordOfNl({ lookedUpOn: "2026-05-28" }),
      says: "V03-old",
    },
  ],
  V04: [
    { fails: set({ legalBases: [row("KZ", { instrumentCode: "UNTOC-19" })] }), says: "V04-none" },
    {
      fails: set({ legalBases: [row("KZ", { instrumentCode: "A" }), row("NL", { instrumentCode: "B" })] }),
      says: "V04-common",
    },
  ],
  V05: [
    {
      fails: set({ domesticEnablingLaw: [row("KZ", { allowsJIT: true }), row("NL", { allowsJIT: false })] }),
      says: "V05",
    },
  ],
  V06: [
    {
      holds: recordOfNl({ declarations: { centralAuthority: "The ministry.", languages: "English." } }),
      fails: recordOfNl({ declarations: noDisputes }),
      says: "V06-disputes",
      clause: "C27",
    },
    {
      fails: recordOfNl({ declarations: { extradition: "Takes the Convention as the basis." } }),
      says: "V06-extradition",
      clause: "C18",
    },
  ],
  V07: [{ fails: set({ offences: [row("KZ", { offenceLabel: "Bribery" })] }), says: "V07" }],
  V08: [
    {
      holds: ({ fields }) =>
        Object.assign((fields.offences as object[])[0]!, { untocArticle: "2b_serious", maxPenaltyYears: 4 }),
      fails: ({ fields }) =>
        Object.assign((fields.offences as object[])[0]!, { untocArticle: "2b_serious", maxPenaltyYears: 3 }),
      says: "V08",
    },
  ],
  V09: [
    { fails: set({ transnationality: [] }), says: "V09-limb" },
    { fails: set({ organizedGroupIndication: { en: " " } }), says: "V09-group" },
  ],
  V10: [
    {
      holds: write("The suspect S-01 and company L-02."),
      fails: write("The suspect John Smith."),
      says: "V10-name",
      clause: "C03",
    },
    { fails: write("Passport no. N1234567"), says: "V10-passport" },
    { holds: write("KZ86 125K ZT50 0410 0101"), fails: write("KZ86 125K ZT50 0410 0100"), says: "V10-iban" },
    { fails: set({ factsSummary: { en: "Call +7 701 234 56 78." } }), says: "V10-phone", clause: "C03" },
  ],
  V11: [
    { fails: set({ duration: "P0D" }), says: "V11-duration" },
    { fails: set({ referenceTimeZone: "Mars/Base" }), says: "V11-zone" },
  ],
  V12: [{ holds: set({ duration: "P24M" }), fails: set({ duration: "P24M1D" }), says: "V12" }],
  V13: [
    {
      holds: set({ entryIntoForceRule: "fixed_date", fixedStart: "2026-11-25" }),
      fails: set({ entryIntoForceRule: "fixed_date", fixedStart: "2026-11-24" }),
      says: "V13",
    },
  ],
  V14: [{ fails: ({ fields }) => (fields.statesOfOperation as string[]).push("EG"), says: "V14" }],
  V15: [
    {
      fails: (input) =>
        void clause(input, "C06").content?.splice(1, 1, {
          type: "paragraph",
          content: [{ type: "text", text: "As agreed." }],
        }),
      says: "V15",
    },
    {
      fails: leaveOut("C06"),
      says: "V15",
      clause: "C06",
    },
    ...["C14", "C16"].flatMap((id) => [
      { holds: reword(id, "As worded."), fails: reword(id, "  "), says: "V15-empty", clause: id },
      { fails: leaveOut(id), says: "V15-empty", clause: id },
    ]),
  ],
  V16: [
    { fails: set({ leaders: [{ state: "KZ", personRef: "A" }] }), says: "V16-none" },
    {
      holds: set({
        leaders: [
          { state: "KZ", personRef: "A", to: "2027-05-02" },
          { state: "KZ", personRef: "B", from: "2027-05-03" },
          { state: "NL", personRef: "C" },
        ],
      }),
      fails: set({
        leaders: [
          { state: "KZ", personRef: "A", to: "2027-05-02" },
          { state: "KZ", personRef: "B", from: "2027-05-06" },
          { state: "NL", personRef: "C" },
        ],
      }),
      says: "V16-gap",
    },
    {
      fails: set({
        leaders: [
          { state: "KZ", personRef: "A" },
          { state: "KZ", personRef: "B" },
          { state: "NL", personRef: "C" },
        ],
      }),
      says: "V16-several",
    },
  ],
  V17: [
    { fails: ({ facts }) => Object.assign(facts, { members: [member("KZ", ["space_admin"])] }), says: "V17-none" },
    {
      holds: set({ members: [{ person: "A", from: "start", to: "2027-11-25" }] }),
      fails: set({ members: [{ person: "A", from: "start", to: "2027-11-26" }] }),
      says: "V17-outside",
    },
  ],
  V18: [
    {
      holds: all(
        ({ facts }) => Object.assign(facts.members[1]!, { function: "officer" }),
        set({ members: [{ person: "Leader of NL", function: "judge" }] }),
      ),
      fails: ({ facts }) => Object.assign(facts.members[1]!, { function: "police" }),
      says: "V18",
    },
  ],
  V19: [
    {
      holds: set({ members: [{ ...seconded, function: "tax" }], powers: [{ hostState: "NL" }] }),
      fails: set({ members: [{ ...seconded, function: "tax" }], powers: [{ hostState: "KZ" }] }),
      says: "V19",
    },
  ],
  V20: [
    {
      holds: set({
        members: [seconded],
        powers: [{ hostState: "NL" }],
        weapons: ["KZ", "NL"].map((hostState) => ({ hostState, allowed: "no" })),
      }),
      fails: set({ members: [seconded], powers: [{ hostState: "NL" }], weapons: [{ hostState: "NL", allowed: "no" }] }),
      says: "V20",
    },
  ],
  V21: [
    {
      holds: set({ participants: [{ bodyCode: "UNODC", annexRef: "A2-2 (signed)" }] }),
      fails: set({ participants: [{ bodyCode: "INTERPOL", annexRef: "A2-1 (unsigned)" }] }),
      says: "V21",
    },
  ],
  V22: [
    {
      holds: set({ participants: [{ bodyCode: "UNODC", annexRef: "A2 (signed)", rights: ["attend"] }] }),
      fails: set({
        participants: [{ bodyCode: "UNODC", annexRef: "A2 (signed)", rights: ["attend", "take_measures"] }],
      }),
      says: "V22",
    },
  ],
  V23: [
    { fails: set({ specialTechniques: ["controlled_delivery"] }), says: "V23-none" },
    {
      holds: set({
        specialTechniques: ["controlled_delivery"],
        authorisations: [{ ...order, validFrom: "2026-12-01", validTo: "2027-01-01" }],
      }),
      fails: set({
        specialTechniques: ["controlled_delivery"],
        authorisations: [{ ...order, validFrom: "2026-12-01", validTo: "2027-12-01" }],
      }),
      says: "V23-period",
    },
    {
      fails: set({ specialTechniques: ["controlled_delivery"], authorisations: [{ ...order, orderRef: "" }] }),
      says: "V23-row",
    },
  ],
  V24: [{ fails: set({ nonPartyMaterial: undefined }), says: "V24" }],
  V25: [{ fails: set({ permittedUses: ["other_agreed"] }), says: "V25" }],
  V26: [
    {
      holds: all(
        ({ fields }) => Object.assign((fields.offences as object[])[0]!, { deathPenaltyPossible: "yes" }),
        set({ deathPenaltyAssurance: "assurance_given" }),
      ),
      fails: ({ fields }) => Object.assign((fields.offences as object[])[0]!, { deathPenaltyPossible: "not_declared" }),
      says: "V26",
    },
  ],
  V27: [{ fails: set({ disclosureRules: [row("KZ", { agreementDisclosable: "yes" })] }), says: "V27" }],
  V28: [
    {
      holds: set({ disclosureRules: ["KZ", "NL"].map((state) => row(state, { agreementDisclosable: "redacted" })) }),
      fails: set({
        disclosureRules: [row("KZ", { agreementDisclosable: "yes" }), row("NL", { agreementDisclosable: "no" })],
      }),
      says: "V28",
    },
  ],
  V29: [{ fails: ({ fields }) => (fields.retention as unknown[]).pop(), says: "V29" }],
  V30: [
    {
      holds: set({
        participants: [{ bodyCode: "UNODC", annexRef: "A2 (signed)", rights: ["provide_analysis"] }],
        controllerForThirdPartyUploads: "NL",
      }),
      fails: set({ participants: [{ bodyCode: "UNODC", annexRef: "A2 (signed)", rights: ["provide_analysis"] }] }),
      says: "V30",
    },
  ],
  V31: [{ holds: set({ contentRetentionDays: 28 }), fails: set({ contentRetentionDays: 29 }), says: "V31" }],
  V32: [
    { fails: set({ authenticLanguages: [] }), says: "V32-none" },
    {
      holds: translate("zh", "–"),
      fails: set({ authenticLanguages: ["en", "ru"] }),
      says: "V32-missing",
      clause: "C23",
    },
  ],
  V33: [
    {
      holds: all(translate("ar", "نص", "C05"), compared("ar", "C05")),
      fails: translate("ar", "نص", "C05"),
      says: "V33",
      clause: "C05",
    },
    {
      holds: all(translate("ar", "نص", "C05"), set({ prevailingLanguage: "en" })),
      fails: all(translate("ar", "نص", "C05"), compared("ar", "C05"), write("Other words.", "C05")),
      says: "V33",
      clause: "C05",
    },
    {
      holds: all(compared("ar", "C05"), translate("ar", "–", "C99")),
      fails: all(translate("ar", "نص", "C05"), compared("ar", "C05"), translate("ar", "نص آخر", "C05")),
      says: "V33",
      clause: "C05",
    },
  ],
  V34: [
    {
      holds: all(write("The team works for 12 months.", "C05"), translate("ar", "يعمل الفريق لمدة ١٢ شهرًا.", "C05")),
      fails: all(write("The team works for 12 months.", "C05"), translate("zh", "工作18个月。", "C05")),
      says: "V34-numbers",
      clause: "C05",
    },
    {
      fails: all(write("In Kazakhstan.", "C06"), translate("zh", "在荷兰，主权。", "C06")),
      says: "V34-states",
      clause: "C06",
    },
  ],
  V35: [{ holds: set({ prevailingLanguage: "en" }), fails: set({ prevailingLanguage: "ru" }), says: "V35" }],
  V36: [{ fails: ({ facts }) => Object.assign(facts, { members: [member("KZ"), member("NL")] }), says: "V36" }],
  V37: [
    {
      fails: ({ fields }) => Object.assign((fields.signatories as object[])[0]!, { authorityToSign: "" }),
      says: "V37",
    },
  ],
  V41: [
    {
      holds: set({ parties: [{ state: "KZ", approvalsNeeded: [{ status: "Granted" }] }] }),
      fails: set({ parties: [{ state: "KZ", approvalsNeeded: [{ status: "requested" }] }] }),
      says: "V41",
    },
  ],
  V44: [
    { holds: write("As clauses 3 to 28 say."), fails: write("As clause 29 says."), says: "V44-clause" },
    { holds: write("See annex A14."), fails: write("See annex A15."), says: "V44-annex" },
    ...["disclosureRules", "offences", "legalBases", "signatories"].map((field) => ({
      fails: rowOfOneThatLeft(field),
      says: "V44-party",
    })),
    {
      holds: set({ parties: [{ state: "KZ" }, { state: "NL" }] }),
      fails: set({ parties: [{ state: "KZ" }, { state: "EG" }] }),
      says: "V44-party",
      clause: "C02",
    },
  ],
  V45: [
    {
      holds: write("Court [12] said [sic] on Form XXV-3."),
      fails: write("Signed in [insert place]."),
      says: "V45-words",
    },
    { fails: write("Signed by ____."), says: "V45-words" },
    { fails: write("Case XX of 2026."), says: "V45-words" },
    { fails: set({ mediaRule: undefined }), says: "V45-field", clause: "C21" },
  ],
  V46: [
    {
      holds: set({ terms: [{ term: "host leader" }] }),
      fails: set({ terms: [{ term: "controlled purchase" }] }),
      says: "V46-unused",
    },
    {
      fails: all(set({ terms: [{ term: "seconded member" }] }), write("A seconded-member may.")),
      says: "V46-spelling",
    },
  ],
  V49: [
    {
      holds: set({ amendments: [change] }),
      fails: set({ amendments: [change, { ...change, oldText: { en: " " } }] }),
      says: "V49",
    },
    { fails: set({ amendments: [{ ...change, amendedClause: "" }] }), says: "V49", clause: "A9.01" },
  ],
};

const sentencesOf = (input: Input, rule?: RuleId) =>
  checkArrangement(input)
    .filter((one) => !rule || one.rule === rule)
    .map((one) => one.sentence);

function changedBy(change: Change = () => {}): Input {
  const input = sound();
  change(input);
  return input;
}

test("nothing stands against an arrangement that is complete", () => {
  expect(sentencesOf(sound())).toEqual([]);
});

describe.each(Object.entries(cases) as [RuleId, (typeof cases)[RuleId]][])("%s", (rule, ofRule) => {
  test.each(ofRule)("$says", ({ holds, fails, says, clause: where }) => {
    expect(sentencesOf(changedBy(holds), rule)).toEqual([]);
    const found = checks[rule](viewOf(changedBy(fails)));
    expect(found.map((one) => one.sentence)).toContain(says);
    if (where !== undefined) expect(found.map((one) => one.clause)).toContain(where);
  });
});

test("every rule of the rule set is found in texts, held by what can be done, or known to be for later", () => {
  const all = [...Object.keys(rules), ...Object.keys(heldElsewhere), ...Object.values(notYet).flat()];
  expect(all.sort()).toEqual(Array.from({ length: 62 }, (_, n) => `V${String(n + 1).padStart(2, "0")}`));
});

test("an amendment leads to the cell in which something is missing", () => {
  const amendments = [change, { ...change, newText: null }];
  const [found] = checks.V49(viewOf(changedBy(set({ amendments }))));
  expect(found?.place).toEqual({ kind: "field", field: "amendments", cell: { row: 1, column: "newText" } });
  expect(found?.values).toEqual({ fields: ["newText"] });
});

test("blocking findings are marked as such, and only warnings can be overridden", () => {
  for (const [rule, ofRule] of Object.entries(cases) as [RuleId, (typeof cases)[RuleId]][]) {
    const [found] = checks[rule](viewOf(changedBy(ofRule[0]!.fails)));
    expect(severityOf(found!)).toBe(rules[rule].severity);
    expect(found!.basis !== null).toBe(rules[rule].severity === "warning");
  }
});

test("a place leads to the very words, behind fields and other paragraphs", () => {
  const input = changedBy(write("Ask +7 701 234 56 78 first.", "C05"));
  const [found] = checkArrangement(input);
  const at = positionOf(input.languages.en!, "Ask +7");
  expect(found!.place).toEqual({ kind: "text", language: "en", from: at + 4, to: at + 20 });
});

/** Counted independently of the checks: each node opens and closes, each leaf takes one. */
function positionOf(doc: TextNode, words: string): number {
  let at = -1;
  const walk = (node: TextNode, from: number): number => {
    if (node.text !== undefined) {
      if (node.text.includes(words)) at = from + node.text.indexOf(words);
      return from + node.text.length;
    }
    if (node.type === "field") return from + 1;
    let inside = from + (node.type === "doc" ? 0 : 1);
    for (const child of node.content ?? []) inside = walk(child, inside);
    return inside + (node.type === "doc" ? 0 : 1);
  };
  walk(doc, 0);
  return at;
}

test("an override stands until what it overrode changes, and covers nothing else", () => {
  const [first] = checkArrangement(changedBy(set({ contentRetentionDays: 30 })));
  const override = {
    rule: "V31",
    basis: first!.basis!,
    reason: "Agreed",
    at: "",
    name: "",
    latinName: "",
    state: "KZ",
  };
  const again = checkArrangement(changedBy(all(set({ contentRetentionDays: 30 }), write("Another sentence."))));
  expect(standingOf(again, [override])).toMatchObject({ open: [], overridden: [{ finding: { rule: "V31" } }] });
  const later = checkArrangement(changedBy(set({ contentRetentionDays: 60 })));
  expect(standingOf(later, [override])).toMatchObject({ open: [{ rule: "V31" }], overridden: [] });
});

test("what is not known of a State is said, and is neither taken for bound nor for outside", () => {
  expect(sentencesOf(changedBy(recordOfNl(null)))).toEqual(["V03-unknown"]);
  expect(sentencesOf(changedBy(recordOfNl({ party: "unknown", inForceOn: null, lookedUpOn: "2020-01-01" })))).toEqual([
    "V03-unknown",
  ]);
});

test("a declaration that was read and left is read again when it, or the rule on disputes, changes", () => {
  const declared = (text: string) => recordOfNl({ declarations: { disputes: text } });
  const basisOf = (change: Change) => checks.V06(viewOf(changedBy(change)))[0]?.basis;
  const first = basisOf(declared("Not bound."));
  expect(basisOf(all(declared("Not bound."), write("Another sentence.")))).toBe(first);
  expect(basisOf(declared("Not bound by paragraph 2."))).not.toBe(first);
  expect(basisOf(all(declared("Not bound."), set({ disputeRule: "consultation_then_central_authorities" })))).not.toBe(
    first,
  );
});

test("a record that grows older stays overridden; one that was looked up again and grew old does not", () => {
  const basisOf = (lookedUpOn: string, today: string) =>
    checks.V03(viewOf(changedBy(all(recordOfNl({ lookedUpOn }), ({ facts }) => Object.assign(facts, { today })))))[0]
      ?.basis;
  const first = basisOf("2026-01-01", "2026-11-25");
  expect(basisOf("2026-01-01", "2027-01-01")).toBe(first);
  expect(basisOf("2026-02-01", "2027-01-01")).not.toBe(first);
});

test("every approval that lacks is named, party by party, and leads to the row of its party", () => {
  const parties = [
    { state: "KZ", approvalsNeeded: [{ body: "Ministry", status: "granted" }] },
    {
      state: "CN",
      approvalsNeeded: [
        { body: "Ministry", status: "requested" },
        { body: " Court ", status: "" },
      ],
    },
    { state: "NL", approvalsNeeded: [{ status: "sent" }] },
  ];
  const found = checks.V41(viewOf(changedBy(set({ parties }))));
  expect(found.map(({ values }) => values)).toEqual([
    { states: ["CN"], words: "Ministry, Court" },
    { states: ["NL"], words: "–" },
  ]);
  expect(found.map(({ place }) => place)).toMatchObject([{ cell: { row: 1 } }, { cell: { row: 2 } }]);
});

test("a fault in a row of a table leads to the cell in which it is mended", () => {
  const participants = [
    { bodyCode: "UNODC", annexRef: "A2-2 (signed)" },
    { bodyCode: "INTERPOL", annexRef: "A2-1 (unsigned)" },
  ];
  const [found] = checkArrangement(changedBy(set({ participants }))).filter(({ rule }) => rule === "V21");
  expect(found?.place).toEqual({ kind: "field", field: "participants", cell: { row: 1, column: "annexRef" } });
});

describe("identities", () => {
  test.each([
    ["name", "Mr Akhmetov"],
    ["name", "Нурланов Ерлан Сапарович"],
    ["name", "Иванов-Петров Сергей Михайлович"],
    ["name", "محمد بن سالم"],
    ["name", "嫌疑人张某"],
    ["name", "the accused Jan de Vries"],
    ["passport", "passport N1234567"],
    ["passport", "паспорт № 12345678"],
    ["passport", "P<UTOERIKSSON<<ANNA<MARIA<<<<"],
    ["iban", "NL91 ABNA 0417 1643 00"],
    ["iban", "DE89370400440532013000"],
    ["phone", "+31 20 555 0123"],
    ["phone", "tel. 020 555 01 23"],
  ])("%s: %s", (kind, words) => {
    expect(identitiesIn(`He used ${words}.`).map((one) => one.kind)).toEqual([kind]);
  });

  test.each([
    "25-3-0117-EX",
    "缉案-2025-088-EX",
    "4471/2025-EX",
    "FP-25-006631-EX",
    "SGKU-204481-6",
    "DP 118/2025-EX",
    "(exercise) +000",
    "NL91 ABNA 0417 1643 01",
    "article 19 of the United Nations Convention against Transnational Organized Crime",
    "The General Prosecutor’s Office of the Republic of Kazakhstan",
    "12000 USD on 2026-11-25 at 08:00",
    "the suspect S-01, the witness W-01 and company L-02",
    "a passport is checked at the border in 2026",
    "the victim The Hague",
  ])("not: %s", (words) => {
    expect(identitiesIn(words)).toEqual([]);
  });

  test("nothing of the template and of the exercise arrangement is taken for an identity", () => {
    const input = changedBy(set(saiga.fields));
    for (const [id, words] of Object.entries(saiga.texts)) write(words, id)(input);
    expect(sentencesOf(input, "V10")).toEqual([]);
  });

  test("an account number needs the length of its country and right check digits", () => {
    expect(["NL91ABNA0417164300", "GB82 WEST 1234 5698 7654 32"].map(isIban)).toEqual([true, true]);
    expect(["NL91ABNA04171643", "GB82 WEST 1234 5698 7654 33", "XX00ABCD"].map(isIban)).toEqual([false, false, false]);
  });
});

test("V15 in an annex: a clause that the template fixes has words or a value, whatever they are", () => {
  const said = (content: TextNode[]) => {
    const title = { type: "clauseTitle", attrs: { id: "t" }, content: [{ type: "text", text: "Limits" }] };
    const clause = { type: "clause", attrs: { clauseId: "A2.03", fixed: true } };
    const paragraph = { type: "paragraph", attrs: { id: "p" }, content };
    const en: TextNode = { type: "doc", content: [{ ...clause, content: [title, paragraph] }] };
    const facts = { today: "2026-11-27", parties: [], members: [] };
    const fields = { participantPresence: "at_none" };
    return checkAnnex({ fields, languages: { en }, facts }).map(({ sentence }) => sentence);
  };
  expect(said([])).toEqual(["V15-empty"]);
  expect(said([{ type: "text", text: " " }])).toEqual(["V15-empty"]);
  expect(said([{ type: "text", text: "The body takes no measures." }])).toEqual([]);
});
