import { z } from "zod";
import { handlingCodes } from "./handling.ts";
import { type LinkKind, linkKinds, priorities } from "./task.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unshown = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028-\u202e\u2066-\u2069]/;
/** Words that people write: without the white space around them, at most so many UTF-16 units, nothing that hides. */
export const words = (most: number, reason: string) =>
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
  .transform((value) => value || null);
const Title = words(200, "task-title-too-long").refine((text) => text !== "", "required");

const patterns: Record<LinkKind, RegExp> = {
  clause: /^C\d{2}$/,
  decision: /^D-\d{1,4}$/,
  exhibit: /^E-\d{1,6}$/,
  plan: /^[A-Z]{1,2}-?\d{1,4}$/,
  meeting: /^M-\d{2,4}$/,
};
const references = (kind: LinkKind) =>
  words(500, "too-long")
    .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
    .refine((all) => all.length <= 20 && all.every((one) => patterns[kind].test(one)), "task-link-wrong");

/** A card as a form sends it. Times are checked by `timesOf`, people and parties against the team. */
export const TaskFields = z.object({
  title: Title,
  description: words(10_000, "task-text-too-long"),
  party: id,
  member: id,
  start: z.string().max(16, "date-invalid").optional().default(""),
  due: z.string().max(16, "date-invalid").optional().default(""),
  timeZone: z.string("required").max(64, "zone-unknown"),
  priority: z.enum(priorities, "wrong-kind"),
  handling: z.enum(handlingCodes, "wrong-kind"),
  handlingParty: id,
  coercive: z
    .string()
    .optional()
    .transform((value) => value === "on"),
  authorisation: words(200, "too-long"),
  ...(Object.fromEntries(linkKinds.map((kind) => [kind, references(kind)])) as {
    [Kind in LinkKind]: ReturnType<typeof references>;
  }),
});
export type TaskFields = z.infer<typeof TaskFields>;

export const AddTask = TaskFields.extend({ column: id });
export type AddTask = z.infer<typeof AddTask>;

export const MoveTask = z.object({
  task: z.uuid("wrong-kind"),
  column: z.uuid("wrong-kind"),
  /** "first", "last", "up", "down", the id of the card after which it shall stand, or "before:" and such an id */
  place: z
    .union(
      [z.enum(["first", "last", "up", "down"]), z.templateLiteral([z.enum(["", "before:"]), z.uuid()])],
      "wrong-kind",
    )
    .optional()
    .default("last"),
  reason: words(500, "too-long"),
});
export type MoveTask = z.infer<typeof MoveTask>;

export const StepFields = z.object({ words: Title, member: id });
export const CommentFields = z.object({
  words: words(10_000, "task-text-too-long").refine((text) => text !== "", "required"),
});
export const ColumnFields = z.object({
  name: words(60, "too-long"),
  cardLimit: z
    .string()
    .optional()
    .default("")
    .refine(
      (text) => text === "" || (/^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1000),
      "task-limit-wrong",
    )
    .transform((text) => (text === "" ? null : Number(text))),
});
export type ColumnFields = z.infer<typeof ColumnFields>;
