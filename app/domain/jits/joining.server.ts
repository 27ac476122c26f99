import { z } from "zod";
import { queryOf } from "#app/platform/database.server.ts";
import { hashPassword } from "../accounts/password.server.ts";
import { Password } from "../accounts/password.ts";
import { createPerson } from "../accounts/people.server.ts";
import { visitor } from "../actor.ts";
import { appendEntry, platformLog } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { findRow, seat, useInvitation } from "./accepting.server.ts";
import { line } from "./wording.ts";

export const JoinByInvitation = z.object({
  name: line(200),
  latinName: line(200).refine((text) => !/[^\P{L}\p{Script=Latin}]/u.test(text), "latin-only"),
  function: line(100),
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
    const { authorityId } = invitation.party;
    const { email } = invitation;
    const { name, latinName } = input;
    const { id: person } = await createPerson(tx, {
      email,
      name,
      latinName,
      function: input.function,
      authority: authorityId,
      globalRoles: [],
      passwordHash,
    });
    const facts = { person, authority: authorityId, invitation: invitation.id };
    const details = { email, name, latinName };
    // Two logs in one transaction: the one with the lower id first, and the team's own last, by `change`.
    await appendEntry(queryOf(tx), platformLog, { actor: visitor, action: "person.add", facts, details });
    const member = await seat(tx, invitation, { personId: person, capacity: input.function });
    return { result: { reference: found.reference }, facts: { ...member, person } };
  });
}
