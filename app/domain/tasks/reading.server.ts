import { now } from "#app/platform/clock.ts";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import type { Access } from "../access.ts";
import type { Actor } from "../actor.ts";
import { NotFound } from "../errors.ts";
import { heldAt } from "../held-roles.ts";
import { boundSql } from "../jits/bound.ts";
import { view } from "../view.server.ts";
import { cardsShown, countsOf, heldBy, talliesOf } from "./cut.server.ts";
import { atFirst, type Shown } from "./filters.ts";
import { type Reader, visibleTo } from "./handling.ts";
import { historyOf } from "./history.server.ts";
import { iso } from "./instants.ts";
import type { Cut } from "./news.ts";
import {
  type BoardColumn,
  type Card,
  type Comment,
  type Holder,
  type Left,
  type Link,
  type Step,
  taskNumber,
  taskReference,
} from "./task.ts";

/** The member behind the actor, as handling codes ask for it. */
export async function readerOf(query: Query, actor: Actor, jit: string, access: Access): Promise<Reader> {
  const [member] = await query<{ id: string }>(
    "SELECT id FROM member WHERE jit_id = $1::uuid AND person_id = $2::uuid",
    [jit, actor.personId],
  );
  return { roles: access.roles, partyId: access.partyId, memberId: member?.id ?? null };
}

const cardSql = `
  SELECT t.id, t.number, t.column_id AS "columnId", t.order_key AS "orderKey", t.title, t.party_id AS "partyId",
         y.state, t.member_id AS "memberId", p.latin_name AS "responsible", p.name AS "responsibleName",
         t.start, t.due, t.time_zone AS "timeZone", ${iso("t.late_from")} AS "lateFrom", t.priority, t.coercive,
         t.authorisation, t.blocked_reason AS "blockedReason", ${iso("t.moved_at")} AS "movedAt", t.handling,
         t.handling_party_id AS "handlingPartyId", hy.state AS "handlingState",
         (SELECT count(*)::int FROM task_step s WHERE s.task_id = t.id) AS steps,
         (SELECT count(*)::int FROM task_step s WHERE s.task_id = t.id AND s.done_at IS NOT NULL) AS "stepsDone",
         (SELECT count(*)::int FROM task_comment c WHERE c.task_id = t.id) AS comments,
         ARRAY(SELECT s.member_id::text FROM task_step s WHERE s.task_id = t.id AND s.member_id IS NOT NULL) AS helpers
    FROM task t LEFT JOIN party y ON y.id = t.party_id LEFT JOIN party hy ON hy.id = t.handling_party_id
    LEFT JOIN member m ON m.id = t.member_id LEFT JOIN person p ON p.id = m.person_id`;

/** The cards the reader may see, in the one order of a column. */
export function cardsFor(query: Query, jit: string, reader: Reader): Promise<Card[]> {
  const visible = visibleTo(reader, 2);
  return query<Card>(`${cardSql} WHERE t.jit_id = $1::uuid AND ${visible.sql} ORDER BY t.order_key COLLATE "C", t.id`, [
    jit,
    ...visible.values,
  ]);
}

/** Of these cards, those the reader is responsible for or has a step of, and that are not done. */
export function ownCardsFor(query: Query, jit: string, reader: Reader): Promise<Card[]> {
  const visible = visibleTo(reader, 3);
  return query<Card>(
    `${cardSql} JOIN board_column b ON b.id = t.column_id
      WHERE t.jit_id = $1::uuid AND b.kind IS DISTINCT FROM 'done' AND (t.member_id = $2::uuid OR t.id IN (
            SELECT s.task_id FROM task_step s WHERE s.member_id = $2::uuid)) AND ${visible.sql}
      ORDER BY t.late_from NULLS LAST, t.number`,
    [jit, reader.memberId, ...visible.values],
  );
}

/** These cards, whoever asks: the caller decides card by card who is told of them (`maySee`). */
export function cardsById(query: Query, jit: string, ids: readonly string[]): Promise<Card[]> {
  return query<Card>(`${cardSql} WHERE t.jit_id = $1::uuid AND t.id = ANY ($2::uuid[])`, [jit, ids]);
}

/** What these cards are called, of those that the reader may see. */
export async function namesOfTasks(query: Query, jit: string, reader: Reader, ids: readonly string[]) {
  const visible = visibleTo(reader, 3);
  const rows = await query<{ id: string; number: number; title: string }>(
    `SELECT t.id, t.number, t.title FROM task t
      WHERE t.jit_id = $1::uuid AND t.id::text = ANY ($2::text[]) AND ${visible.sql}`,
    [jit, [...new Set(ids)], ...visible.values],
  );
  return new Map(rows.map(({ id, number, title }) => [id, { reference: taskReference(number), title }] as const));
}

export function columnsOf(query: Query, jit: string): Promise<BoardColumn[]> {
  return query<BoardColumn>(
    `SELECT id, kind, name, card_limit AS "cardLimit", order_key AS "orderKey" FROM board_column
      WHERE jit_id = $1::uuid AND deleted_at IS NULL ORDER BY order_key COLLATE "C", id`,
    [jit],
  );
}

export type Board = Cut & { members: Holder[]; parties: { id: string; state: string }[]; left: Left[] };

/** What one page shows of the board, as this member may see it. */
export function readBoard(actor: Actor, jit: string, shown: Shown): Promise<Board> {
  return view(actor, "board.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const reader = await readerOf(query, actor, jit, access);
    const asked = { jit, reader, shown, at: now() };
    // First the tallies with their number, then the cards: what happens in between is told again, never left out.
    const [seq, tallies] = await talliesOf(query, asked);
    const { sql, values } = cardsShown(asked);
    const [columns, found, { members, parties }, held] = await Promise.all([
      columnsOf(query, jit),
      query<Card>(`${cardSql} JOIN board_column b ON b.id = t.column_id WHERE ${sql}`, values),
      peopleOf(query, jit),
      heldBy(query, jit, reader),
    ]);
    const left = members.flatMap(({ id, latinName, here }) => {
      const count = here ? 0 : (held.get(id) ?? 0);
      return count > 0 ? [{ id, latinName, count }] : [];
    });
    const most = shown.view === "board" ? found.length : (shown.rows ?? atFirst[shown.view]);
    return {
      ...{ seq, columns, tallies, members, parties, left },
      cards: found.slice(0, most),
      more: found.length > most,
    };
  });
}

/** What forms choose among: the columns with the number of their cards, the people and the parties. */
export function readBoardFrame(actor: Actor, jit: string) {
  return view(actor, "board.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const reader = await readerOf(query, actor, jit, access);
    const [columns, counts, people] = await Promise.all([
      columnsOf(query, jit),
      countsOf(query, jit, reader),
      peopleOf(query, jit),
    ]);
    return { columns: columns.map((column) => ({ ...column, cards: counts.get(column.id) ?? 0 })), ...people };
  });
}

export async function lastEntry(query: Query, jit: string): Promise<number> {
  const [head] = await query<{ size: bigint }>("SELECT size FROM audit.head WHERE log = $1::uuid", [jit]);
  return Number(head?.size ?? 0);
}

/** The same for a file, with what is to be done. That it was taken away is an entry in the trail. */
export function downloadTasks(actor: Actor, jit: string) {
  return view(
    actor,
    "task.download",
    { jit },
    async (db, access) => {
      const query = queryOf(db);
      const reader = await readerOf(query, actor, jit, access);
      const columns = await columnsOf(query, jit);
      const cards = await cardsFor(query, jit, reader);
      const words = await query<{ id: string; description: string }>(
        "SELECT id, description FROM task WHERE id = ANY ($1::uuid[])",
        [cards.map(({ id }) => id)],
      );
      return {
        columns,
        cards,
        descriptions: Object.fromEntries(words.map(({ id, description }) => [id, description])),
      };
    },
    ({ cards }) => ({ tasks: cards.length }),
  );
}

/** Everyone who is or was in the team, and its parties. */
export async function peopleOf(query: Query, jit: string) {
  const [members, parties] = await Promise.all([
    query<Holder>(
      `SELECT m.id, p.name, p.latin_name AS "latinName", y.state,
              p.disabled_at IS NULL AND EXISTS (
                SELECT 1 FROM member_role r WHERE r.member_id = m.id AND ${heldAt("$2")}) AS here
         FROM member m JOIN person p ON p.id = m.person_id LEFT JOIN party y ON y.id = m.party_id
        WHERE m.jit_id = $1::uuid ORDER BY p.latin_name`,
      [jit, now()],
    ),
    query<{ id: string; state: string }>(
      `SELECT y.id, y.state FROM party y WHERE y.jit_id = $1::uuid AND ${boundSql("$2")} ORDER BY y.position`,
      [jit, now()],
    ),
  ]);
  return { members, parties };
}

/** One card with everything on it. Throws NotFound for one that is not there and for one kept from the reader alike. */
export function readTask(actor: Actor, { jit, task: reference }: { jit: string; task: string }) {
  return view(actor, "board.read", { jit }, async (db, access) => {
    const query = queryOf(db);
    const reader = await readerOf(query, actor, jit, access);
    const visible = visibleTo(reader, 3);
    const seq = await lastEntry(query, jit);
    const [card] = await query<Card>(`${cardSql} WHERE t.jit_id = $1::uuid AND t.number = $2 AND ${visible.sql}`, [
      jit,
      taskNumber(reference) ?? 0,
      ...visible.values,
    ]);
    if (!card) throw new NotFound();
    const [columns, people, more] = await Promise.all([
      columnsOf(query, jit),
      peopleOf(query, jit),
      detailsOf(query, { jit, task: card.id }, reader),
    ]);
    return { seq, card, columns, ...people, ...more };
  });
}

async function detailsOf(query: Query, of: { jit: string; task: string }, reader: Reader) {
  const { task } = of;
  const [[words], steps, comments, links, history] = await Promise.all([
    query<{ description: string }>("SELECT description FROM task WHERE id = $1::uuid", [task]),
    query<Step>(
      `SELECT s.id, s.words, s.member_id AS "memberId", p.latin_name AS holder, y.state, ${iso("s.done_at")} AS "doneAt"
         FROM task_step s LEFT JOIN member m ON m.id = s.member_id LEFT JOIN person p ON p.id = m.person_id
         LEFT JOIN party y ON y.id = m.party_id WHERE s.task_id = $1::uuid ORDER BY s.id`,
      [task],
    ),
    query<Comment>(
      `SELECT c.id, c.words, ${iso("c.at")} AS at, p.name, p.latin_name AS "latinName", y.state
         FROM task_comment c JOIN member m ON m.id = c.member_id JOIN person p ON p.id = m.person_id
         LEFT JOIN party y ON y.id = m.party_id WHERE c.task_id = $1::uuid ORDER BY c.id`,
      [task],
    ),
    query<Link>("SELECT kind, reference FROM task_link WHERE task_id = $1::uuid ORDER BY kind, reference", [task]),
    historyOf(query, of, reader),
  ]);
  return { description: words?.description ?? "", steps, comments, links, history };
}
