import { z } from "zod";
import { Invalid } from "../errors.ts";
import { type JitRole, jitRoles } from "../roles.ts";
import { Day } from "./validity.ts";
import { lines, orNothing } from "./wording.ts";

export const Roles = z
  .array(z.string(), "required")
  .min(1, "required")
  .refine((roles): roles is JitRole[] => roles.every(isJitRole), "role-unknown");

function isJitRole(text: string): text is JitRole {
  return (jitRoles as readonly string[]).includes(text);
}

const DayOfRole = z.partialRecord(z.enum(jitRoles), orNothing(Day)).optional().default({});

/** The roles a member has from now on, each with its days. What is not named ends at once. */
export const ChangeRoles = z.object({ roles: Roles, from: DayOfRole, until: DayOfRole });
export type ChangeRoles = z.infer<typeof ChangeRoles>;

export const RevokeMember = z.object({ reason: lines(1000) });
export type RevokeMember = z.infer<typeof RevokeMember>;

/**
 * Observers take part without being a party and hold nothing else; everyone else belongs to a party.
 * Throws Invalid under "roles".
 */
export function checkRolesFit(roles: readonly JitRole[], hasParty: boolean): void {
  const observes = roles.includes("participant_observer");
  if (observes && (roles.length > 1 || hasParty)) throw new Invalid({ roles: "observer-only" });
  if (!observes && !hasParty) throw new Invalid({ roles: "party-needed" });
}

/** A member as the list of people shows it. */
export type MemberLine = {
  id: string;
  personId: string;
  /** in the person's own script, and in Latin letters */
  name: string;
  latinName: string;
  /** language of `name`, for fonts and screen readers */
  language: string;
  function: string;
  capacity: string;
  authorityNames: Record<string, string>;
  authorityState: string | null;
  partyId: string | null;
  partyState: string | null;
  /** the zone in which the days of the roles are counted */
  timeZone: string;
  roles: RoleLine[];
  /** when the last role ended, for someone who has none now or later */
  leftAt: Date | null;
};

export type RoleLine = { role: JitRole; from: string; until: string | null; standing: "now" | "later" };
