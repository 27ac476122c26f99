import { z } from "zod";
import { Invalid } from "../errors.ts";
import { line, lines, orNothing } from "./wording.ts";

const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "language-unknown");

/** Names of the team by BCP 47 tag; the English one is the one every reader can fall back to. */
export const Names = z
  .record(languageTag, orNothing(line(120)))
  .optional()
  .transform((names) => withoutEmpty(names ?? {}))
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

/** One more language, chosen from a list in the form. */
export const OtherName = { otherLanguage: languageTag.optional(), otherName: line(120).optional() };

/** Puts the chosen language among the names. Throws Invalid when one of the two is missing. */
export function withOtherName<
  Input extends { names: Record<string, string>; otherLanguage?: string; otherName?: string },
>({ otherLanguage, otherName, ...rest }: Input) {
  if (otherName && !otherLanguage) throw new Invalid({ otherLanguage: "required" });
  if (otherLanguage && !otherName) throw new Invalid({ otherName: "required" });
  const names = otherLanguage && otherName ? { ...rest.names, [otherLanguage]: otherName } : rest.names;
  return { ...rest, names };
}
