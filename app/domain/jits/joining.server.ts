import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { hashPassword } from "../accounts/password.server.ts";
import { Password } from "../accounts/password.ts";
import { visitor } from "../actor.ts";
import { appendEntry, platformLog } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { findRow, seat, useInvitation } from "./accepting.server.ts";
import { line } from "./wording.ts";

export const JoinByInvitation = z.object({
  name: line(200),
  latinName: line(200).refine((text) => !/[^\P{L}\p{Script=Latin}]/u.test(text), "latin-only"),
  function: line(200),
  password: Password,
});
export type JoinByInvitation = z.infer<typeof JoinByInvitation>;

/**
 * For someone without an account: makes one under the authority of the party, with the invited address, and the
 * member, in one step. Throws as `acceptInvitation`; Conflict("account-exists") when the address has an account, and
 * "invitation-needs-account" for observers, who act for an organisation that an administrator enters.
 */
export async function joinByInvitation(input: JoinByInvitation & { token: string }): Promise<{ reference: string }> {
  const found = await findRow(input.token);
  if (!found) throw new NotFound();
  if (found.hasAccount) throw new Conflict("account-exists");
  if (found.roles.includes("participant_observer")) throw new Conflict("invitation-needs-account");
  const passwordHash = await hashPassword(input.password);
  const target = { jit: found.jitId, invitation: found.id };
  return change(visitor, "invitation.accept", target, async (tx) => {
    const invitation = await useInvitation(tx, target);
    const authority = await tx.authority.findUniqueOrThrow({ where: { id: invitation.party.authorityId } });
    const person = newId();
    await tx.person.create({
      data: {
        id: person,
        email: invitation.email,
        name: input.name,
        latinName: input.latinName,
        function: input.function,
        authorityId: authority.id,
        languages: authority.languages,
        globalRoles: ["practitioner"],
        passwordHash,
        timeZone: authority.timeZone,
        createdAt: now(),
      },
    });
    const facts = { person, authority: authority.id, invitation: invitation.id };
    const details = { email: invitation.email, name: input.name, latinName: input.latinName };
    await appendEntry(queryOf(tx), platformLog, { actor: visitor, action: "person.add", facts, details });
    const member = await seat(tx, invitation, { personId: person, capacity: input.function });
    return { result: { reference: found.reference }, facts: { ...member, person } };
  });
}
