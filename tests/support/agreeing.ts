import type { Actor } from "#app/domain/actor.ts";
import { agreeToText, readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { boundAt } from "#app/domain/jits/bound.ts";
import { heldAt } from "#app/domain/jits/validity.ts";
import { now } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";

type Step = { jit: string; document: string };

/** Somebody who may agree for each party: the first leader or lead negotiator. */
async function negotiatorsOf(jit: string): Promise<{ actor: Actor; party: string }[]> {
  const parties = await database().party.findMany({
    where: { jitId: jit, ...boundAt(now()) },
    include: {
      members: {
        where: { roles: { some: heldAt(now(), ["leader", "lead_negotiator"]) } },
        include: { person: { include: { authority: true } } },
      },
    },
  });
  return parties.map(({ id, state, members: [member] }) => {
    if (!member) throw new Error(`nobody negotiates for ${state}`);
    const { id: personId, authorityId, authority } = member.person;
    return { party: id, actor: { personId, sessionId: null, authorityId, state: authority.state, globalRoles: [] } };
  });
}

/** Every party says yes to the text as it stands; returns the digest they named. */
export async function agreeForAll(step: Step): Promise<string> {
  const negotiators = await negotiatorsOf(step.jit);
  let digest = "";
  for (const { actor, party } of negotiators) {
    ({ digest } = await readWholeText(actor, step));
    await agreeToText(actor, { ...step, party, digest });
  }
  return digest;
}
