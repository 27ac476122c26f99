import { z } from "zod";

// Control characters (PostgreSQL refuses NUL outright), and the bidirectional overrides and isolates that make a name
// read as another one. Marks (U+200E, U+200F, U+061C) and joiners are part of ordinary writing and stay.
const forbidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;
const forbiddenInLines = /(?![\n\r\t])[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff]/u;

/** One line that a person wrote: not empty, NFC, at most `max` characters, nothing invisible that misleads. */
export function line(max: number) {
  return z
    .string("required")
    .trim()
    .min(1, "required")
    .max(max, "too-long")
    .refine((text) => !forbidden.test(text), "control-characters")
    .transform((text) => text.normalize("NFC"));
}

/** A few sentences; line breaks are kept. */
export function lines(max: number) {
  return z
    .string("required")
    .trim()
    .min(1, "required")
    .max(max, "too-long")
    .refine((text) => !forbiddenInLines.test(text), "control-characters")
    .transform((text) => text.normalize("NFC").replaceAll("\r\n", "\n"));
}

/** A field that may be left empty: blank text counts as absent. */
export function orNothing<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : value),
    schema.optional(),
  );
}
