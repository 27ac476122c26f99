import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { downloadActivity, latestActivity, listActivity } from "#app/domain/audit/activity.server.ts";
import { ActivityFilters } from "#app/domain/audit/filters.ts";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { type JitRole, jitRoles } from "#app/domain/roles.ts";
import { addColumn, changeColumn, deleteColumn } from "#app/domain/tasks/columns.server.ts";
import { readShown, type Shown } from "#app/domain/tasks/filters.ts";
import { type HandlingCode, handlingCodes, maySee, namesParty } from "#app/domain/tasks/handling.ts";
import { importTasks } from "#app/domain/tasks/import.server.ts";
import { watchBoard } from "#app/domain/tasks/live.server.ts";
import { listMyTasks } from "#app/domain/tasks/mine.server.ts";
import { moveTask } from "#app/domain/tasks/moving.server.ts";
import { afterNews, type BoardNews, type Cut } from "#app/domain/tasks/news.ts";
import { readBoard as readCut, readTask } from "#app/domain/tasks/reading.server.ts";
import { addComment, addStep, removeStep, tickStep } from "#app/domain/tasks/steps.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { AddTask, MoveTask, TaskFields } from "#app/domain/tasks/task-forms.ts";
import { addTask, asTyped, changeTask } from "#app/domain/tasks/tasks.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
let leader: Colleague;
let member: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

async function newTeam(): Promise<void> {
  team = await foundTeam(fresh.owner);
  leader = await team.bring("kz", ["leader"]);
  member = await team.bring("eg", ["member"]);
}

/** The board with all its cards: no column of these tests is longer, but for the one that is named. */
const everything: Shown = { view: "board", sort: "number", down: false };
const readBoard = (by: Colleague, jit: string, column?: string) =>
  readCut(by, jit, { ...everything, column, rows: 200 });
const plain = { timeZone: "Asia/Almaty", priority: "medium", handling: "OPEN-JIT" };
const fields = (more: Record<string, string> = {}) => AddTask.parse({ title: "Ask the bank", ...plain, ...more });
const add = (more: Record<string, string> = {}, by = leader) => addTask(by, { ...fields(more), jit: team.jit });
const columns = async () =>
  (await readBoard(leader, team.jit)).columns.map(({ id }) => id) as [string, string, string, string];
const standing = async (column: string, by = leader) =>
  (await readBoard(by, team.jit, column)).cards.filter((card) => card.columnId === column).map(({ id }) => id);
const move = (task: string, column: string, place = "last", by = leader) =>
  moveTask(by, { ...MoveTask.parse({ task, column, place }), jit: team.jit });

describe("moving", () => {
  beforeAll(newTeam);

  test("moves of several people at the same moment give one order with every card once, the same for everybody", async () => {
    const [todo, doing] = await columns();
    const ids: string[] = [];
    for (let index = 0; index < 6; index++) ids.push((await add()).id);
    const one = fc.record({
      task: fc.constantFrom(...ids),
      column: fc.constantFrom(todo, doing),
      place: fc.constantFrom("first", "last", "up", "down", ...ids, ...ids.map((id) => `before:${id}`)),
      by: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 2, maxLength: 8 }), async (moves) => {
        const done = await Promise.allSettled(
          moves.map(({ task, column, place, by }) => move(task, column, place, by ? leader : member)),
        );
        // One place up or down where the card no longer stands is told so, and moves nothing.
        for (const one of done)
          if (one.status === "rejected") expect(one.reason).toMatchObject({ reason: "task-moved-meanwhile" });
        const [mine, theirs] = [await readBoard(leader, team.jit), await readBoard(member, team.jit)];
        expect(mine.cards.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
        expect(mine.cards).toEqual(theirs.cards);
      }),
      { numRuns: 12 },
    );
  });

  test("a move puts the card where it was asked for: first, after another, up and down", async () => {
    const [, , , done] = await columns();
    const [a, b, c] = [(await add()).id, (await add()).id, (await add()).id];
    for (const id of [a, b, c]) await move(id, done);
    await move(c, done, "first");
    expect(await standing(done)).toEqual([c, a, b]);
    await move(c, done, a);
    expect(await standing(done)).toEqual([a, c, b]);
    await move(b, done, "up");
    expect(await standing(done)).toEqual([a, b, c]);
    await move(a, done, "down");
    expect(await standing(done)).toEqual([b, a, c]);
    await move(b, done, "up");
    expect(await standing(done)).toEqual([b, a, c]);
    await move(c, done, `before:${a}`);
    expect(await standing(done)).toEqual([b, c, a]);
    await expect(move(c, (await columns())[0], "up")).rejects.toMatchObject({ reason: "task-moved-meanwhile" });
    expect(await standing(done)).toEqual([b, c, a]);
  });

  test("in a column longer than what is read of it a card stands where it was asked for, also among equal keys", async () => {
    await newTeam();
    const [todo, doing] = await columns();
    const text = `title\n${Array.from({ length: 70 }, (_, index) => `card ${index}`).join("\n")}\n`;
    await importTasks(leader, { jit: team.jit, party: team.parties.kz, text, zone: "UTC" });
    const listed = await standing(todo);
    // As two people leave them who drop into one gap at the same moment, many times over.
    const client = await fresh.owner.connect();
    await client.query("BEGIN");
    await client.query("UPDATE task SET order_key = 'a5' WHERE id = ANY ($1)", [listed.slice(20, 60)]);
    await client.query("SELECT audit.append($1, $2, '{}')", [
      team.jit,
      { actor: { system: true }, action: "task.move", facts: {} },
    ]);
    await client.query("COMMIT");
    client.release();
    const order = await standing(todo);
    const place = fc.record({
      task: fc.nat(69),
      to: fc.nat(69),
      way: fc.constantFrom("after", "before", "first", "last"),
    });
    await fc.assert(
      fc.asyncProperty(place, async ({ task, to, way }) => {
        const [id, other] = [order[task]!, order[to]!];
        await move(id, todo, way === "after" ? other : way === "before" ? `before:${other}` : way);
        if (id !== other || way === "first" || way === "last") {
          order.splice(order.indexOf(id), 1);
          const at = { after: order.indexOf(other) + 1, before: order.indexOf(other), first: 0, last: order.length };
          order.splice(at[way], 0, id);
        }
        expect(await standing(todo)).toEqual(order);
      }),
      { numRuns: 60 },
    );
    expect(await standing(doing)).toEqual([]);
  });

  test("a card dropped into a column that was just deleted stays where it was, and the person is told why", async () => {
    const [todo, doing, blocked] = await columns();
    const { id } = await add();
    await move(id, todo);
    await deleteColumn(leader, { jit: team.jit, column: doing, to: blocked });
    const before = (await readBoard(leader, team.jit)).cards;
    await expect(move(id, doing)).rejects.toMatchObject({ reason: "task-column-gone" });
    expect((await readBoard(leader, team.jit)).cards).toEqual(before);
    // At the same moment: whichever is first, the card is there once, in a column that is there.
    const done = (await columns()).at(-1);
    await Promise.allSettled([move(id, done!), deleteColumn(leader, { jit: team.jit, column: done!, to: todo })]);
    const after = await readBoard(leader, team.jit, todo);
    expect(after.cards.filter((card) => card.id === id)).toHaveLength(1);
    expect(after.columns.map((column) => column.id)).toContain(after.cards.find((card) => card.id === id)!.columnId);
  });

  test("a column with cards is not deleted before it is said where they go, and the last one never", async () => {
    await newTeam();
    const [todo, doing, blocked, done] = await columns();
    const { id } = await add();
    await expect(deleteColumn(leader, { jit: team.jit, column: todo, to: null })).rejects.toMatchObject({
      reason: "task-column-not-empty",
    });
    await deleteColumn(leader, { jit: team.jit, column: todo, to: doing });
    expect(await standing(doing)).toEqual([id]);
    await deleteColumn(leader, { jit: team.jit, column: blocked, to: null });
    await deleteColumn(leader, { jit: team.jit, column: done, to: null });
    await expect(deleteColumn(leader, { jit: team.jit, column: doing, to: null })).rejects.toMatchObject({
      reason: "task-last-column",
    });
  });

  test("a full column takes no card more, and says so", async () => {
    await newTeam();
    const [todo, doing] = await columns();
    await changeColumn(leader, { jit: team.jit, column: doing, name: "In hand", cardLimit: 1 });
    const [a, b] = [(await add()).id, (await add()).id];
    const both = await Promise.allSettled([move(a, doing), move(b, doing)]);
    expect(both.filter(({ status }) => status === "rejected")).toMatchObject([
      { reason: { reason: "task-column-full" } },
    ]);
    expect([await standing(todo), await standing(doing)].map((all) => all.length)).toEqual([1, 1]);
    await expect(add({ column: doing })).rejects.toMatchObject({ reason: "task-column-full" });
    await addColumn(leader, { jit: team.jit, name: "بانتظار الرد", cardLimit: null });
    expect((await readBoard(leader, team.jit)).columns.at(-1)).toMatchObject({ name: "بانتظار الرد" });
  });
});

describe("who sees a card", () => {
  beforeAll(newTeam);

  test("SQL and the browser's news answer alike for every role, code and party, and nobody is shown more than the code says", async () => {
    const people: Record<string, Colleague> = {};
    for (const role of jitRoles)
      people[role] = await team.bring(role === "participant_observer" ? "unodc" : "eg", [role]);
    const { eg, kz } = team.parties;
    for (const handling of handlingCodes) {
      for (const handlingParty of namesParty(handling) ? [eg, kz] : [""]) await add({ handling, handlingParty });
    }
    const observer = await memberOf(fresh.owner, team.jit, people.participant_observer!);
    await add({ member: observer });
    const all = (
      await fresh.owner.query("SELECT id, handling, handling_party_id, member_id FROM task WHERE jit_id = $1", [
        team.jit,
      ])
    ).rows;
    for (const role of jitRoles) {
      const person = people[role]!;
      const memberId = await memberOf(fresh.owner, team.jit, person);
      const reader = { roles: [role] as JitRole[], partyId: role === "participant_observer" ? null : eg, memberId };
      const shown = (await readBoard(person, team.jit)).cards.map(({ id }) => id).toSorted();
      const expected = all.filter((row) =>
        maySee(reader, {
          handling: row.handling as HandlingCode,
          handlingPartyId: row.handling_party_id,
          memberId: row.member_id,
          helpers: [],
        }),
      );
      expect([role, shown]).toEqual([role, expected.map(({ id }) => id).toSorted()]);
    }
    // By hand, from the codes themselves.
    const sees = async (role: JitRole) =>
      (await readBoard(people[role]!, team.jit)).cards.map((card) =>
        `${card.handling} ${card.handlingState ?? ""}`.trim(),
      );
    expect(new Set(await sees("member"))).toEqual(new Set(["OPEN-JIT", "NATIONAL-ONLY EG", "NON-OPERATIONAL"]));
    expect(new Set(await sees("leader"))).toEqual(
      new Set(["OPEN-JIT", "LEADERS", "NATIONAL-ONLY EG", "SOURCE-PROTECTED EG", "NON-OPERATIONAL"]),
    );
    expect(await sees("cost_officer")).toEqual(["NON-OPERATIONAL"]);
    expect((await sees("participant_observer")).toSorted()).toEqual(["NON-OPERATIONAL", "OPEN-JIT"]);
  });

  test("a card kept from someone is not found, moved, changed, ticked or commented on by them", async () => {
    const { id, number } = await add({ handling: "LEADERS" });
    const [, doing] = await columns();
    const acts = [
      readTask(member, { jit: team.jit, task: taskReference(number) }),
      move(id, doing, "last", member),
      changeTask(member, { ...TaskFields.parse({ ...plain, title: "x" }), jit: team.jit, task: id, seen: {} }),
      addStep(member, { jit: team.jit, task: id, words: "x", member: null }),
      addComment(member, { jit: team.jit, task: id, words: "x" }),
    ];
    for (const act of await Promise.allSettled(acts)) expect(act).toMatchObject({ reason: { name: "NotFound" } });
  });

  test("a member gives tasks to the own party only", async () => {
    await expect(add({ party: team.parties.kz }, member)).rejects.toMatchObject({ name: "Forbidden" });
    await add({ party: team.parties.eg }, member);
  });
});

describe("changing", () => {
  beforeAll(newTeam);

  test("two people who change different fields both have their way; the same field is kept from the later one, with a reason", async () => {
    const { id, number } = await add({ title: "Ask the bank" });
    const before = asTyped(TaskFields.parse({ ...plain, title: "Ask the bank" }));
    const typed = (more: Record<string, string>) => ({
      ...TaskFields.parse({ ...plain, title: "Ask the bank", ...more }),
      jit: team.jit,
      task: id,
      seen: before,
    });
    await changeTask(leader, typed({ title: "Ask both banks" }));
    await changeTask(member, typed({ priority: "high" }));
    await expect(changeTask(member, typed({ title: "Ask a court" }))).rejects.toMatchObject({
      problems: { title: "task-changed-meanwhile" },
    });
    const { card } = await readTask(leader, { jit: team.jit, task: taskReference(number) });
    expect(card).toMatchObject({ title: "Ask both banks", priority: "high" });
    await changeTask(member, { ...typed({ title: "Ask a court" }), seen: { ...before, title: "Ask both banks" } });
    const after = await readTask(leader, { jit: team.jit, task: taskReference(number) });
    expect(after.card.title).toBe("Ask a court");
    expect(after.history.map(({ action }) => action)).toEqual([
      "task.change",
      "task.change",
      "task.change",
      "task.add",
    ]);
  });

  test.each([
    ["a title of 10,000 characters", { title: "x".repeat(10_000) }, "title", "task-title-too-long"],
    ["a time that the zone skips", { due: "2026-03-29T02:30", timeZone: "Europe/Amsterdam" }, "due", "time-skipped"],
    ["a start after the due date", { start: "2026-12-04", due: "2026-12-03" }, "start", "start-after-due"],
    ["a code that names no party", { handling: "NATIONAL-ONLY" }, "handlingParty", "task-handling-party"],
    ["an exhibit that is none", { exhibit: "the red bag" }, "exhibit", "task-link-wrong"],
  ])("%s is refused at its field", async (_what, more, field, reason) => {
    const read = AddTask.safeParse({ title: "x", ...plain, ...more });
    if (!read.success) {
      expect(read.error.issues.map(({ path, message }) => [path.join("."), message])).toContainEqual([field, reason]);
      return;
    }
    await expect(addTask(leader, { ...read.data, jit: team.jit })).rejects.toMatchObject({
      problems: { [field]: reason },
    });
  });

  test("the history says what a field said before and says now, to who could see the card while it said so", async () => {
    const { id, number } = await add({ title: "Watch the depot", handling: "LEADERS" });
    const task = taskReference(number);
    const typed = (more: Record<string, string>) => TaskFields.parse({ ...plain, handling: "LEADERS", ...more });
    const change = (from: Record<string, string>, to: Record<string, string>) =>
      changeTask(leader, { ...typed(to), jit: team.jit, task: id, seen: asTyped(typed(from)) });
    const [first, second] = [{ title: "Watch the depot" }, { title: "Watch the depot of L-01" }];
    await change(first, second);
    await change(second, { title: "Ask the city", handling: "OPEN-JIT" });
    await change({ title: "Ask the city", handling: "OPEN-JIT" }, { title: "Ask the town", handling: "OPEN-JIT" });
    const told = async (by: Colleague) =>
      (await readTask(by, { jit: team.jit, task })).history.flatMap(({ changes }) =>
        changes.filter(({ field }) => field === "title").map(({ before, after }) => [before, after]),
      );
    expect(await told(leader)).toEqual([
      ["Ask the city", "Ask the town"],
      ["Watch the depot of L-01", "Ask the city"],
      ["Watch the depot", "Watch the depot of L-01"],
    ]);
    expect(await told(member)).toEqual([
      ["Ask the city", "Ask the town"],
      [null, "Ask the city"],
      [null, null],
    ]);
    expect(JSON.stringify(await readTask(member, { jit: team.jit, task }))).not.toContain("depot");
    const [, doing] = await columns();
    await move(id, doing);
    const { history } = await readTask(member, { jit: team.jit, task });
    expect(history[0]).toMatchObject({ action: "task.move", changes: [{ field: "column", after: doing }] });
  });

  test("steps are ticked once by two people at once; the card of someone who left stays theirs until it is handed over", async () => {
    const holder = await team.bring("eg", ["member"]);
    const memberId = await memberOf(fresh.owner, team.jit, holder);
    const { id, number } = await add({ member: memberId });
    await addStep(leader, { jit: team.jit, task: id, words: "Answer of Egypt", member: memberId });
    expect((await listMyTasks(holder)).flatMap(({ cards }) => cards.map((card) => card.id))).toEqual([id]);
    const { steps } = await readTask(leader, { jit: team.jit, task: taskReference(number) });
    const step = steps[0]!.id;
    await Promise.all([leader, holder].map((by) => tickStep(by, { jit: team.jit, task: id, step, done: true })));
    await revokeMember(team.founder, { jit: team.jit, member: memberId, reason: "moved on" });
    const { members, cards } = await readBoard(leader, team.jit);
    expect(members.find((one) => one.id === memberId)).toMatchObject({ here: false });
    expect(cards.find((card) => card.id === id)).toMatchObject({ memberId, stepsDone: 1 });
    await expect(add({ member: memberId })).rejects.toMatchObject({ problems: { member: "task-holder-gone" } });
    // What the page asks a leader to hand over: until somebody else is responsible.
    expect((await readBoard(leader, team.jit)).left).toMatchObject([{ id: memberId, count: 1 }]);
    const pages = await openPages();
    const boardOf = async (by: Colleague) =>
      (await pages.ask(`/jits/${team.reference}/tasks`, { cookie: await cookieOf(by) })).text();
    const asked = "is no longer in the team and still holds 1 task";
    expect(await boardOf(leader)).toContain(asked);
    const seconded = await team.bring("kz", ["seconded_member"]);
    expect(await boardOf(seconded)).not.toContain(asked);
    const given = (to: string) => TaskFields.parse({ ...plain, title: "Ask the bank", member: to });
    const heir = await memberOf(fresh.owner, team.jit, leader);
    const seen = asTyped(given(memberId));
    await changeTask(leader, { ...given(heir), jit: team.jit, task: id, seen });
    expect((await readBoard(leader, team.jit)).left).toEqual([]);
  });
});

describe("what is told of a card elsewhere", () => {
  beforeAll(newTeam);

  test("the activity, its latest lines and its file name a card for whoever may see it, and for nobody else", async () => {
    const { number } = await add({ title: "Watch the harbour", handling: "LEADERS", party: team.parties.kz });
    const reference = taskReference(number);
    await add({ title: "Ask the bank", party: team.parties.kz });
    // The administrator reads the whole trail, the colleague that of the own party; neither leads.
    const colleague = await team.bring("kz", ["member"]);
    const noFilters = ActivityFilters.parse({});
    const told = async (by: Colleague) => {
      const { entries } = await listActivity(by, team.jit, noFilters, "UTC");
      const file = await downloadActivity(by, team.jit, noFilters, "UTC");
      const latest = await latestActivity(by, team.jit, 20);
      const all = [entries, file, latest].map((one) => JSON.stringify(one));
      for (const one of all) expect(one).toContain("task.add");
      return all.join("\n");
    };
    const seen = await told(leader);
    expect(seen.split("Watch the harbour")).toHaveLength(4);
    expect(seen).toContain(reference);
    for (const by of [team.founder, colleague]) {
      const text = await told(by);
      expect(text).not.toContain("Watch the harbour");
      expect(text).toContain("Ask the bank");
    }
  });
});

describe("a file of tasks", () => {
  beforeAll(newTeam);
  const take = (text: string, by = leader) =>
    importTasks(by, { jit: team.jit, party: team.parties.kz, text, zone: "UTC" });

  test("is taken in whole, or not at all with a reason for each line", async () => {
    const bad = "title,due,state\nGood,2026-12-01,KZ\n,2026-12-02,KZ\n=cmd(),2026-02-30,XX\n";
    expect(await take(bad)).toEqual({
      added: 0,
      problems: [
        { line: 3, field: "title", reason: "required" },
        { line: 4, field: "state", reason: "wrong-kind" },
      ],
    });
    expect((await readBoard(leader, team.jit)).cards).toEqual([]);
    expect(await take('\ufefftitle,priority,column\n\'=SUM(A1),HIGH,done\n"a, b",,\n')).toMatchObject({ added: 2 });
    const { cards } = await readBoard(leader, team.jit);
    expect(cards.map(({ title, priority }) => [title, priority]).toSorted()).toEqual([
      ["=SUM(A1)", "high"],
      ["a, b", "medium"],
    ]);
    await expect(take("name\nx\n")).rejects.toMatchObject({ problems: { file: "task-file-unreadable" } });
  });
});

describe("live", () => {
  beforeAll(newTeam);

  async function watch(person: Colleague, seq?: number) {
    const heard: BoardNews[] = [];
    const state = { ended: false };
    const stop = watchBoard({
      jit: team.jit,
      personId: person.personId,
      memberId: await memberOf(fresh.owner, team.jit, person),
      cookie: await cookieOf(person),
      seq: seq ?? (await readBoard(person, team.jit)).seq,
      tell: (news) => heard.push(news),
      end: () => {
        state.ended = true;
      },
    });
    return { heard, state, stop };
  }
  const toldMoves = (heard: BoardNews[]) =>
    heard.flatMap(({ entries }) => entries.filter(({ action }) => action === "task.move").map(({ seq }) => seq));

  test("every move is told once, also to who was away; a card kept from the reader never, and to who saw it that it is gone", async () => {
    const [, doing] = await columns();
    const open = await add();
    const kept = await add({ handling: "LEADERS" });
    const { seq } = await readBoard(member, team.jit);
    const there = await watch(member, seq);
    for (let time = 0; time < 5; time++) await move(open.id, doing, "last");
    await move(kept.id, doing);
    await expect.poll(() => toldMoves(there.heard).length).toBe(5);
    const away = await watch(member, seq);
    await expect.poll(() => toldMoves(away.heard)).toEqual(toldMoves(there.heard));
    expect(new Set(toldMoves(there.heard)).size).toBe(5);
    const seen = asTyped(TaskFields.parse({ ...plain, title: "Ask the bank" }));
    await changeTask(leader, {
      ...TaskFields.parse({ ...plain, title: "Ask the bank", handling: "LEADERS" }),
      jit: team.jit,
      task: open.id,
      seen,
    });
    await expect.poll(() => there.heard.flatMap(({ gone }) => gone)).toEqual([open.id]);
    expect(JSON.stringify(there.heard)).not.toContain(kept.id);
    there.stop();
    away.stop();
  });

  test("a page that takes in what it is told shows what a page made anew shows: the same cards, in the same order, and counts", async () => {
    await newTeam();
    const [todo, doing, , done] = await columns();
    const memberId = await memberOf(fresh.owner, team.jit, member);
    const text = `title,due,time_zone\n${Array.from({ length: 75 }, (_, index) => `card ${index},2026-0${1 + (index % 9)}-11,UTC`).join("\n")}\n`;
    await importTasks(leader, { jit: team.jit, party: team.parties.kz, text, zone: "UTC" });
    const ids = await standing(todo);
    for (const id of ids.slice(0, 8)) await move(id, doing);
    const pages = ["", "due=late", `person=${memberId}`, `column=${todo}&rows=60`].map((address) =>
      readShown(new URLSearchParams(address)),
    );
    const act = fc.record({
      what: fc.constantFrom("move", "move", "move", "add", "give"),
      task: fc.constantFrom(...ids),
      column: fc.constantFrom(todo, doing, done),
      place: fc.constantFrom("first", "last", "up", "down", ...ids.slice(0, 50)),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 6 }), async (acts) => {
        const made = await Promise.all(pages.map((shown) => readCut(member, team.jit, shown)));
        const there = await watch(member, made[0]!.seq);
        for (const { what, task, column, place } of acts) {
          if (what === "add") await add({ member: memberId, due: "2026-02-03" });
          else if (what === "give") await addStep(leader, { jit: team.jit, task, words: "x", member: memberId });
          else await move(task, column, place).catch(() => {});
        }
        const now = await Promise.all(pages.map((shown) => readCut(member, team.jit, shown)));
        await expect.poll(() => there.heard.at(-1)?.seq).toBe(now[0]!.seq);
        there.stop();
        for (const [index, shown] of pages.entries()) {
          let cut: Cut = made[index]!;
          let again = false;
          // Told twice, as after a break: nothing is counted twice.
          for (const news of [...there.heard, ...there.heard]) {
            const after = afterNews(cut, news, shown, new Date().toISOString());
            cut = after.cut;
            again ||= after.again;
          }
          if (again) expect(acts.some(({ what }) => what === "give")).toBe(true);
          else {
            const tallied = (all: Cut) =>
              Object.entries(all.tallies)
                .filter(([, { all: some }]) => some > 0)
                .toSorted();
            expect(tallied(cut)).toEqual(tallied(now[index]!));
            for (const { id } of cut.columns) {
              const of = (all: Cut) => all.cards.filter(({ columnId }) => columnId === id);
              const [told, read] = [of(cut), of(now[index]!)];
              // A page may know more of a column than one made anew, or fewer after cards have left it; never others.
              const both = Math.min(told.length, read.length);
              expect(told.slice(0, both)).toEqual(read.slice(0, both));
              expect(told.length > 0 || read.length === 0).toBe(true);
            }
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  test("whoever loses the only step that showed them a card is told that it is gone", async () => {
    const observer = await team.bring("unodc", ["participant_observer"]);
    const { id, number } = await add();
    await addStep(leader, {
      ...{ jit: team.jit, task: id, words: "Watch" },
      member: await memberOf(fresh.owner, team.jit, observer),
    });
    const there = await watch(observer);
    const { steps } = await readTask(leader, { jit: team.jit, task: taskReference(number) });
    await removeStep(leader, { jit: team.jit, task: id, step: steps[0]!.id });
    await expect.poll(() => there.heard.flatMap(({ gone }) => gone)).toEqual([id]);
    there.stop();
  });

  test("it ends for who is revoked, and tells them nothing after that", async () => {
    const leaver = await team.bring("eg", ["member"]);
    const there = await watch(leaver);
    await revokeMember(team.founder, {
      jit: team.jit,
      member: await memberOf(fresh.owner, team.jit, leaver),
      reason: "x",
    });
    await expect.poll(() => there.state.ended).toBe(true);
    const count = there.heard.length;
    there.stop();
    await add();
    expect(there.heard.length).toBe(count);
  });
});
