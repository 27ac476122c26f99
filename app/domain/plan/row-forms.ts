import { z } from "zod";
import { handlingCodes } from "../tasks/handling.ts";
import { fieldsOf, type PlanField, type PlanKind } from "./kinds.ts";
import { listOf } from "./row.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unshown = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028-\u202e\u2066-\u2069]/;
const words = (most: number, reason: string) =>
  z
    .string()
    .optional()
    .default("")
    .transform((text) => text.replaceAll("\r\n", "\n").trim())
    .refine((text) => text.length <= most, reason)
    .refine((text) => !unshown.test(text), "control-characters");
const id = z
  .union([z.literal(""), z.uuid("wrong-kind")])
  .optional()
  .default("");
const typedTime = z.string().max(16, "date-invalid").optional().default("");

function schemaOf(field: PlanField): z.ZodType<string> {
  switch (field.is) {
    case "words":
      return words(200, "plan-words-too-long");
    case "long":
      return words(10_000, "plan-text-too-long");
    case "party":
    case "member":
      return id;
    case "parties":
      return z
        .array(z.uuid("wrong-kind"))
        .max(60, "wrong-kind")
        .optional()
        .default([])
        .transform((ids) => [...new Set(ids)].sort().join(", "));
    case "line":
      return z.string().max(4, "wrong-kind").optional().default("");
    case "day":
      return typedTime.refine((day) => day === "" || /^(20|21)\d\d-\d\d-\d\d$/.test(day), "date-invalid");
    case "moment":
      return typedTime;
    case "zone":
      return z.string().max(64, "zone-unknown").optional().default("");
    case "check":
      return z
        .string()
        .optional()
        .transform((value) => (value === "on" ? "on" : ""));
    case "codes":
      return words(500, "too-long")
        .refine((text) => listOf(text).every((one) => /^[A-Z]{1,2}\d{1,4}$/.test(one)), "plan-after-wrong")
        .transform((text) => [...new Set(listOf(text))].sort().join(", "));
    case "choice":
      return z.enum(field.of as [string, ...string[]], "wrong-kind");
  }
}

/**
 * A row as its form sends it: one string a field. Times are checked by `timesOf`, people, parties and other actions
 * against the team.
 */
export function rowForm(kind: PlanKind) {
  const shape = Object.fromEntries(
    fieldsOf(kind).map((field) => {
      const schema = schemaOf(field);
      return [field.name, field.needed ? schema.refine((value) => value !== "", "required") : schema];
    }),
  );
  return z.object({
    ...shape,
    handling: z.enum(handlingCodes, "wrong-kind"),
    handlingParty: id,
  }) as unknown as z.ZodType<Record<string, string>>;
}

/** The same with what stood in the form when it was opened. */
export function changeForm(kind: PlanKind) {
  const seen = z.record(z.string(), z.string()).optional().default({});
  return (rowForm(kind) as unknown as z.ZodObject).extend({ seen }) as unknown as z.ZodType<
    Record<string, string> & { seen: Record<string, string> }
  >;
}

export const RemoveRow = z.object({
  reason: words(500, "too-long").refine((text) => text !== "", "required"),
});
