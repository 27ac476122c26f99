import type { Query } from "#app/platform/database.server.ts";
import { decisionDigest, type SaidInDecision } from "../decisions/digest.server.ts";
import { digestOf } from "../documents/canonical.server.ts";
import { canonicalForm } from "../documents/content.ts";
import type { StoredBody } from "./body.ts";
import type { Fault, RunningRecord } from "./verdict.ts";

/** One thing that is kept, or that an entry speaks of: `name` tells it from others, `what` is all that must be the same. */
type Named = { name: string; what: string };
type Told = Named & { seq: number };

/** How the rows of each record are read, and how its entries name them; null for an entry that wrote nothing. */
const records: Record<
  RunningRecord,
  {
    by: readonly string[];
    named: (body: StoredBody) => Named | null;
    kept: (query: Query, jit: string) => Promise<Named[]>;
  }
> = {
  meeting: {
    by: ["meeting.call", "meeting.change", "meeting.callOff"],
    named: ({ facts, actor }) =>
      facts.digest
        ? { name: `${facts.meeting} ${facts.edition}`, what: `${facts.number} ${facts.digest} ${actor.person}` }
        : null,
    kept: keptMeetings,
  },
  decision: {
    by: ["decision.record"],
    named: ({ facts, actor }) => ({
      name: `${facts.decision}`,
      what: `${facts.number} ${facts.digest} ${facts.corrects} ${actor.person}`,
    }),
    kept: keptDecisions,
  },
  planVersion: {
    by: ["plan.versioned"],
    named: ({ facts }) => ({
      name: `${facts.version}`,
      what: `${facts.round} ${facts.digest} ${facts.digest}`,
    }),
    kept: keptVersions,
  },
  planApproval: {
    by: ["plan.approve"],
    named: ({ facts, actor }) => ({
      name: `${facts.round} ${facts.party}`,
      what: `${facts.digest} ${actor.person}`,
    }),
    kept: keptApprovals,
  },
  dayWord: {
    by: ["actionDay.decide", "actionDay.takeBack"],
    named: ({ facts, actor }) => ({
      name: `${facts.key}`,
      what: `${facts.day} ${facts.party} ${facts.word} ${actor.person}`,
    }),
    kept: keptDayWords,
  },
};

const actions = new Set(Object.values(records).flatMap(({ by }) => by));

/** Whether an entry speaks of what a running team records. */
export function isOfRunning({ action }: StoredBody): boolean {
  return actions.has(action);
}

/**
 * Recomputes what the team recorded while it ran and compares it with the entries: every edition of a meeting, every
 * decision, the bytes of every approved version of the plan and who approved it, every go and no-go. Minutes are frozen
 * texts and are compared with those.
 */
export async function runningFaults(
  query: Query,
  jit: string,
  bodies: readonly StoredBody[],
  size: number,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [record, { by, named, kept }] of Object.entries(records) as [
    RunningRecord,
    (typeof records)[RunningRecord],
  ][]) {
    const told = bodies.flatMap((body) => {
      const one = by.includes(body.action) ? named(body) : null;
      return one ? [{ ...one, seq: body.seq }] : [];
    });
    faults.push(...compared(record, await kept(query, jit), told, size));
  }
  return faults;
}

function compared(record: RunningRecord, kept: readonly Named[], told: readonly Told[], size: number): Fault[] {
  const rows = new Map(kept.map(({ name, what }) => [name, what]));
  // The first entry of a name is what made the row: the last party to leave may have its word taken down twice.
  const entries = new Map([...told].reverse().map((one) => [one.name, one]));
  const faults = [...entries.values()].flatMap(({ seq, name, what }): Fault[] => {
    const row = rows.get(name);
    if (row === undefined) return [{ entry: seq, reason: `${record}-missing` }];
    return row === what ? [] : [{ entry: seq, reason: `${record}-changed` }];
  });
  const invented = kept.some(({ name }) => !entries.has(name)) || rows.size < kept.length;
  return [...faults, ...(invented ? [{ entry: size, reason: `${record}-invented` } as const] : [])];
}

async function keptMeetings(query: Query, jit: string): Promise<Named[]> {
  const rows = await query<{ id: string; number: number; edition: number; values: object; person: string }>(
    `SELECT e.meeting_id AS id, g.number, e.edition, e.values, m.person_id AS person
       FROM meeting_edition e JOIN meeting g ON g.id = e.meeting_id JOIN member m ON m.id = e.written_by_id
      WHERE e.jit_id = $1::uuid OR g.jit_id = $1::uuid`,
    [jit],
  );
  return rows.map(({ id, number, edition, values, person }) => ({
    name: `${id} ${edition}`,
    what: `${number} ${digestOf(canonicalForm(values))} ${person}`,
  }));
}

async function keptDecisions(query: Query, jit: string): Promise<Named[]> {
  const rows = await query<
    SaidInDecision & { id: string; number: number; corrects: string | null; meeting: string | null; person: string }
  >(
    `SELECT d.id, d.number, d.topic, d.words, d.reason, d.dissent, d.decided_on AS "decidedOn", d.time_zone AS "timeZone",
            d.parties, d.members, d.clauses, d.tasks, d.corrects_id AS corrects, d.meeting_id AS meeting,
            m.person_id AS person
       FROM decision d JOIN member m ON m.id = d.recorded_by_id WHERE d.jit_id = $1::uuid`,
    [jit],
  );
  return rows.map(({ id, number, corrects, meeting, person, ...said }) => ({
    name: id,
    what: `${number} ${decisionDigest(said, meeting)} ${corrects} ${person}`,
  }));
}

function keptVersions(query: Query, jit: string): Promise<Named[]> {
  return query(
    `SELECT v.number::text AS name,
            concat_ws(' ', r.number, v.digest, encode(sha256(convert_to(v.canonical, 'UTF8')), 'hex')) AS what
       FROM plan_version v JOIN plan_round r ON r.id = v.round_id WHERE v.jit_id = $1::uuid`,
    [jit],
  );
}

function keptApprovals(query: Query, jit: string): Promise<Named[]> {
  return query(
    `SELECT concat_ws(' ', r.number, a.party_id) AS name, concat_ws(' ', a.digest, m.person_id) AS what
       FROM plan_approval a JOIN plan_round r ON r.id = a.round_id JOIN member m ON m.id = a.member_id
      WHERE a.jit_id = $1::uuid`,
    [jit],
  );
}

function keptDayWords(query: Query, jit: string): Promise<Named[]> {
  return query(
    `SELECT w.key::text AS name, concat_ws(' ', w.day, w.party_id, w.word, m.person_id) AS what
       FROM plan_day_word w JOIN member m ON m.id = w.member_id WHERE w.jit_id = $1::uuid`,
    [jit],
  );
}
