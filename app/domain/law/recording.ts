import { z } from "zod";
import { Day } from "../jits/validity.ts";
import { lines, orNothing } from "../jits/wording.ts";
import { declarationKinds, standings, type TreatyStatus } from "./treaty-status.ts";

/** Before this day the Convention was in force for nobody (art. 38(1): the ninetieth day after forty ratifications). */
const firstDayOfConvention = "2003-09-29";

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
