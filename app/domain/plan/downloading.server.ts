import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { view } from "../view.server.ts";
import { narrativeOf } from "./narrative.server.ts";
import { planFor } from "./reading.server.ts";
import { mayReadText, standingFor, versionFor } from "./versions.server.ts";

/**
 * The plan for a file, with its text for whoever may read annex A3. That it was taken away is an entry in the trail.
 */
export function downloadPlan(actor: Actor, jit: string, paper: string) {
  return view(
    actor,
    "plan.download",
    { jit },
    async (db, access) => {
      const query = queryOf(db);
      const plan = await planFor(query, jit, await readerOf(query, actor, jit, access));
      const narrative = (await mayReadText(db, access, jit)) ? await narrativeOf(db, jit) : null;
      return { ...plan, narrative, standing: await standingFor(db, jit), ...(await headOf(db, jit)) };
    },
    ({ rows }) => ({ rows: rows.length, paper }),
  );
}

/** The same for a version, as it was approved. Throws NotFound. */
export function downloadVersion(
  actor: Actor,
  { jit, version, paper }: { jit: string; version: number; paper: string },
) {
  return view(
    actor,
    "plan.download",
    { jit },
    async (db, access) => ({
      ...(await versionFor(db, actor, access, { jit, version })),
      ...(await headOf(db, jit)),
    }),
    ({ rows, digest }) => ({ rows: rows.length, paper, version, digest }),
  );
}

async function headOf(db: Transaction, jit: string) {
  const team = await db.jit.findUniqueOrThrow({ where: { id: jit } });
  return { names: team.names as Record<string, string>, exercise: team.exercise };
}
