import type { Actor } from "#app/domain/actor.ts";
import { database } from "#app/platform/database.server.ts";
import { demonstrationDomain } from "#prisma/demonstration/accounts.ts";

export const emailOf = (login: string) => `${login}@${demonstrationDomain}`;

/** Somebody of the exercise, for what a test does without a page. */
export async function actorNamed(login: string): Promise<Actor> {
  const where = { email: emailOf(login) };
  const {
    id: personId,
    authorityId,
    authority,
  } = await database().person.findUniqueOrThrow({
    where,
    include: { authority: true },
  });
  return { personId, sessionId: null, authorityId, state: authority.state, globalRoles: [] };
}
