import { z } from "zod";
import { Day } from "../jits/validity.ts";
import { lines, orNothing } from "../jits/wording.ts";
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

/** Before this day the Convention was in force for nobody (art. 38(1): the ninetieth day after forty ratifications). */
const firstDayOfConvention = "2003-09-29";

/** True for the code of a State that has a name here. */
export function isListedState(code: string): boolean {
  return Object.hasOwn(names.states, code);
}

const Declaration = orNothing(lines(4000));

const fields = {
  party: z.enum(standings, { error: ({ input }) => (input === undefined ? "required" : "wrong-kind") }),
  inForceOn: orNothing(Day),
  declarations: z
    .object({
      disputes: Declaration,
      extradition: Declaration,
      centralAuthority: Declaration,
      languages: Declaration,
      other: Declaration,
    })
    .prefault({}),
  source: lines(1000),
  lookedUpOn: z.string("required").pipe(Day),
};
type Written = z.infer<z.ZodObject<typeof fields>>;

/** What is recorded for one State. */
export const WriteTreatyStatus = z.object(fields).superRefine(checkInForce).transform(statusOf);

/** The same with the number of the record that the administrator saw, 0 for none; a newer one stands against saving. */
export const RecordTreatyStatus = z
  .object({ ...fields, seen: z.coerce.number("required").int().min(0) })
  .superRefine(checkInForce)
  .transform(({ seen, ...written }) => ({ ...statusOf(written), seen }));

/** The day belongs to a State that is a party, and to no other. */
function checkInForce({ party, inForceOn }: Written, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: "custom", path: ["inForceOn"], message });
  if (party === "yes" && !inForceOn) refuse("in-force-needed");
  if (party !== "yes" && inForceOn) refuse("in-force-without-party");
  if (inForceOn && inForceOn < firstDayOfConvention) refuse("in-force-too-early");
}

function statusOf({ party, inForceOn, declarations, source, lookedUpOn }: Written): TreatyStatus {
  const declared = declarationKinds.flatMap((kind) => (declarations[kind] ? [[kind, declarations[kind]]] : []));
  return { party, inForceOn: inForceOn ?? null, declarations: Object.fromEntries(declared), source, lookedUpOn };
}

/** True when both say the same of the State; where and when it was looked up does not count. */
export function saysTheSame(one: TreatyStatus, other: TreatyStatus): boolean {
  return (
    one.party === other.party &&
    one.inForceOn === other.inForceOn &&
    declarationKinds.every((kind) => one.declarations[kind] === other.declarations[kind])
  );
}
