import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { readShown } from "#app/domain/tasks/filters.ts";
import { importTasks } from "#app/domain/tasks/import.server.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import type { BoardNews } from "#app/domain/tasks/news.ts";
import { readBoard, readBoardFrame } from "#app/domain/tasks/reading.server.ts";
import { AddTask, MoveTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { asOwner } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf } from "#tests/support/pages.ts";
import { openStream, type StreamEvent } from "#tests/support/stream.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";
import { startWeb } from "#tests/support/web.ts";

/* What a browser hears of a board and what it downloads, over HTTP from the real web process. */
let fresh: FreshDatabase;
let web: Awaited<ReturnType<typeof startWeb>>;
let team: Team;
let leader: Colleague;
let address: string;
let columns: string[];
let task: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  web = await startWeb(fresh);
  team = await foundTeam(fresh.owner);
  leader = await team.bring("kz", ["leader"]);
  address = `${web.origin}/jits/${team.reference}/tasks/live`;
  columns = (await readBoardFrame(leader, team.jit)).columns.map(({ id }) => id);
  const fields = { title: "Ask the bank", timeZone: "UTC", priority: "medium", handling: "OPEN-JIT" };
  task = (await addTask(leader, { ...AddTask.parse(fields), jit: team.jit })).id;
}, 120_000);
afterAll(async () => {
  await web?.stop();
  await fresh?.drop();
});

let turn = 0;
const move = () =>
  moveTask(leader, { ...MoveTask.parse({ task, column: columns[++turn % 2], place: "last" }), jit: team.jit });
const size = async () =>
  Number((await fresh.owner.query("SELECT size FROM audit.head WHERE log = $1", [team.jit])).rows[0].size);
const movesAfter = async (seq: number) =>
  (
    await fresh.owner.query(
      "SELECT seq::int FROM audit.entry WHERE log = $1 AND seq > $2 AND body::jsonb ->> 'action' = 'task.move' ORDER BY seq",
      [team.jit, seq],
    )
  ).rows.map((row) => row.seq as number);
const newsIn = (events: readonly StreamEvent[]) =>
  events.filter(({ event }) => event === "board").map(({ data }) => JSON.parse(data) as BoardNews);
const movesIn = (events: readonly StreamEvent[]) =>
  newsIn(events).flatMap(({ entries }) => entries.filter(({ action }) => action === "task.move").map(({ seq }) => seq));

describe("the stream of a board", { timeout: 60_000 }, () => {
  test.each([0, 1, 3])(
    "after a break behind %i events it goes on with the next: none is lost, none is told twice",
    async (heard) => {
      const cookie = await cookieOf(leader);
      const from = await size();
      const first = await openStream(`${address}?after=${from}`, { cookie });
      expect(first.status).toBe(200);
      for (let time = 0; time < heard; time++) {
        await move();
        await expect.poll(() => movesIn(first.events).length).toBe(time + 1);
      }
      first.cut();
      for (let time = 0; time < 4; time++) await move();
      const lastEventId = first.events.at(-1)?.id ?? undefined;
      const second = await openStream(`${address}?after=${from}`, { cookie, lastEventId });
      await move();
      const all = await movesAfter(from);
      expect(all).toHaveLength(heard + 5);
      await expect.poll(() => [...movesIn(first.events), ...movesIn(second.events)]).toEqual(all);
      second.cut();
    },
  );

  test("it ends when the right is revoked, tells nothing of what comes after, and does not open again", async () => {
    const leaver = await team.bring("eg", ["member"]);
    const cookie = await cookieOf(leaver);
    const stream = await openStream(`${address}?after=${await size()}`, { cookie });
    await move();
    await expect.poll(() => movesIn(stream.events).length).toBe(1);
    const member = await memberOf(fresh.owner, team.jit, leaver);
    await revokeMember(team.founder, { jit: team.jit, member, reason: "moved on" });
    await stream.ended;
    expect(stream.events.at(-1)?.event).toBe("ended");
    const revoked = await size();
    await move();
    expect(newsIn(stream.events).every(({ seq }) => seq < revoked)).toBe(true);
    expect((await openStream(`${address}?after=${revoked}`, { cookie })).status).toBe(404);
  });

  test("it ends when the session ends, though the right stays", async () => {
    const cookie = await cookieOf(leader);
    const stream = await openStream(`${address}?after=${await size()}`, { cookie });
    await asOwner(fresh.owner, "DELETE FROM session WHERE person_id = $1", [leader.personId]);
    // Any act on the board asks for the session again.
    await move();
    await stream.ended;
    expect(movesIn(stream.events)).toEqual([]);
  });
});

test("a title that begins like a formula is none in the file, and comes back from the file as it was", async () => {
  const title = '=HYPERLINK("http://example.test","open")';
  const fields = { title, timeZone: "UTC", priority: "medium", handling: "OPEN-JIT" };
  await addTask(leader, { ...AddTask.parse(fields), jit: team.jit });
  const answer = await fetch(`${web.origin}/jits/${team.reference}/tasks.csv`, {
    headers: { Cookie: await cookieOf(leader) },
  });
  const text = await answer.text();
  expect(text).toContain(`"'=HYPERLINK(`);
  expect(text).not.toMatch(/(^|,)"?=/m);
  await importTasks(leader, { jit: team.jit, party: team.parties.kz, text, zone: "UTC" });
  const shown = readShown(new URLSearchParams({ rows: "100" }));
  const { cards } = await readBoard(leader, team.jit, shown);
  expect(cards.filter((card) => card.title === title)).toHaveLength(2);
});
