import { z } from "zod";
import type { JitRole } from "../roles.ts";
import { Roles } from "./members.ts";
import { Day } from "./validity.ts";
import { line } from "./wording.ts";

/** How long a link works. */
export const invitationDays = 7;

/** An address as it is kept and compared: the letters' case says nothing. */
export const Email = z
  .string("required")
  .trim()
  .toLowerCase()
  .min(1, "required")
  .max(254, "too-long")
  .pipe(z.email("email-invalid"));

export const InviteMember = z.object({
  email: Email,
  roles: Roles,
  capacity: line(200).optional().default(""),
  from: Day.optional(),
  until: Day.optional(),
});
export type InviteMember = z.infer<typeof InviteMember>;

/** What the holder of a link learns. Nothing of the team once the link no longer opens it. */
export type FoundInvitation =
  | { status: "withdrawn" | "used" | "expired" }
  | {
      status: "open";
      id: string;
      email: string;
      reference: string;
      names: Record<string, string>;
      exercise: boolean;
      partyState: string;
      authorityId: string;
      authorityNames: Record<string, string>;
      invitedBy: string;
      roles: JitRole[];
      capacity: string;
      expiresAt: Date;
      /** someone with this address has an account and signs in to accept */
      hasAccount: boolean;
    };

/** An invitation as the list of people shows it. */
export type InvitationLine = {
  id: string;
  email: string;
  partyId: string;
  partyState: string;
  roles: JitRole[];
  capacity: string;
  invitedBy: string;
  invitedAt: Date;
  expiresAt: Date;
  standing: "open" | "expired";
};
