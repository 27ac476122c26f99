import { describe, expect, test } from "vitest";
import type { DocumentState } from "../documents/states.ts";
import type { JitRole } from "../roles.ts";
import type { MemberLine } from "./members.ts";
import { needsOf, waitsOf } from "./needs.ts";
import { type Overview, stepsOf, whoSees } from "./overview.ts";
import type { TeamLine } from "./teams.ts";

const at = new Date("2026-11-23T10:00:00Z");

function member(partyId: string | null, roles: JitRole[], standing: "now" | "later" = "now"): MemberLine {
  return {
    id: `${partyId} ${roles}`,
    personId: "p",
    name: "李文静",
    latinName: "Li Wenjing",
    language: "zh",
    function: "prosecutor",
    capacity: "",
    authorityNames: { en: "UNODC" },
    authorityState: null,
    partyId,
    partyState: partyId,
    timeZone: "UTC",
    roles: roles.map((role) => ({ role, from: "2026-01-01", until: null, standing })),
    leftAt: null,
  };
}

function overview(states: string[], members: MemberLine[], state: DocumentState | null): Overview {
  const party = (id: string) => ({
    id,
    state: id,
    authorityNames: {},
    timeZone: "UTC",
    nationalCase: "",
    joinedAt: at,
  });
  const agreement = state && {
    id: "d",
    state,
    stateSince: at,
    version: 1,
    inForceAt: null,
    expiresAt: null,
    endsEarly: false,
    suspendedFrom: null,
    suspendedUntil: null,
    timeZone: null,
  };
  return { parties: states.map(party), members, invitations: [], agreement, slots: [], closure: null };
}

const everyone = [member("KZ", ["space_admin"]), member("CN", ["leader"])];
const states = (one: Overview) => stepsOf(one).map((step) => step.state);

describe("the checklist", () => {
  test.each<[string, Overview, string[]]>([
    ["one party", overview(["KZ"], everyone, null), ["now", "open", "later", "later", "later"]],
    [
      "two parties, one without a writer",
      overview(["KZ", "EG"], everyone, null),
      ["done", "now", "open", "later", "later"],
    ],
    ["everybody there", overview(["KZ", "CN"], everyone, null), ["done", "done", "now", "later", "later"]],
    ["negotiation", overview(["KZ", "CN"], everyone, "negotiation"), ["done", "done", "now", "open", "later"]],
    ["finalised", overview(["KZ", "CN"], everyone, "finalised"), ["done", "done", "done", "done", "now"]],
    ["signing", overview(["KZ", "CN"], everyone, "signing"), ["done", "done", "done", "done", "now"]],
    ["in force", overview(["KZ", "CN"], everyone, "in_force"), ["done", "done", "done", "done", "done"]],
  ])("%s", (_, one, expected) => expect(states(one)).toEqual(expected));

  test("someone whose role begins later does not write for the party yet", () => {
    const later = [member("KZ", ["space_admin"]), member("CN", ["leader"], "later")];
    expect(states(overview(["KZ", "CN"], later, null))[1]).toBe("now");
  });
});

test("who sees it counts everybody who is there today, and names organisations apart", () => {
  const members = [
    ...everyone,
    member("CN", ["member"]),
    member("CN", ["member"], "later"),
    member(null, ["participant_observer"]),
  ];
  expect(whoSees({ members })).toEqual({ states: 2, people: 4, members: 3, observers: ["UNODC"] });
});

function team(state: DocumentState | null, roles: JitRole[], more: Partial<TeamLine> = {}): TeamLine {
  return {
    id: "j",
    reference: "JIT-2026-001",
    names: { en: "SAIGA" },
    exercise: true,
    memberId: "m",
    partyId: "KZ",
    roles,
    parties: [
      { id: "KZ", state: "KZ", writes: true, signs: true },
      { id: "CN", state: "CN", writes: true, signs: true },
    ],
    people: 2,
    documentId: "d",
    state,
    stateSince: at,
    expiresAt: null,
    timeZone: null,
    closureProposedPartyId: null,
    ...more,
  };
}

describe("what needs a person", () => {
  const kinds = (one: TeamLine, slots: Parameters<typeof needsOf>[1] = [], sent: Parameters<typeof needsOf>[2] = []) =>
    needsOf(one, slots, sent, at).map((need) => need.kind);
  const extended = (one: TeamLine) => needsOf(one, [], [], at, [], { extending: true }).map((need) => need.kind);
  const halfway = (one: TeamLine) => needsOf(one, [], [], at, [], { evaluationDue: true }).map((need) => need.kind);
  const agreeing = (one: TeamLine, ...parties: string[]) =>
    needsOf(
      one,
      [],
      [],
      at,
      parties.map((partyId) => ({ jitId: "j", partyId })),
    ).map((need) => need.kind);
  const slot = {
    jitId: "j",
    memberId: "m",
    partyId: "KZ",
    partyState: "KZ",
    since: at,
    role: "signatory" as const,
    state: "waiting" as const,
    dueAt: null as Date | null,
  };
  const sent = { jitId: "j", partyId: "KZ", email: "x@exercise.example", expiresAt: new Date(at.getTime() - 1) };
  const lonely = [{ id: "KZ", state: "KZ", writes: true, signs: false }];
  const inDays = (days: number) => ({ expiresAt: new Date(at.getTime() + days * 86_400_000) });

  test.each<[string, string[], string[]]>([
    ["the own signature", kinds(team("signing", ["signatory"]), [slot]), ["sign"]],
    ["not the signature of another", kinds(team("signing", ["signatory"]), [{ ...slot, memberId: "other" }]), []],
    [
      "not yet the own signature while the visa of the party lacks",
      kinds(team("signing", ["signatory"]), [slot, { ...slot, memberId: "other", role: "visa" }]),
      [],
    ],
    [
      "the own signature while another party's visa lacks",
      kinds(team("signing", ["signatory"]), [slot, { ...slot, memberId: "other", partyId: "CN", role: "visa" }]),
      ["sign"],
    ],
    [
      "a paper of another party, for an officer",
      kinds(team("signing", ["leader"]), [{ ...slot, memberId: "other", partyId: "CN", state: "checking" }]),
      ["checkPaper"],
    ],
    [
      "not the own party's paper",
      kinds(team("signing", ["leader"]), [{ ...slot, memberId: "other", state: "checking" }]),
      [],
    ],
    [
      "a signature that is late, for who opened",
      kinds(team("signing", ["space_admin"]), [{ ...slot, memberId: "other", dueAt: at }]),
      ["overdue"],
    ],
    ["a team with one party", kinds(team(null, ["space_admin"], { parties: lonely })), ["addParties"]],
    ["a text that is not started", kinds(team(null, ["space_admin"])), ["start"]],
    ["nothing to start for a member", kinds(team(null, ["member"])), []],
    ["finalising, for an administrator", kinds(team("negotiation", ["space_admin"])), ["finalise"]],
    ["not finalising, for a leader", kinds(team("negotiation", ["leader"])), []],
    ["the own agreement when another party gave its", agreeing(team("negotiation", ["leader"]), "CN"), ["agree"]],
    ["not when the own party has agreed", agreeing(team("negotiation", ["leader"]), "CN", "KZ"), []],
    ["not for who may not agree", agreeing(team("negotiation", ["member"]), "CN"), []],
    ["a signatory of the own party", kinds(team("negotiation", ["leader"], { parties: lonely })), ["inviteSignatory"]],
    ["V47: a team that ends in 19 days, and no extension", kinds(team("in_force", ["leader"], inDays(19))), ["extend"]],
    ["the end itself, once an extension is begun", extended(team("in_force", ["leader"], inDays(19))), ["ending"]],
    ["V61: an evaluation that is due at half time", halfway(team("in_force", ["leader"], inDays(200))), ["evaluate"]],
    ["no evaluation for who begins none", halfway(team("in_force", ["member"], inDays(200))), []],
    ["no evaluation after the end", halfway(team("expired", ["leader"], inDays(-1))), ["proposeClosure"]],
    ["no extension for a member, who begins none", kinds(team("in_force", ["member"], inDays(19))), []],
    ["not one that ends in a year", kinds(team("in_force", ["leader"], inDays(365))), []],
    ["a period that has run out", kinds(team("expired", ["leader"], inDays(-1))), ["proposeClosure"]],
    [
      "another party's wish to close",
      kinds(team("closing", ["leader"], { closureProposedPartyId: "CN" })),
      ["confirmClosure"],
    ],
    ["not the own party's wish", kinds(team("closing", ["leader"], { closureProposedPartyId: "KZ" })), []],
    ["a link that ran out unused", kinds(team("in_force", ["leader"]), [], [sent]), ["inviteAgain"]],
    ["not when one may invite no longer", kinds(team("in_force", ["member"]), [], [sent]), []],
  ])("%s", (_, found, expected) => expect(found).toEqual(expected));

  test("what others do is waited for, and named", () => {
    const other = { ...slot, memberId: "other", partyId: "CN", partyState: "CN" };
    expect(waitsOf(team("signing", ["leader"]), [slot, other], [], at).map((wait) => wait.party?.state)).toEqual([
      "CN",
    ]);
  });
});
