import type { Fields } from "../documents/field-text.ts";
import { dayOfInstant, extendPeriod, periodFrom, startOfDay, startOfNextDay } from "../documents/period.ts";
import { isLiving, type StoredState, stateAt } from "../documents/states.ts";
import { Conflict, Invalid } from "../errors.ts";
import { annexIdOf } from "../templates/annex.ts";

/** What the signatures under a child of the arrangement bring about. Instants in UTC; days in the reference zone. */
export type Effect =
  | { kind: "extend"; from: Date; expiresAt: Date; lastDay: string }
  | { kind: "amend"; from: Date }
  | { kind: "accede"; from: Date; state: string }
  /** `last`: fewer than two parties are left, so the team ends with it (T18) */
  | { kind: "withdraw"; from: Date; state: string; last: boolean }
  | { kind: "endEarly" | "suspend" | "resume"; from: Date };

/** The arrangement that a child hangs under, as far as its effect depends on it. */
export type Parent = StoredState & {
  inForceAt: Date | null;
  timeZone: string;
  /** of its frozen text */
  fields: Fields;
  /** bound by it: until `leftAt`, which may lie ahead */
  parties: readonly { state: string; leftAt: Date | null }[];
};

/**
 * The effect of a child whose last signature is made at `at`. Asked before signature is opened, before every signature
 * and with the last one, so that nobody signs what can have no effect. Throws Conflict:
 * "extension-late" (V48: the team has lapsed, handbook T23), "team-has-ended", "team-ends-early", "extension-not-possible",
 * "extension-too-long", "accession-not-open", "state-already-party", "party-not-there", "day-has-passed", "day-after-end",
 * "already-suspended", "not-suspended", "effect-unclear".
 */
export function effectOf(annex: string, fields: Fields, parent: Parent, at: Date): Effect {
  const kind = annexIdOf(annex);
  if (!isLiving(stateAt(parent, at))) throw new Conflict(kind === "A8" ? "extension-late" : "team-has-ended");
  try {
    switch (kind) {
      case "A8":
        return extension(fields, parent, at);
      case "A9":
        return { kind: "amend", from: amendmentHolds(fields, parent, at) };
      case "A10":
        return accession(fields, parent, at);
      case "A11":
        return notice(fields, parent, at);
      default:
        throw new Conflict("effect-unclear");
    }
  } catch (error) {
    if (error instanceof Invalid) throw new Conflict("effect-unclear");
    throw error;
  }
}

/** V48: complete before the expiry instant, in the reference zone; that very instant is too late. */
function extension(fields: Fields, parent: Parent, at: Date): Effect {
  if (parent.fields.extension === "not_possible") throw new Conflict("extension-not-possible");
  if (parent.endsEarly) throw new Conflict("team-ends-early");
  if (parent.expiresAt === null) throw new Conflict("effect-unclear");
  const { expiresAt, lastDay } = extendPeriod(parent.expiresAt, String(fields.extendedBy ?? ""), parent.timeZone);
  const { maxTotal } = parent.fields;
  if (typeof maxTotal === "string" && maxTotal !== "" && parent.inForceAt) {
    if (lastDay > periodFrom(parent.inForceAt, maxTotal, parent.timeZone).lastDay)
      throw new Conflict("extension-too-long");
  }
  return { kind: "extend", from: at, expiresAt, lastDay };
}

function amendmentHolds(fields: Fields, { timeZone }: Parent, at: Date): Date {
  if (fields.amendmentHolds === "last_signature") return at;
  if (fields.amendmentHolds === "day_after_last_signature") return startOfNextDay(at, timeZone);
  return dayAhead(fields.amendmentDay, timeZone, at);
}

/** T14: from the last signature of all parties and the newcomer (V50, signing/opening.server.ts) it is a party. */
function accession(fields: Fields, { fields: agreed, parties }: Parent, at: Date): Effect {
  const { accedingState: state } = fields;
  if (agreed.openToAccession !== true) throw new Conflict("accession-not-open");
  if (typeof state !== "string" || state === "") throw new Conflict("effect-unclear");
  if (parties.some((party) => party.state === state)) throw new Conflict("state-already-party");
  return { kind: "accede", from: at, state };
}

function notice(fields: Fields, parent: Parent, at: Date): Effect {
  const from = dayAhead(fields.withdrawalHolds, parent.timeZone, at);
  if (parent.expiresAt && from >= parent.expiresAt) throw new Conflict("day-after-end");
  switch (fields.withdrawalKind) {
    case "its_withdrawal": {
      const state = String(fields.withdrawingParty ?? "");
      const leaving = parent.parties.find((party) => party.state === state && staysAt(party, from));
      if (!leaving) throw new Conflict("party-not-there");
      const left = parent.parties.filter((party) => party !== leaving && staysAt(party, from));
      return { kind: "withdraw", from, state, last: left.length < 2 };
    }
    case "the_end_of_the_team":
      return { kind: "endEarly", from };
    case "the_suspension_of_the_team":
      if (isPaused(parent, from)) throw new Conflict("already-suspended");
      return { kind: "suspend", from };
    case "the_resumption_of_the_team":
      if (!isPaused(parent, from)) throw new Conflict("not-suspended");
      return { kind: "resume", from };
    default:
      throw new Conflict("effect-unclear");
  }
}

const staysAt = ({ leftAt }: { leftAt: Date | null }, at: Date) => leftAt === null || leftAt > at;

/** A suspension that is decided and not ended by then, also one that only begins later. */
function isPaused({ suspendedFrom, suspendedUntil }: Parent, at: Date): boolean {
  return suspendedFrom !== null && (suspendedUntil === null || suspendedUntil > at);
}

/** From the start of the named day, but never backwards: the day of the last signature holds from that signature. */
function dayAhead(day: unknown, timeZone: string, at: Date): Date {
  const named = String(day ?? "");
  if (named === dayOfInstant(at, timeZone)) return at;
  const start = startOfDay(named, timeZone);
  if (start < at) throw new Conflict("day-has-passed");
  return start;
}
