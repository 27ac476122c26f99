import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { contentOf, digestOf } from "../documents/canonical.server.ts";
import { type Content, canonicalForm } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import { beginText } from "../documents/first-row.server.ts";
import { move, supersedeFrozen } from "../documents/freezing.server.ts";
import { rebuild } from "../documents/history.server.ts";
import { recordEdits } from "../documents/recording.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { iso } from "../tasks/instants.ts";
import type { Clause } from "../templates/fields.ts";
import { view } from "../view.server.ts";
import { type Attendance, type MeetingValues, meetingNumber } from "./meeting.ts";
import { holdMeeting } from "./meetings.server.ts";
import { peopleOf } from "./reading.server.ts";

/** Name and version of what every text of minutes begins from; stands in the frozen bytes. */
export const minutesTemplate = "jit-minutes R-2026.1";

type OfMeeting = { jit: string; meeting: string };

/**
 * Begins the minutes with a clause for each item of the agenda as it stands now, as row 1 of the text's history (C11).
 * Throws Conflict("minutes-exist") when somebody was first, Conflict("meeting-called-off").
 */
export function beginMinutes(actor: Actor, input: OfMeeting): Promise<void> {
  const { jit } = input;
  return change(actor, "minutes.begin", { jit }, async (tx) => {
    await holdOpenJit(tx, jit);
    const { id: meeting, number, minutesId, edition, values } = await holdMeeting(queryOf(tx), input);
    if (values.calledOff !== "") throw new Conflict("meeting-called-off");
    if (minutesId) throw new Conflict("minutes-exist");
    const items = values.agenda.length > 0 ? values.agenda : [values.title];
    const { id, facts } = await beginText(tx, {
      jit,
      kind: "minutes",
      annex: null,
      about: null,
      state: "draft",
      template: minutesTemplate,
      clauses: items.map(clauseFor),
      fields: {},
    });
    await tx.meeting.update({ where: { id: meeting }, data: { minutesId: id } });
    return { result: undefined, facts: { ...facts, meeting, number, edition } };
  });
}

function clauseFor(item: string): Clause {
  const empty = { why: "", euModel: "", convention: "", fixed: false, fields: [], wording: {} };
  return { id: newId(), titles: { en: item }, ...empty };
}

/** A version of the minutes that was approved: its exact bytes and who approved them. */
export type ApprovedMinutes = {
  version: number;
  digest: string;
  approvedAt: string;
  approvedBy: string | null;
  /** a later version was approved in its place */
  replaced: boolean;
  head: MinutesHead;
  languages: Content["languages"];
};

export type Minutes = {
  document: string;
  epoch: number;
  state: "draft" | "finalised";
  version: number;
  /** the newest first */
  approved: Omit<ApprovedMinutes, "head" | "languages">[];
};

type DocumentRow = { id: string; epoch: number; state: Minutes["state"]; version: number };

async function minutesOf(db: Transaction, { jit, meeting }: OfMeeting): Promise<DocumentRow> {
  const [row] = await queryOf(db)<DocumentRow>(
    `SELECT d.id, d.epoch, d.state, d.version FROM meeting m JOIN document d ON d.id = m.minutes_id
      WHERE m.jit_id = $1::uuid AND m.number = $2 AND d.kind = 'minutes'`,
    [jit, meetingNumber(meeting) ?? 0],
  );
  if (!row) throw new NotFound();
  return row;
}

const approvedSql = `
  SELECT f.version, f.digest, ${iso("f.frozen_at")} AS "approvedAt", f.superseded_at IS NOT NULL AS replaced,
         (SELECT p.latin_name FROM audit.entry e JOIN person p ON p.id::text = e.body::jsonb #>> '{actor,person}'
           WHERE e.log = f.jit_id AND e.body::jsonb ->> 'action' = 'minutes.approve'
             AND e.body::jsonb #>> '{facts,document}' = f.document_id::text
             AND e.body::jsonb #>> '{facts,version}' = f.version::text) AS "approvedBy"`;

/** Which document holds the minutes of a meeting; for the acts below. Throws NotFound before they are begun. */
async function documentOf(actor: Actor, input: OfMeeting): Promise<string> {
  return view(actor, "meeting.read", { jit: input.jit }, async (db) => (await minutesOf(db, input)).id);
}

/** Opens the minutes for reading or writing: an entry in the trail, for the record of who saw them. */
export async function openMinutes(actor: Actor, input: OfMeeting): Promise<Minutes> {
  const document = await documentOf(actor, input);
  return view(
    actor,
    "minutes.open",
    { jit: input.jit, document },
    async (db) => {
      const { id, epoch, state, version } = await minutesOf(db, input);
      const approved = await queryOf(db)<Minutes["approved"][number]>(
        `${approvedSql} FROM frozen_text f WHERE f.document_id = $1::uuid ORDER BY f.version DESC`,
        [id],
      );
      return { document: id, epoch, state, version, approved };
    },
    () => ({ document }),
  );
}

/** One approved version, its words from the frozen bytes. Throws NotFound. */
export async function readApproved(actor: Actor, input: OfMeeting & { version: number }): Promise<ApprovedMinutes> {
  const document = await documentOf(actor, input);
  return view(actor, "document.read", { jit: input.jit, document }, async (db) => {
    const [row] = await queryOf(db)<Omit<ApprovedMinutes, "head" | "languages"> & { canonical: string }>(
      `${approvedSql}, f.canonical FROM frozen_text f WHERE f.document_id = $1::uuid AND f.version = $2`,
      [document, input.version],
    );
    if (!row) throw new NotFound();
    const { canonical, ...approved } = row;
    const { fields, languages } = JSON.parse(canonical) as Content;
    return { ...approved, head: fields.meeting as unknown as MinutesHead, languages };
  });
}

/** The words as they are stored now, with the digest that an approval would name. */
export async function readWritten(
  actor: Actor,
  input: OfMeeting,
): Promise<
  { version: number; state: Minutes["state"]; digest: string; head: MinutesHead } & Pick<Content, "languages">
> {
  const document = await documentOf(actor, input);
  return view(actor, "document.read", { jit: input.jit, document }, async (db) => {
    const { version, state } = await minutesOf(db, input);
    const { digest, head, languages } = await textOf(db, input, document);
    return { version, state, digest, head, languages };
  });
}

/** What the frozen minutes say of the meeting besides their own words: as it stood when they were approved. */
export type MinutesHead = Pick<
  MeetingValues,
  "title" | "place" | "start" | "end" | "timeZone" | "agenda" | "guests"
> & {
  reference: string;
  people: { name: string; latinName: string; state: string | null; invited: boolean; how: Attendance | null }[];
};

/** The bytes that an approval freezes: the words, and who met, when, on what. The address to join is not for the record. */
async function textOf(db: Transaction, { jit, meeting }: OfMeeting, id: string) {
  const query = queryOf(db);
  const { epoch } = await db.document.findUniqueOrThrow({ where: { id }, select: { epoch: true } });
  // From the rows themselves: what is approved must not rest on a snapshot, which only saves time.
  const text = await rebuild(query, { document: id, epoch, fromFirstRow: true });
  const [row] = await query<{ values: MeetingValues }>(
    `SELECT e.values FROM meeting m JOIN meeting_edition e ON e.meeting_id = m.id
      WHERE m.jit_id = $1::uuid AND m.number = $2 ORDER BY e.edition DESC LIMIT 1`,
    [jit, meetingNumber(meeting) ?? 0],
  );
  if (!row) throw new NotFound();
  const { title, place, start, end, timeZone, agenda, guests, invited, attendance } = row.values;
  const members = await peopleOf(query, jit, [...new Set([...invited, ...Object.keys(attendance)])]);
  const people = members.map(({ id, name, latinName, state }) => ({
    ...{ name, latinName, state },
    invited: invited.includes(id),
    how: attendance[id] ?? null,
  }));
  const head: MinutesHead = { reference: meeting, title, place, start, end, timeZone, agenda, guests, people };
  const content = { ...contentOf(text, minutesTemplate), fields: { meeting: head } };
  const canonical = canonicalForm(content);
  return { canonical, digest: digestOf(canonical), head, languages: content.languages };
}

/**
 * Approves the very words that the leader saw, named by their digest, and freezes them. Whoever appends an edit waits
 * for the same row lock, so an edit is either inside the frozen bytes or refused. Throws Conflict("minutes-changed") when
 * somebody has written on meanwhile, Conflict("not-in-this-state") when they are approved already.
 */
export async function approveMinutes(actor: Actor, input: OfMeeting & { digest: string }): Promise<void> {
  const { jit } = input;
  const id = await documentOf(actor, input);
  return change(actor, "minutes.approve", { jit, document: id }, async (tx) => {
    const document = await holdDocument(tx, jit, id);
    // First the trail of what was written, so that it stands before the entry that freezes it.
    await recordEdits(queryOf(tx), { document: id, epoch: document.epoch });
    const { canonical, digest } = await textOf(tx, input, id);
    if (digest !== input.digest) throw new Conflict("minutes-changed");
    await supersedeFrozen(tx, id);
    const { version, head } = document;
    await tx.frozenText.create({
      data: { id: newId(), jitId: jit, documentId: id, version, canonical, digest, head, frozenAt: now() },
    });
    await move(tx, document, "minutes.approve");
    const number = meetingNumber(input.meeting);
    return { result: undefined, facts: { document: id, number, version, digest, head } };
  });
}

/**
 * Begins a further version, with the reason. What was approved stays as it is, and is the last word until the new
 * version is approved.
 */
export async function correctMinutes(actor: Actor, input: OfMeeting & { reason: string }): Promise<void> {
  const { jit, reason } = input;
  const id = await documentOf(actor, input);
  return change(actor, "minutes.correct", { jit, document: id }, async (tx) => {
    await holdOpenJit(tx, jit);
    const document = await holdDocument(tx, jit, id);
    const version = document.version + 1;
    await move(tx, document, "minutes.correct", { version });
    return {
      result: undefined,
      facts: { document: id, number: meetingNumber(input.meeting), version },
      details: { reason },
    };
  });
}
