import { z } from "zod";
import { isSafeLink } from "../documents/attributes.ts";
import { words } from "../tasks/task-forms.ts";
import { attendances } from "./meeting.ts";

const time = z.string("required").regex(/^(20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/, "meeting-time");
const members = z
  .union([z.array(z.uuid("wrong-kind")), z.uuid("wrong-kind").transform((one) => [one])])
  .optional()
  .transform((all) => [...new Set(all ?? [])].sort())
  .refine((all) => all.length <= 200, "wrong-kind");
const edition = z
  .string("required")
  .regex(/^\d{1,6}$/, "wrong-kind")
  .transform(Number);

const title = words(200, "meeting-title-too-long").refine((text) => text !== "", "required");
const link = words(500, "too-long").refine(
  (text) => text === "" || (text.startsWith("https://") && isSafeLink(text)),
  "meeting-link-wrong",
);
/** One item a line; empty lines are none. */
const agenda = words(10_000, "meeting-agenda-too-long")
  .transform((text) =>
    text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
  )
  .refine((items) => items.length <= 50 && items.every((item) => item.length <= 200), "meeting-agenda-too-long");

const moment = { start: time, end: time, timeZone: z.string("required").max(64, "zone-unknown") };

/** A meeting as a form calls it. Times are checked by `momentsOf`, people against the team. */
export const CallMeeting = z.object({
  title,
  place: words(300, "too-long"),
  link,
  ...moment,
  agenda,
  invited: members,
});
export type CallMeeting = z.infer<typeof CallMeeting>;

/** `edition`: the number of the one that was on the page when the form was opened. */
export const ChangeMeeting = CallMeeting.extend({ edition });
export const TakeTime = z.object({
  meeting: z.string("required").regex(/^M-\d{2,4}$/, "meeting-unknown"),
  ...moment,
  edition,
});

/** `at.m<id of the member>`: how each took part; empty: not known. */
export const RecordAttendance = z.object({
  edition,
  guests: words(2_000, "too-long"),
  at: z
    .record(
      z.string().regex(/^m[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      z.union([z.literal(""), z.enum(attendances)], "wrong-kind").optional(),
      "wrong-kind",
    )
    .optional()
    .transform((all) =>
      Object.fromEntries(
        Object.entries(all ?? {}).flatMap(([member, how]) => (how ? [[member.slice(1), how] as const] : [])),
      ),
    )
    .refine((all) => Object.keys(all).length <= 200, "wrong-kind"),
});

/** A reason that the record needs. */
export const WithReason = z.object({ reason: words(500, "too-long").refine((text) => text !== "", "required") });
export const ApproveMinutes = z.object({ digest: z.string("required").regex(/^[0-9a-f]{64}$/, "wrong-kind") });
