import { type Query, queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { visibleTo } from "../tasks/handling.ts";
import { iso } from "../tasks/instants.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { view } from "../view.server.ts";
import {
  type Edition,
  type Meeting,
  type MeetingLine,
  type MeetingPerson,
  type MeetingValues,
  type MinutesStanding,
  meetingNumber,
  meetingReference,
} from "./meeting.ts";

type Row = {
  id: string;
  number: number;
  edition: number;
  values: MeetingValues;
  startsAt: string;
  endsAt: string;
  minutes: MinutesStanding | null;
};

/** Each meeting with its newest edition. */
const meetingSql = `
  SELECT m.id, m.number, e.edition, e.values, ${iso("e.starts_at")} AS "startsAt", ${iso("e.ends_at")} AS "endsAt",
         CASE WHEN d.id IS NOT NULL
              THEN jsonb_build_object('document', d.id, 'state', d.state, 'version', d.version) END AS minutes
    FROM meeting m JOIN meeting_edition e ON e.meeting_id = m.id
         AND e.edition = (SELECT max(n.edition) FROM meeting_edition n WHERE n.meeting_id = m.id)
    LEFT JOIN document d ON d.id = m.minutes_id
   WHERE m.jit_id = $1::uuid`;

function headOf({ id, number, values, startsAt, endsAt, minutes }: Row) {
  const { title, place, link, start, end, timeZone, calledOff } = values;
  return { id, number, title, place, link, start, end, timeZone, startsAt, endsAt, calledOff, minutes };
}

/** All meetings of the team, the latest first. */
export function listMeetings(actor: Actor, jit: string): Promise<MeetingLine[]> {
  return view(actor, "meeting.read", { jit }, async (db) => {
    const rows = await queryOf(db)<Row>(`${meetingSql} ORDER BY e.starts_at DESC, m.number DESC`, [jit]);
    return rows.map((row) => ({
      ...headOf(row),
      invited: row.values.invited.length,
      present: Object.values(row.values.attendance).filter((how) => how === "in_person" || how === "online").length,
    }));
  });
}

/** One meeting by its reference, `M-03`, with what was said of it before and what was made of it. Throws NotFound. */
export function readMeeting(actor: Actor, { jit, meeting }: { jit: string; meeting: string }): Promise<Meeting> {
  return view(actor, "meeting.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const [row] = await query<Row>(`${meetingSql} AND m.number = $2`, [jit, meetingNumber(meeting) ?? 0]);
    if (!row) throw new NotFound();
    const editions = await query<Edition>(
      `SELECT e.edition, ${iso("e.written_at")} AS at, p.latin_name AS by, e.values
         FROM meeting_edition e JOIN member m ON m.id = e.written_by_id JOIN person p ON p.id = m.person_id
        WHERE e.meeting_id = $1::uuid ORDER BY e.edition DESC LIMIT 200`,
      [row.id],
    );
    const named = editions.flatMap(({ values }) => [...values.invited, ...Object.keys(values.attendance)]);
    const visible = visibleTo(await readerOf(query, actor, jit, access), 3);
    return {
      ...headOf(row),
      edition: row.edition,
      values: row.values,
      people: await peopleOf(query, jit, [...new Set(named)]),
      editions,
      decisions: await query<{ number: number; topic: string }>(
        "SELECT number, topic FROM decision WHERE meeting_id = $1::uuid ORDER BY number",
        [row.id],
      ),
      tasks: await query<{ number: number; title: string }>(
        `SELECT t.number, t.title FROM task t
          WHERE t.jit_id = $1::uuid AND ${visible.sql} AND EXISTS (SELECT 1 FROM task_link l
                WHERE l.task_id = t.id AND l.kind = 'meeting' AND l.reference = $2) ORDER BY t.number`,
        [jit, meetingReference(row.number), ...visible.values],
      ),
    };
  });
}

/** Members in the order of the parties, then by name. */
export function peopleOf(query: Query, jit: string, members: readonly string[]): Promise<MeetingPerson[]> {
  return query<MeetingPerson>(
    `SELECT m.id, p.name, p.latin_name AS "latinName", y.state
       FROM member m JOIN person p ON p.id = m.person_id LEFT JOIN party y ON y.id = m.party_id
      WHERE m.jit_id = $1::uuid AND m.id = ANY ($2::uuid[]) ORDER BY y.position NULLS LAST, p.latin_name`,
    [jit, members],
  );
}
