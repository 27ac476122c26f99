import { now } from "#app/platform/clock.ts";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Forbidden, Invalid, NotFound } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { meetingNumber } from "../meetings/meeting.ts";
import { visibleTo } from "../tasks/handling.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { timesOf } from "../tasks/times.ts";
import { view } from "../view.server.ts";
import { type Decision, decisionNumber } from "./decision.ts";
import type { DecisionFields } from "./decision-forms.ts";
import { decisionDigest } from "./digest.server.ts";

/**
 * Puts a decision into the log of the team; nothing there is changed afterwards. The trail holds the SHA-256 of its
 * words, who decided and whether anybody dissented (domain handbook 4.5), not the words. Throws Invalid, naming the
 * field: who decided is missing or not of the team, a time that cannot be or is to come, a decision to correct that
 * is not there.
 */
export function recordDecision(actor: Actor, input: DecisionFields & { jit: string }): Promise<{ number: number }> {
  const { jit, topic, words, reason, dissent, parties, members, timeZone, clauses, tasks } = input;
  return change(actor, "decision.record", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const decidedAt = timesOf({ start: input.start, timeZone }).startsAt;
    if (!decidedAt) throw new Invalid({ start: "required" });
    if (decidedAt > now()) throw new Invalid({ start: "decision-to-come" });
    if (parties.length + members.length === 0) throw new Invalid({ parties: "decision-by-nobody" });
    await requireOfTeam(query, jit, { parties, members });
    const correctsId = await correctedId(query, jit, input.corrects);
    const meetingId = await meetingOf(query, jit, input.meeting);
    const { memberId } = await readerOf(query, actor, jit, access);
    if (!memberId) throw new Forbidden();
    const [last] = await query<{ number: number | null }>(
      "SELECT max(number) AS number FROM decision WHERE jit_id = $1::uuid",
      [jit],
    );
    const [id, number] = [newId(), (last?.number ?? 0) + 1];
    const said = { topic, words, reason, dissent, decidedOn: input.start, timeZone, parties, members, clauses, tasks };
    await tx.decision.create({
      data: {
        id,
        jitId: jit,
        number,
        ...said,
        decidedAt,
        correctsId,
        meetingId,
        recordedAt: now(),
        recordedById: memberId,
      },
    });
    const digest = decisionDigest(said, meetingId);
    const facts = {
      decision: id,
      number,
      digest,
      parties,
      members,
      dissent: dissent !== "",
      corrects: correctsId,
      meeting: meetingId,
    };
    return { result: { number }, facts };
  });
}

async function requireOfTeam(
  query: Query,
  jit: string,
  { parties, members }: { parties: string[]; members: string[] },
) {
  const [found] = await query<{ parties: number; members: number }>(
    `SELECT (SELECT count(*)::int FROM party WHERE jit_id = $1::uuid AND id = ANY ($2::uuid[])) AS parties,
            (SELECT count(*)::int FROM member WHERE jit_id = $1::uuid AND id = ANY ($3::uuid[])) AS members`,
    [jit, parties, members],
  );
  if (found?.parties !== parties.length) throw new Invalid({ parties: "wrong-kind" });
  if (found.members !== members.length) throw new Invalid({ members: "wrong-kind" });
}

async function correctedId(query: Query, jit: string, reference: string): Promise<string | null> {
  if (reference === "") return null;
  const [found] = await query<{ id: string }>("SELECT id FROM decision WHERE jit_id = $1::uuid AND number = $2", [
    jit,
    decisionNumber(reference),
  ]);
  if (!found) throw new Invalid({ corrects: "decision-unknown" });
  return found.id;
}

async function meetingOf(query: Query, jit: string, reference: string): Promise<string | null> {
  if (reference === "") return null;
  const [found] = await query<{ id: string }>("SELECT id FROM meeting WHERE jit_id = $1::uuid AND number = $2", [
    jit,
    meetingNumber(reference),
  ]);
  if (!found) throw new Invalid({ meeting: "meeting-unknown" });
  return found.id;
}

const decisionSql = `
  SELECT d.id, d.number, d.topic, d.words, d.reason, d.dissent, d.decided_on AS "decidedOn", d.time_zone AS "timeZone",
         ARRAY(SELECT y.state::text FROM party y WHERE y.id = ANY (d.parties) ORDER BY y.position) AS states,
         ARRAY(SELECT p.latin_name FROM member m JOIN person p ON p.id = m.person_id
                WHERE m.id = ANY (d.members) ORDER BY p.latin_name) AS people,
         d.clauses, d.tasks, o.number AS corrects,
         ARRAY(SELECT n.number FROM decision n WHERE n.corrects_id = d.id ORDER BY n.number) AS "correctedBy",
         (SELECT jsonb_build_object('number', g.number, 'title', e.values ->> 'title')
            FROM meeting g JOIN meeting_edition e ON e.meeting_id = g.id
           WHERE g.id = d.meeting_id ORDER BY e.edition DESC LIMIT 1) AS meeting,
         to_char(d.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt",
         rp.latin_name AS "recordedBy"
    FROM decision d LEFT JOIN decision o ON o.id = d.corrects_id
    JOIN member rm ON rm.id = d.recorded_by_id JOIN person rp ON rp.id = rm.person_id
   WHERE d.jit_id = $1::uuid`;

const allOf = (query: Query, jit: string) =>
  query<Decision>(`${decisionSql} ORDER BY d.decided_at DESC, d.number DESC`, [jit]);

/** The log, the latest decision first. */
export function listDecisions(actor: Actor, jit: string): Promise<Decision[]> {
  return view(actor, "decision.read", { jit }, (db) => allOf(queryOf(db), jit));
}

/** A decision, and the cards that name it as far as the reader may see them. */
export type DecisionWithCards = Decision & { cards: { number: number; title: string }[] };

/** One decision by its reference, `D-03`. Throws NotFound. */
export function readDecision(
  actor: Actor,
  { jit, decision }: { jit: string; decision: string },
): Promise<DecisionWithCards> {
  return view(actor, "decision.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const number = decisionNumber(decision) ?? 0;
    const [found] = await query<Decision>(`${decisionSql} AND d.number = $2`, [jit, number]);
    if (!found) throw new NotFound();
    const visible = visibleTo(await readerOf(query, actor, jit, access), 3);
    const cards = await query<DecisionWithCards["cards"][number]>(
      `SELECT t.number, t.title FROM task t
        WHERE t.jit_id = $1::uuid AND ${visible.sql} AND EXISTS (SELECT 1 FROM task_link l
              WHERE l.task_id = t.id AND l.kind = 'decision' AND l.reference ~ ('^D-0*' || $2 || '$')) ORDER BY t.number`,
      [jit, String(number), ...visible.values],
    );
    return { ...found, cards };
  });
}

/** The decisions that name a card, by its reference, `T-04`. */
export function decisionsAbout(
  actor: Actor,
  { jit, task }: { jit: string; task: number },
): Promise<{ number: number; topic: string }[]> {
  return view(actor, "decision.read", { jit }, (db) =>
    queryOf(db)<{ number: number; topic: string }>(
      `SELECT number, topic FROM decision d WHERE jit_id = $1::uuid AND EXISTS (
         SELECT 1 FROM unnest(d.tasks) AS named (reference) WHERE named.reference ~ ('^T-0*' || $2 || '$')) ORDER BY number`,
      [jit, String(task)],
    ),
  );
}

/** The log for a file. That it was taken away is an entry in the trail. */
export function downloadDecisions(actor: Actor, jit: string): Promise<Decision[]> {
  return view(
    actor,
    "decision.download",
    { jit },
    (db) => allOf(queryOf(db), jit),
    (all) => ({ decisions: all.length }),
  );
}
