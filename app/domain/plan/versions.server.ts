import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { type Access, can } from "../access.ts";
import type { Actor } from "../actor.ts";
import type { Entry } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import { heldAt } from "../held-roles.ts";
import { boundSql } from "../jits/bound.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { iso } from "../tasks/instants.ts";
import { peopleOf, readerOf } from "../tasks/reading.server.ts";
import { view } from "../view.server.ts";
import { changesBetween, clausesBetween, type FrozenPlan, type RowChange, rowsForReader } from "./frozen-plan.ts";
import { leftToFill } from "./left-to-fill.ts";
import { holdNarrative, narrativeAnnex } from "./narrative.server.ts";
import { planFor } from "./reading.server.ts";
import { openRoundOf, standingPlan, voidRoundIfChanged } from "./rounds.server.ts";

export const ApprovePlan = z.object({ digest: z.string("required").regex(/^[0-9a-f]{64}$/, "wrong-kind") });

/** The number in an address such as `versions/2`. Throws NotFound for anything else. */
export function versionNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new NotFound();
  return Number(text);
}

/** A party, and who leads it today. Every party that is bound has to approve. */
export type LedParty = { id: string; state: string; leaders: string[] };
export type Approval = { partyId: string; state: string; latinName: string; at: string };
export type Round = {
  number: number;
  digest: string;
  openedAt: string;
  /** when it ended void; null while it is open, and when it ended in a version */
  voidedAt: string | null;
  version: number | null;
  approvals: Approval[];
};
export type VersionLine = { number: number; digest: string; approvedAt: string; round: number };

/** Where the plan stands between its versions. */
export type PlanStanding = {
  /** of the plan as all leaders see it now */
  digest: string;
  version: VersionLine | null;
  /** it is no longer what the newest version says */
  changed: boolean;
  /** the open round; `holds`: the plan is still what it is about */
  round: (Round & { holds: boolean }) | null;
};

/**
 * A leader approves the plan for the own party: the very plan that the person saw, named by its digest. The last of all
 * parties makes it a version. Throws Conflict("plan-changed-meanwhile") when the plan is no longer that,
 * Conflict("plan-approved-already"), Conflict("team-closed").
 */
export function approvePlan(
  actor: Actor,
  { jit, party, digest }: { jit: string; party: string; digest: string },
): Promise<{ version: number | null }> {
  return change(actor, "plan.approve", { jit, party }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    await holdNarrative(tx, jit);
    const plan = await standingPlan(tx, jit);
    if (plan.digest !== digest) throw new Conflict("plan-changed-meanwhile");
    const { memberId } = await readerOf(queryOf(tx), actor, jit, access);
    if (!memberId) throw new Forbidden();
    // The text may have been written on without an act that could have ended the round.
    const voided = await voidRoundIfChanged(tx, jit);
    if ((await newestVersion(tx, jit))?.digest === digest) throw new Conflict("plan-approved-already");
    const round = (await openRoundOf(tx, jit)) ?? (await openRound(tx, jit, digest));
    const given = new Set(round.approvals.map(({ partyId }) => partyId));
    const parties = await ledParties(queryOf(tx), jit);
    const waiting = parties.filter(({ id }) => id !== party && !given.has(id));
    // A party that left may have been the last that was waited for: then the word of anyone closes the round.
    if (given.has(party) && waiting.length > 0) throw new Conflict("plan-approved-already");
    if (!given.has(party))
      await tx.planApproval.create({
        data: { id: newId(), jitId: jit, roundId: round.id, digest, partyId: party, memberId, at: now() },
      });
    const made = waiting.length === 0 ? await makeVersion(tx, { jit, round: round.id, plan }) : null;
    const facts = { round: round.number, digest, party };
    return { result: { version: made }, facts, follows: [...voided, ...versioned(made, facts)] };
  });
}

function versioned(
  version: number | null,
  { round, digest }: { round: number; digest: string },
): Omit<Entry, "actor">[] {
  return version === null ? [] : [{ action: "plan.versioned", facts: { version, round, digest } }];
}

async function openRound(tx: Transaction, jit: string, digest: string) {
  const number = (await tx.planRound.count({ where: { jitId: jit } })) + 1;
  const data = { id: newId(), jitId: jit, number, digest, openedAt: now() };
  return { ...(await tx.planRound.create({ data })), approvals: [] as { partyId: string }[] };
}

type Making = { jit: string; round: string; plan: { canonical: string; digest: string } };

async function makeVersion(tx: Transaction, { jit, round, plan: { canonical, digest } }: Making): Promise<number> {
  const number = (await tx.planVersion.count({ where: { jitId: jit } })) + 1;
  const at = now();
  await tx.planRound.update({ where: { id: round }, data: { approvedAt: at } });
  await tx.planVersion.create({
    data: { id: newId(), jitId: jit, number, roundId: round, digest, canonical, approvedAt: at },
  });
  return number;
}

function newestVersion(db: Transaction, jit: string) {
  return db.planVersion.findFirst({ where: { jitId: jit }, orderBy: { number: "desc" } });
}

function ledParties(query: Query, jit: string): Promise<LedParty[]> {
  return query<LedParty>(
    `SELECT y.id, y.state, ARRAY(
              SELECT p.latin_name FROM member m JOIN person p ON p.id = m.person_id
               WHERE m.party_id = y.id AND p.disabled_at IS NULL AND EXISTS (
                 SELECT 1 FROM member_role r WHERE r.member_id = m.id AND r.role = 'leader' AND ${heldAt("$2")})
               ORDER BY p.latin_name) AS leaders
       FROM party y WHERE y.jit_id = $1::uuid AND ${boundSql("$2")} ORDER BY y.position`,
    [jit, now()],
  );
}

function versionsOf(query: Query, jit: string): Promise<VersionLine[]> {
  return query<VersionLine>(
    `SELECT v.number, v.digest, ${iso("v.approved_at")} AS "approvedAt", r.number AS round
       FROM plan_version v JOIN plan_round r ON r.id = v.round_id WHERE v.jit_id = $1::uuid ORDER BY v.number DESC`,
    [jit],
  );
}

function roundsOf(query: Query, jit: string): Promise<Round[]> {
  return query<Round>(
    `SELECT r.number, r.digest, ${iso("r.opened_at")} AS "openedAt", ${iso("r.voided_at")} AS "voidedAt",
            (SELECT v.number FROM plan_version v WHERE v.round_id = r.id) AS version,
            coalesce((SELECT jsonb_agg(jsonb_build_object('partyId', a.party_id, 'state', y.state,
                               'latinName', p.latin_name, 'at', ${iso("a.at")}) ORDER BY a.at, a.id)
                        FROM plan_approval a JOIN party y ON y.id = a.party_id JOIN member m ON m.id = a.member_id
                        JOIN person p ON p.id = m.person_id WHERE a.round_id = r.id), '[]') AS approvals
       FROM plan_round r WHERE r.jit_id = $1::uuid ORDER BY r.number DESC`,
    [jit],
  );
}

/** Where the plan stands, with its versions and rounds, in a door that is open already. */
async function historyFor(db: Transaction, jit: string) {
  const query = queryOf(db);
  const [plan, versions, rounds] = await Promise.all([
    standingPlan(db, jit),
    versionsOf(query, jit),
    roundsOf(query, jit),
  ]);
  const { digest } = plan;
  const version = versions[0] ?? null;
  const open = rounds.find(({ voidedAt, version: made }) => voidedAt === null && made === null);
  const standing: PlanStanding = {
    digest,
    version,
    changed: version !== null && version.digest !== digest,
    round: open ? { ...open, holds: open.digest === digest } : null,
  };
  return { plan, standing, versions, rounds };
}

/** Where the plan stands, in a door that is open already. */
export async function standingFor(db: Transaction, jit: string): Promise<PlanStanding> {
  return (await historyFor(db, jit)).standing;
}

export function readStanding(actor: Actor, jit: string): Promise<PlanStanding> {
  return view(actor, "plan.read", { jit }, (db) => standingFor(db, jit));
}

/**
 * The approvals that are given and missing, every earlier round, and every version; `left`: what nobody has filled in
 * yet, for a leader who may approve, who sees all that is approved.
 */
export function readVersions(actor: Actor, jit: string) {
  return view(actor, "plan.read", { jit }, async (db, access) => {
    const [{ plan, standing, versions, rounds }, parties] = await Promise.all([
      historyFor(db, jit),
      ledParties(queryOf(db), jit),
    ]);
    const left = can(access, "plan.approve", { partyId: access.partyId }) === "yes" ? leftToFill(plan) : [];
    return { ...standing, versions, rounds, parties, left };
  });
}

/**
 * A version as it was approved, as far as the reader may see it: rows by their handling codes, the text for whoever may
 * read annex A3. Throws NotFound.
 */
export function readVersion(actor: Actor, { jit, version }: { jit: string; version: number }) {
  return view(actor, "plan.read", { jit }, (db, access) => versionFor(db, actor, access, { jit, version }));
}

/** What changed since the version, row by row and clause by clause, as far as the reader sees both. Throws NotFound. */
export function readChangesSince(actor: Actor, { jit, version }: { jit: string; version: number }) {
  return view(actor, "plan.read", { jit }, async (db, access) => {
    const now = await standingPlan(db, jit);
    const before = await versionFor(db, actor, access, { jit, version, now });
    const reader = await readerOf(queryOf(db), actor, jit, access);
    const seen = rowsForReader(now.rows, reader, before);
    // Codes may have been made stricter or looser since: what is kept from the reader on one side is told of on neither.
    const kept = new Set(now.rows.flatMap(({ id }) => (seen.some((row) => row.id === id) ? [] : [id])));
    const rows: RowChange[] = changesBetween(
      before.rows.filter(({ id }) => !kept.has(id)),
      seen,
    );
    const clauses = before.readsText ? clausesBetween(before.narrative, now.narrative) : [];
    const text = before.readsText ? { before: before.narrative, after: now.narrative } : null;
    return { ...before, changes: rows, clauses, text, same: before.digest === now.digest };
  });
}

/** In a door that is open already; `now`: the plan as it stands, where it was put together already. */
export async function versionFor(
  db: Transaction,
  actor: Actor,
  access: Access,
  { jit, version: number, now }: { jit: string; version: number; now?: { digest: string } },
) {
  const query = queryOf(db);
  const row = await db.planVersion.findUnique({ where: { jitId_number: { jitId: jit, number } } });
  if (!row) throw new NotFound();
  const [reader, { members }, parties, rounds, readsText, here] = await Promise.all([
    readerOf(query, actor, jit, access),
    peopleOf(query, jit),
    // Also those that have left since: the version names them.
    query<{ id: string; state: string }>("SELECT id, state FROM party WHERE jit_id = $1::uuid ORDER BY position", [
      jit,
    ]),
    roundsOf(query, jit),
    mayReadText(db, access, jit),
    now ?? standingPlan(db, jit),
  ]);
  const plan = JSON.parse(row.canonical) as FrozenPlan;
  return {
    number,
    digest: row.digest,
    approvedAt: row.approvedAt.toISOString(),
    approvals: rounds.find((round) => round.version === number)?.approvals ?? [],
    rows: await stillOpen(query, { jit, reader }, rowsForReader(plan.rows, reader, { members, parties })),
    narrative: readsText ? plan.narrative : null,
    readsText,
    changed: here.digest !== row.digest,
    members,
    parties,
  };
}

/** Without rows that were closed to the reader since, by a stricter handling code. */
async function stillOpen(
  query: Query,
  { jit, reader }: { jit: string; reader: Awaited<ReturnType<typeof readerOf>> },
  rows: ReturnType<typeof rowsForReader>,
) {
  const all = await query<{ id: string }>("SELECT id FROM plan_row WHERE jit_id = $1::uuid AND removed_at IS NULL", [
    jit,
  ]);
  const open = new Set((await planFor(query, jit, reader)).rows.map(({ id }) => id));
  const closed = new Set(all.flatMap(({ id }) => (open.has(id) ? [] : [id])));
  return rows.filter(({ id }) => !closed.has(id));
}

export async function mayReadText(db: Transaction, access: Access, jit: string): Promise<boolean> {
  const document = await db.document.findFirst({ where: { jitId: jit, annex: narrativeAnnex }, select: { id: true } });
  return can(access, "document.read", { documentId: document?.id }) === "yes";
}
