import { z } from "zod";
import { meetingNumber } from "../meetings/meeting.ts";
import { words } from "../tasks/task-forms.ts";

const needed = (most: number, reason: string) => words(most, reason).refine((text) => text !== "", "required");
const ids = z
  .union([z.array(z.uuid("wrong-kind")), z.uuid("wrong-kind").transform((one) => [one])])
  .optional()
  .transform((all) => [...new Set(all ?? [])])
  .refine((all) => all.length <= 50, "wrong-kind");
const references = (pattern: RegExp, reason: string) =>
  words(500, "too-long")
    .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
    .refine((all) => all.length <= 20 && all.every((one) => pattern.test(one)), reason);

/** A decision as a form sends it. Its time is checked by `timesOf`; people, parties and tasks against the team. */
export const DecisionFields = z.object({
  topic: needed(200, "decision-topic-too-long"),
  words: needed(10_000, "decision-too-long"),
  reason: needed(10_000, "decision-too-long"),
  dissent: words(10_000, "decision-too-long"),
  parties: ids,
  members: ids,
  start: z.string("required").min(1, "required").max(16, "date-invalid"),
  timeZone: z.string("required").max(64, "zone-unknown"),
  clauses: references(/^C\d{2}$/, "decision-clauses-wrong"),
  tasks: references(/^T-\d{1,6}$/, "decision-tasks-wrong"),
  corrects: words(6, "decision-unknown").refine((text) => text === "" || /^D-\d{1,4}$/.test(text), "decision-unknown"),
  /** the meeting at which it was taken, "M-03"; empty: none */
  meeting: words(6, "meeting-unknown").refine((text) => text === "" || meetingNumber(text) !== null, "meeting-unknown"),
});
export type DecisionFields = z.infer<typeof DecisionFields>;
