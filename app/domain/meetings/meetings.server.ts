import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Access } from "../access.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { digestOf } from "../documents/canonical.server.ts";
import { canonicalForm } from "../documents/content.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { standingOf } from "../tasks/tasks.server.ts";
import { timesOf } from "../tasks/times.ts";
import { fieldsChanged, isSame, type MeetingField, type MeetingValues, meetingNumber } from "./meeting.ts";
import type { CallMeeting } from "./meeting-forms.ts";

/**
 * Calls a meeting. The trail holds the SHA-256 of what is said of it, not the words. Throws Invalid, naming the field,
 * for a time that does not exist in the zone, an end before the start, someone who is not of the team today.
 */
export function callMeeting(actor: Actor, input: CallMeeting & { jit: string }): Promise<{ number: number }> {
  const { jit, ...said } = input;
  return change(actor, "meeting.call", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const [last] = await query<{ number: number | null }>(
      "SELECT max(number) AS number FROM meeting WHERE jit_id = $1::uuid",
      [jit],
    );
    const [id, number] = [newId(), (last?.number ?? 0) + 1];
    const values: MeetingValues = { ...said, attendance: {}, guests: "", calledOff: "" };
    await requireHere(query, jit, "invited", values.invited);
    await tx.meeting.create({ data: { id, jitId: jit, number } });
    const digest = await addEdition(tx, actor, access, { jit, meeting: id, edition: 1, values });
    return {
      result: { number },
      facts: { meeting: id, number, edition: 1, digest, invited: values.invited.length },
      details: { title: values.title },
    };
  });
}

type Changed = { jit: string; meeting: string; edition: number; fields: Partial<MeetingValues> };

/**
 * Writes a further edition with the fields that the person changed since the edition they had before them, and no other.
 * The earlier editions stay, and the entry says which fields changed and whether the meeting had begun by then. Throws
 * Invalid("meeting-changed-meanwhile") at each field that someone else changed meanwhile to something else: nothing is
 * stored then, and the form keeps what was typed. Otherwise as `callMeeting`; Conflict("meeting-called-off").
 */
export function changeMeeting(actor: Actor, input: Changed): Promise<void> {
  const { jit, fields } = input;
  return change(actor, "meeting.change", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const query = queryOf(tx);
    const { id, number, edition, values, startsAt } = await holdMeeting(query, input);
    if (values.calledOff !== "") throw new Conflict("meeting-called-off");
    const seen = await editionOf(query, id, input.edition);
    const touched = (Object.keys(fields) as MeetingField[]).filter((one) => !isSame(fields[one] ?? "", seen[one]));
    const clashes = touched.filter((one) => !isSame(values[one], seen[one]) && !isSame(values[one], fields[one] ?? ""));
    if (clashes.length > 0)
      throw new Invalid(Object.fromEntries(clashes.map((one) => [one, "meeting-changed-meanwhile"])));
    const after = { ...values, ...Object.fromEntries(touched.map((one) => [one, fields[one]])) } as MeetingValues;
    const changed = fieldsChanged(values, after);
    if (changed.length === 0)
      return { result: undefined, facts: { meeting: id, number, edition, fields: [] as string[] } };
    await requireHere(query, jit, "invited", newcomers(after.invited, values.invited));
    await requireHere(query, jit, "at", newcomers(Object.keys(after.attendance), [...knownIn(values)]));
    const digest = await addEdition(tx, actor, access, { jit, meeting: id, edition: edition + 1, values: after });
    return {
      result: undefined,
      facts: {
        ...{ meeting: id, number, edition: edition + 1, digest, fields: changed },
        afterwards: new Date(startsAt) <= now(),
      },
    };
  });
}

const newcomers = (wanted: readonly string[], before: readonly string[]) =>
  wanted.filter((one) => !before.includes(one));
const knownIn = ({ invited, attendance }: MeetingValues) => new Set([...invited, ...Object.keys(attendance)]);

/** Says why a meeting does not take place. Throws Conflict("meeting-called-off" | "meeting-begun"). */
export function callOffMeeting(actor: Actor, input: { jit: string; meeting: string; reason: string }): Promise<void> {
  const { jit, reason } = input;
  return change(actor, "meeting.callOff", { jit }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    const { id, number, edition, values, startsAt } = await holdMeeting(queryOf(tx), input);
    if (values.calledOff !== "") throw new Conflict("meeting-called-off");
    if (new Date(startsAt) <= now()) throw new Conflict("meeting-begun");
    const after = { ...values, calledOff: reason };
    const digest = await addEdition(tx, actor, access, { jit, meeting: id, edition: edition + 1, values: after });
    return {
      result: undefined,
      facts: { meeting: id, number, edition: edition + 1, digest },
      details: { reason },
    };
  });
}

export type Held = {
  id: string;
  number: number;
  minutesId: string | null;
  edition: number;
  values: MeetingValues;
  startsAt: Date;
};

/** The meeting of this reference with its newest edition, held to the end of the transaction. Throws NotFound. */
export async function holdMeeting(query: Query, { jit, meeting }: { jit: string; meeting: string }): Promise<Held> {
  const number = meetingNumber(meeting);
  const [held] = await query<{ id: string }>(
    "SELECT id FROM meeting WHERE jit_id = $1::uuid AND number = $2 FOR UPDATE",
    [jit, number ?? 0],
  );
  if (!held) throw new NotFound();
  // Once it is held: what waited for somebody else's change must see that change.
  const [row] = await query<Held>(
    `SELECT m.id, m.number, m.minutes_id AS "minutesId", e.edition, e.values, e.starts_at AS "startsAt"
       FROM meeting m JOIN meeting_edition e ON e.meeting_id = m.id
      WHERE m.id = $1::uuid ORDER BY e.edition DESC LIMIT 1`,
    [held.id],
  );
  if (!row) throw new NotFound();
  return row;
}

async function editionOf(query: Query, meeting: string, edition: number): Promise<MeetingValues> {
  const [row] = await query<{ values: MeetingValues }>(
    "SELECT values FROM meeting_edition WHERE meeting_id = $1::uuid AND edition = $2",
    [meeting, edition],
  );
  if (!row) throw new Invalid({ "": "wrong-kind" });
  return row.values;
}

/**
 * First and last instant. Throws Invalid, naming the field: `time-skipped` where the clock goes forward over it,
 * `meeting-ends-before` for an end that is not after the start, `date-invalid`, `zone-unknown`.
 */
export function momentsOf({ start, end, timeZone }: Pick<MeetingValues, "start" | "end" | "timeZone">): {
  startsAt: Date;
  endsAt: Date;
} {
  const { startsAt } = timesOf({ start, timeZone });
  const endsAt = endOf(end, timeZone);
  if (!startsAt || !endsAt) throw new Invalid({ start: "required" });
  if (endsAt <= startsAt) throw new Invalid({ end: "meeting-ends-before" });
  return { startsAt, endsAt };
}

function endOf(end: string, timeZone: string): Date | null {
  try {
    return timesOf({ start: end, timeZone }).startsAt;
  } catch (error) {
    if (error instanceof Invalid && error.problems.start) throw new Invalid({ end: error.problems.start });
    throw error;
  }
}

type Added = { jit: string; meeting: string; edition: number; values: MeetingValues };

async function addEdition(tx: Transaction, actor: Actor, access: Access, added: Added): Promise<string> {
  const { jit, meeting, edition, values } = added;
  const { memberId } = await readerOf(queryOf(tx), actor, jit, access);
  if (!memberId) throw new Forbidden();
  await tx.meetingEdition.create({
    data: {
      ...{ meetingId: meeting, edition, jitId: jit, values, writtenAt: now(), writtenById: memberId },
      ...momentsOf(values),
    },
  });
  return digestOf(canonicalForm(values));
}

async function requireHere(query: Query, jit: string, field: string, members: readonly string[]): Promise<void> {
  if (members.length === 0) return;
  const { here } = await standingOf(query, jit);
  if (members.some((one) => !here.has(one))) throw new Invalid({ [field]: "meeting-not-of-team" });
}
