import { z } from "zod";
import { line, lines } from "./wording.ts";

const reference = /^JIT-\d{4}-\d{3,6}$/;

/** True for text that could be a reference; anything else must not reach a query. */
export function isReference(text: string): boolean {
  return reference.test(text);
}

const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "language-unknown");

/** Names of the team by BCP 47 tag; the English one is the one every reader can fall back to. */
export const Names = z
  .record(languageTag, line(120).optional())
  .transform((names) => withoutEmpty(names))
  .refine((names) => names.en !== undefined, { message: "required", path: ["en"] });

function withoutEmpty(names: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(names).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

export const FoundJit = z.object({
  names: Names,
  summary: lines(1000).optional().default(""),
  exercise: z.boolean().optional().default(false),
});
export type FoundJit = z.infer<typeof FoundJit>;

export const DescribeJit = z.object({ names: Names, summary: lines(1000).optional().default("") });
export type DescribeJit = z.infer<typeof DescribeJit>;

/** The name to show: the reader's language, else English. */
export function nameIn(language: string, names: Record<string, string>): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? "";
}
