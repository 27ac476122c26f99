import { z } from "zod";
import { line, lines, orNothing } from "../jits/wording.ts";
import { clauses } from "./agreement.ts";
import { namesOnlyValues } from "./library-text.ts";

/** What a clause of the library is about: a clause of the template, or something that the template does not have. */
export const topics: readonly string[] = [...clauses.map(({ id }) => id), "other"];

const longestWording = 10_000;
const languageTag = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/;
const Wording = lines(longestWording).refine(namesOnlyValues, "value-unknown");

/** English is always there; each further language may be left empty. "more" is a language that the form has no box for. */
const Wordings = z
  .object({ en: Wording })
  .catchall(orNothing(Wording))
  .refine((wordings) => Object.keys(wordings).every((tag) => languageTag.test(tag)), "language-unknown");

const fields = {
  title: line(200),
  topic: z.string("required").refine((topic) => topics.includes(topic), "topic-unknown"),
  source: line(300),
  whenToUse: orNothing(lines(2000)),
  wordings: Wordings,
  moreLanguage: orNothing(z.string().regex(languageTag, "language-unknown")),
  moreWording: orNothing(Wording),
};
type Written = z.infer<z.ZodObject<typeof fields>>;

export const WriteLibraryClause = z.object(fields).superRefine(checkMore).transform(clauseOf);
export type WriteLibraryClause = z.infer<typeof WriteLibraryClause>;

/** The same with the version that the editor saw; a newer one stands against saving. */
export const ChangeLibraryClause = z
  .object({ ...fields, seen: z.coerce.number("required").int().min(1) })
  .superRefine(checkMore)
  .transform(({ seen, ...written }) => ({ ...clauseOf(written), seen }));

/** A further language comes with its words, and is not one that has a box of its own. */
function checkMore({ wordings, moreLanguage, moreWording }: Written, context: z.RefinementCtx): void {
  const refuse = (field: string, message: string) => context.addIssue({ code: "custom", path: [field], message });
  if (moreWording && !moreLanguage) refuse("moreLanguage", "required");
  if (moreLanguage && !moreWording) refuse("moreWording", "required");
  if (moreLanguage && (wordings as Record<string, unknown>)[moreLanguage]) refuse("moreLanguage", "already-listed");
}

function clauseOf({ moreLanguage, moreWording, whenToUse, wordings, ...rest }: Written) {
  const more = moreLanguage ? { [moreLanguage]: moreWording } : {};
  return { ...rest, whenToUse: whenToUse ?? "", wordings: filled({ ...wordings, ...more }) };
}

/** English first, the others by their tags, so that the same wordings are the same bytes. */
function filled(wordings: Record<string, unknown>): Record<string, string> {
  const { en, ...others } = wordings as Record<string, string | undefined>;
  const further = Object.entries(others).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { en: en ?? "", ...Object.fromEntries(further.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

export const RetireLibraryClause = z.object({ reason: lines(1000) });

/** What is asked of the library, as it stands in an address. Nonsense asks for everything. */
export type LibraryQuestion = { q: string; topic: string | null; retired: boolean };

export function questionIn(parameters: URLSearchParams): LibraryQuestion {
  const topic = parameters.get("topic") ?? "";
  return {
    q: (parameters.get("q") ?? "").trim().slice(0, 200),
    topic: topics.includes(topic) ? topic : null,
    retired: parameters.get("retired") === "on",
  };
}

export type LibraryLine = {
  reference: string;
  version: number;
  topic: string;
  title: string;
  /** by BCP 47 tag; "en" is always there */
  wordings: Record<string, string>;
  source: string;
  whenToUse: string;
  at: Date;
  /** null while the clause is current */
  retired: { at: Date; reason: string } | null;
};
