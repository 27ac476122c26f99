import { z } from "zod";
import { Day } from "../jits/validity.ts";
import { kinds } from "./activity.ts";

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

/** The filters of the page as they stand in its address. Days are days of the reader's zone, both inclusive. */
export const ActivityFilters = z
  .object({
    person: optional(z.uuid("wrong-kind")),
    state: optional(z.string().regex(/^[A-Z]{2}$/, "wrong-kind")),
    kind: optional(z.enum(kinds, "wrong-kind")),
    from: optional(Day),
    until: optional(Day),
    /** entries before this number: the next page */
    before: optional(z.coerce.number("wrong-kind").int("wrong-kind").min(1, "wrong-kind").max(1e15, "wrong-kind")),
  })
  .refine(({ from, until }) => !from || !until || from <= until, { message: "date-order", path: ["until"] });
export type ActivityFilters = z.infer<typeof ActivityFilters>;

/** Reads the filters from an address; a field that cannot be used is left out, with its reason and what it held. */
export function readFilters(address: URLSearchParams): {
  filters: ActivityFilters;
  refusal: { problems: Record<string, string>; typed: Record<string, string> } | null;
} {
  const typed = Object.fromEntries(address);
  const read = ActivityFilters.safeParse(typed);
  if (read.success) return { filters: read.data, refusal: null };
  const problems = Object.fromEntries(read.error.issues.map(({ path, message }) => [path.join("."), message]));
  const usable = Object.fromEntries(Object.entries(typed).filter(([name]) => !(name in problems)));
  return { filters: ActivityFilters.parse(usable), refusal: { problems, typed } };
}
