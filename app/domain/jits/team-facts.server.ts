import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import type { TeamFacts } from "../documents/team-rows.ts";
import { view } from "../view.server.ts";
import { boundAt } from "./bound.ts";
import { nameIn } from "./jit.ts";
import { membersOf } from "./member-list.server.ts";

/** The parties and people of the team as its text may name them, for whoever may see the list of members. */
export function readTeamFacts(actor: Actor, jit: string): Promise<TeamFacts> {
  return view(actor, "member.list", { jit }, async (db) => {
    const parties = await db.party.findMany({
      where: { jitId: jit, ...boundAt(now()) },
      orderBy: { position: "asc" },
      include: { authority: true },
    });
    const members = await membersOf(db, jit);
    return {
      parties: parties.map(({ state, authority }) => ({
        state,
        authority: nameIn("en", authority.names as Record<string, string>),
      })),
      people: members
        .filter(({ leftAt }) => leftAt === null)
        .map((member) => ({
          name: member.latinName,
          state: member.partyState,
          authority: nameIn("en", member.authorityNames),
          function: member.function,
          roles: member.roles.map(({ role }) => role),
        })),
    };
  });
}
