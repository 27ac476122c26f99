import { names } from "../names/english.ts";

/** Whether a State is bound by the Convention (UNTOC). "unknown" is an answer of its own, and never taken for yes. */
export const standings = ["yes", "no", "unknown"] as const;
export type Standing = (typeof standings)[number];

/**
 * What a State can have declared that matters to a team, by the paragraph of the Convention: not bound by the settlement
 * of disputes (35(2)), conditions of extradition (16(5)), the central authority (18(13)), languages of requests (18(14)).
 */
export const declarationKinds = ["disputes", "extradition", "centralAuthority", "languages", "other"] as const;
export type DeclarationKind = (typeof declarationKinds)[number];
/** In the words of the State; a kind that is not there was not declared. */
export type Declarations = Partial<Record<DeclarationKind, string>>;

export type TreatyStatus = {
  party: Standing;
  /** the first day on which the Convention binds the State; there exactly when it is a party */
  inForceOn: string | null;
  declarations: Declarations;
  /** where it was looked up */
  source: string;
  lookedUpOn: string;
};

/** A record older than this is looked up again before anyone relies on it (domain handbook 3.13, V03). */
export const recordHoldsDays = 180;

const dayMs = 24 * 60 * 60 * 1000;

/** True when so many days have gone since it was looked up that the record does not hold any more. */
export function isOld(lookedUpOn: string, today: string): boolean {
  return Date.parse(today) - Date.parse(lookedUpOn) > recordHoldsDays * dayMs;
}

/** True for the code of a State that has a name here. */
export function isListedState(code: string): boolean {
  return Object.hasOwn(names.states, code);
}

/** True when both say the same of the State; where and when it was looked up does not count. */
export function saysTheSame(one: TreatyStatus, other: TreatyStatus): boolean {
  return (
    one.party === other.party &&
    one.inForceOn === other.inForceOn &&
    declarationKinds.every((kind) => one.declarations[kind] === other.declarations[kind])
  );
}
