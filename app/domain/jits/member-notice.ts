import { z } from "zod";
import { dayOfInstant, startOfDay, startOfNextDay } from "../documents/period.ts";
import { Invalid } from "../errors.ts";
import { Email } from "./invitations.ts";
import { Day } from "./validity.ts";
import { line, lines, orNothing } from "./wording.ts";

/** What a notice can do to the list of members (annex A1). */
export const noticeKinds = ["add", "change", "remove"] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** The roles that a notice gives and takes: leaders are replaced otherwise (clause 7), and no other role is on the list. */
export const listedRoles = ["member", "seconded_member"] as const;

export const GiveNotice = z
  .object({
    kind: z.enum(noticeKinds, "required"),
    party: z.string("required"),
    /** of someone with an account, to be added */
    email: orNothing(Email),
    /** who is on the list, to be changed or taken off */
    member: orNothing(z.string()),
    role: z.enum(listedRoles, "role-unknown").optional().default("seconded_member"),
    capacity: orNothing(line(200)),
    /** from when: a day in the reference zone; today when nothing is said */
    day: orNothing(Day),
    until: orNothing(Day),
    words: orNothing(lines(2000)),
  })
  .superRefine(({ kind, email, member }, context) => {
    if (kind === "add" && !email) context.addIssue({ code: "custom", path: ["email"], message: "required" });
    if (kind !== "add" && !member) context.addIssue({ code: "custom", path: ["member"], message: "required" });
  });
export type GiveNotice = z.infer<typeof GiveNotice>;

/** What annex A1 says of notices (`memberChangeHolds`); null: it says nothing, and the notice names its day. */
export type ChangeRule = "day_of_notice" | "day_after_notice" | "day_named_in_notice" | null;

/**
 * The instant from which a notice given at `at` holds, in the reference zone. Never backwards: who was no member on a day
 * does not become one for it afterwards. Throws Invalid under "day".
 */
export function noticeHolds(rule: ChangeRule, day: string | undefined, zone: string, at: Date): Date {
  const today = dayOfInstant(at, zone);
  if (rule === "day_of_notice") {
    if (day && day !== today) throw new Invalid({ day: "notice-day-of" });
    return at;
  }
  if (rule === "day_after_notice") {
    const next = startOfNextDay(at, zone);
    if (day && day !== dayOfInstant(next, zone)) throw new Invalid({ day: "notice-day-after" });
    return next;
  }
  if (!day || day === today) return at;
  const start = startOfDay(day, zone);
  if (start < at) throw new Invalid({ day: "notice-day-passed" });
  return start;
}

/** A line of the list of members, as a version keeps it. */
export type ListedMember = {
  name: string;
  latinName: string;
  state: string | null;
  function: string;
  role: string;
  from: string;
  until: string | null;
};

/** A version of annex A1 as pages list it, newest first. */
export type ListVersion = {
  version: number;
  kind: NoticeKind | "signed";
  partyState: string | null;
  member: { name: string; latinName: string } | null;
  givenBy: { name: string; latinName: string } | null;
  givenAt: Date;
  holdsFrom: Date;
  words: string;
  digest: string;
  list: ListedMember[];
};
