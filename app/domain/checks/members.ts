import { approvalsOf, isSettled } from "../signing/approvals.ts";
import type { MemberFacts } from "./facts.ts";
import { type Finding, finding } from "./finding.ts";
import { plannedPeriod } from "./planned-period.ts";
import { cellOf, dayOf, isEmpty, listOf, type Row, rowsOf, withoutRow } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** V17: each party has someone in the team, and nobody is a member before it begins or after it ends. */
export function checkMembers({ fields, facts }: Arrangement): Finding[] {
  const found: Finding[] = [];
  const there = new Set(facts.members.map((member) => member.state));
  const states = facts.parties.map((party) => party.state).filter((state) => !there.has(state));
  if (states.length > 0) found.push(finding("V17", "V17-none", { clause: "C08", values: { states } }));
  const period = plannedPeriod(fields, facts);
  if (typeof period === "string") return found;
  const outside = rowsOf(fields, "members").filter(({ from, to }) => {
    const [first, last] = [dayOf(from), dayOf(to)];
    // Before the last signature nobody knows the first day, so only a fixed one can be missed.
    return (period.fixed && first !== null && first < period.first) || (last !== null && last > period.last);
  });
  const [first] = outside;
  if (first) {
    const words = outside.map((row) => String(row.person ?? "")).join(", ");
    found.push(
      finding("V17", "V17-outside", {
        clause: "C08",
        values: { words },
        place: cellOf(fields, "members", first, "from"),
      }),
    );
  }
  return found;
}

const judicial = new Set(["prosecutor", "investigating_judge", "judge"]);
/** For functions in people's own words. */
const judicialWords = /prosecut|judge|magistrat|procur|fiscal|juez|juiz|прокур|суд|следоват|قاض|نيابة|检察|法官/i;

/** V18: no prosecutor or judge among the members of a party. */
export function checkJudicial({ fields, facts }: Arrangement): Finding[] {
  const functions = new Map(rowsOf(fields, "members").map((row) => [row.person, row.function]));
  const isJudicial = (member: MemberFacts) =>
    judicialWords.test(member.function) || member.names.some((name) => judicial.has(String(functions.get(name))));
  const bound = new Set(facts.members.filter(isJudicial).map((member) => member.state));
  const there = new Set(facts.members.map((member) => member.state));
  const states = facts.parties.map((party) => party.state).filter((state) => there.has(state) && !bound.has(state));
  return states.length > 0 ? [finding("V18", "V18", { clause: "C08", values: { states } })] : [];
}

const isSeconded = (row: Row) => row.seconded === true;

/** V19: what a seconded member may do is set out for the State he or she goes to. */
export function checkPowers({ fields }: Arrangement): Finding[] {
  const hosts = new Set(
    rowsOf(fields, "members")
      .filter(isSeconded)
      .map((row) => row.secondedTo)
      .filter((state): state is string => typeof state === "string" && state !== ""),
  );
  const states = withoutRow([...hosts], rowsOf(fields, "powers"), "hostState");
  const place = { kind: "field", field: "powers" } as const;
  return states.length > 0 ? [finding("V19", "V19", { clause: "C09", values: { states }, place })] : [];
}

/** V20: weapons are decided for each State of operation once police or customs officers are seconded. */
export function checkWeapons({ fields }: Arrangement): Finding[] {
  const officers = rowsOf(fields, "members").filter(
    (row) => isSeconded(row) && (row.function === "police" || row.function === "customs"),
  );
  if (officers.length === 0) return [];
  const decided = rowsOf(fields, "weapons").filter((row) => !isEmpty(row.allowed));
  const states = withoutRow(listOf(fields, "statesOfOperation"), decided, "hostState");
  const place = { kind: "field", field: "weapons" } as const;
  return states.length > 0 ? [finding("V20", "V20", { clause: "C10", values: { states }, place })] : [];
}

/** V36: someone of a party administers the space. */
export function checkAdministrator({ fields, facts }: Arrangement): Finding[] {
  if (fields.workspaceUsed !== true) return [];
  const states = new Set(facts.parties.map((party) => party.state));
  const administers = (member: MemberFacts) =>
    member.roles.includes("space_admin") && member.state !== null && states.has(member.state);
  return facts.members.some(administers) ? [] : [finding("V36", "V36", { clause: "C24" })];
}

/** V37: each party names who signs, in which capacity, and on what authority. */
export function checkSignatories({ fields, facts }: Arrangement): Finding[] {
  const complete = rowsOf(fields, "signatories").filter(
    (row) => !isEmpty(row.personRef) && !isEmpty(row.capacity) && !isEmpty(row.authorityToSign),
  );
  const states = withoutRow(
    facts.parties.map((party) => party.state),
    complete,
    "partyIso",
  );
  const place = { kind: "field", field: "signatories" } as const;
  return states.length > 0 ? [finding("V37", "V37", { clause: "C28", values: { states }, place })] : [];
}

/**
 * V41: approvals that the law of a party asks for are given before anyone signs; each party with all that it lacks. What
 * was recorded of an approval counts before what the text says of it, which is frozen earlier.
 */
export function checkApprovals({ fields, facts }: Arrangement): Finding[] {
  const open = approvalsOf(fields, facts.approvals ?? []).filter((one) => !isSettled(one));
  const states = [...new Set(open.map(({ state }) => state))];
  return states.map((state) => {
    const words = open.flatMap((one) => (one.state === state ? one.body || "–" : [])).join(", ");
    const row = rowsOf(fields, "parties").find((party) => String(party.state ?? "").trim() === state);
    const place = row
      ? cellOf(fields, "parties", row, "approvalsNeeded")
      : ({ kind: "field", field: "parties" } as const);
    return finding("V41", "V41", { clause: "C02", values: { states: [state], words }, place });
  });
}
