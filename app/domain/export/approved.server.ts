import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { type Access, can } from "../access.ts";
import type { Actor } from "../actor.ts";
import { meetingReference } from "../meetings/meeting.ts";
import type { FrozenPlan } from "../plan/frozen-plan.ts";
import { standingPlan } from "../plan/rounds.server.ts";
import { versionFor } from "../plan/versions.server.ts";
import type { ApprovedText } from "./bundle.server.ts";

/**
 * What the team approved for itself, in a door that is open already: every approved version of the minutes, for whoever
 * may read them, and of the plan. A version of the plan goes whole or not at all: one with a row or a text that is kept
 * from the reader would have another digest without it.
 */
export async function approvedFor(db: Transaction, actor: Actor, access: Access, jit: string): Promise<ApprovedText[]> {
  return [...(await minutesFor(db, access, jit)), ...(await plansFor(db, actor, access, jit))];
}

async function minutesFor(db: Transaction, access: Access, jit: string): Promise<ApprovedText[]> {
  if (can(access, "meeting.read") !== "yes") return [];
  const rows = await queryOf(db)<{ number: number; version: number; canonical: string }>(
    `SELECT g.number, f.version, f.canonical FROM meeting g JOIN frozen_text f ON f.document_id = g.minutes_id
      WHERE g.jit_id = $1::uuid ORDER BY g.number, f.version`,
    [jit],
  );
  return rows.map(({ number, version, canonical }) => ({
    name: `minutes/${meetingReference(number)}-v${version}`,
    canonical,
  }));
}

async function plansFor(db: Transaction, actor: Actor, access: Access, jit: string): Promise<ApprovedText[]> {
  if (can(access, "plan.read") !== "yes") return [];
  const versions = await db.planVersion.findMany({ where: { jitId: jit }, orderBy: { number: "asc" } });
  if (versions.length === 0) return [];
  const now = await standingPlan(db, jit);
  const texts: ApprovedText[] = [];
  for (const { number, canonical } of versions) {
    const { rows, readsText } = await versionFor(db, actor, access, { jit, version: number, now });
    const plan = JSON.parse(canonical) as FrozenPlan;
    const whole = rows.length === plan.rows.length && (readsText || plan.narrative === null);
    if (whole) texts.push({ name: `plan/v${number}`, canonical });
  }
  return texts;
}
