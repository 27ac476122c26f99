import { queryOf } from "#app/platform/database.server.ts";
import { findAccess, platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";
import { columnsOf, ownCardsFor } from "./reading.server.ts";
import type { BoardColumn, Card } from "./task.ts";

export type TeamTasks = { reference: string; names: Record<string, string>; columns: BoardColumn[]; cards: Card[] };

/** The cards assigned to the actor, or with a step for them, in every team they are in today. What is done is left out. */
export function listMyTasks(actor: Actor): Promise<TeamTasks[]> {
  return view(actor, "jit.list", platform, async (db) => {
    const query = queryOf(db);
    const teams = await query<{ id: string; reference: string; names: Record<string, string>; memberId: string }>(
      `SELECT j.id, j.reference, j.names, m.id AS "memberId" FROM jit j JOIN member m ON m.jit_id = j.id
        WHERE m.person_id = $1::uuid ORDER BY j.reference DESC`,
      [actor.personId],
    );
    const found: TeamTasks[] = [];
    for (const { id, reference, names, memberId } of teams) {
      const access = await findAccess(query, actor.personId, id);
      if (!access) continue;
      const cards = await ownCardsFor(query, id, { roles: access.roles, partyId: access.partyId, memberId });
      if (cards.length > 0) found.push({ reference, names, columns: await columnsOf(query, id), cards });
    }
    return found;
  });
}
