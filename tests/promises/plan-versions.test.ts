import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Actor } from "#app/domain/actor.ts";
import { startAnnex } from "#app/domain/documents/annexes.server.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { digestOf } from "#app/domain/documents/canonical.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import type { FrozenPlan } from "#app/domain/plan/frozen-plan.ts";
import type { PlanKind } from "#app/domain/plan/kinds.ts";
import { readRow } from "#app/domain/plan/reading.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow, asTyped, changeRow, removeRow } from "#app/domain/plan/rows.server.ts";
import {
  approvePlan,
  readChangesSince,
  readStanding,
  readVersion,
  readVersions,
} from "#app/domain/plan/versions.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { teamInForce } from "#tests/support/in-force.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { wordsOf } from "#tests/support/pdf.ts";
import { type Colleague, foundTeam, type Team } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* The leaders approve the plan by its digest: what is kept is what all approved, and no yes is ever for other words. */
let fresh: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
let team: Team;
let leaders: { kz: Colleague; eg: Colleague };
let member: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
  pages = await openPages();
});
afterAll(() => fresh.drop());

const plain = { handling: "OPEN-JIT", timeZone: "Asia/Almaty", priority: "medium", likelihood: "low", impact: "high" };
type Fields = Record<string, string | string[]>;
const add = (kind: PlanKind, more: Fields, by: Colleague = leaders.kz) =>
  addRow(by, {
    jit: team.jit,
    kind,
    fields: rowForm(kind).parse({ ...plain, status: kind === "line" ? "open" : "todo", line: "A", ...more }),
  });
async function retitle(kind: PlanKind, code: string, title: string, by: Colleague = leaders.kz) {
  const { row } = await readRow(by, { jit: team.jit, kind, code });
  const seen = asTyped(kind, row.values);
  await changeRow(by, { jit: team.jit, row: row.id, kind, fields: { ...row.values, title }, seen });
}

async function newTeam(): Promise<void> {
  team = await foundTeam(fresh.owner);
  leaders = { kz: await team.bring("kz", ["leader"]), eg: await team.bring("eg", ["leader"]) };
  member = await team.bring("eg", ["member"]);
  await add("line", { title: "Source: western Kazakhstan" });
  await add("action", { title: "Hear the officers", due: "2026-12-03" });
}

const standing = () => readStanding(member, team.jit);
const digestNow = async () => (await standing()).digest;
const approve = async (state: "kz" | "eg", digest?: string) =>
  approvePlan(leaders[state], { jit: team.jit, party: team.parties[state], digest: digest ?? (await digestNow()) });
async function approved(): Promise<number> {
  await approve("kz");
  const { version } = await approve("eg");
  return version ?? 0;
}

/** Writes words into the text of the plan, the way the collaboration server stores it. */
async function write(words: string, author: Actor = team.founder, annex = "A3"): Promise<void> {
  const { id: document } = await getText(author, team.jit, annex);
  const edition = { document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  const text = [...doc.getXmlFragment("text:en").createTreeWalker((node) => node instanceof Y.XmlText)].at(1);
  doc.transact(() => (text as Y.XmlText).insert(0, words));
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const batch = [{ actor: author, clients: [doc.clientID], bytes }];
  const { refused } = await appendBatch({ ...edition, jit: team.jit, expected: head }, batch);
  if (refused.size > 0) throw new Error(`the words were refused: ${[...refused.values()]}`);
}

describe("a version", () => {
  test("is made when the leaders of all parties have approved the very same plan, and keeps it as it was", async () => {
    await newTeam();
    expect(await standing()).toMatchObject({ version: null, changed: false, round: null });
    const digest = await digestNow();
    expect(await approve("kz", digest)).toEqual({ version: null });
    expect((await standing()).round).toMatchObject({ number: 1, holds: true, approvals: [{ state: "KZ" }] });
    expect(await approve("eg", digest)).toEqual({ version: 1 });
    expect(await standing()).toMatchObject({ digest, changed: false, round: null, version: { number: 1, digest } });
    await retitle("action", "A1", "Hear the drivers");
    expect(await standing()).toMatchObject({ changed: true, version: { number: 1 } });
    const version = await readVersion(member, { jit: team.jit, version: 1 });
    expect(version.rows.map(({ values }) => values.title)).toEqual(["Source: western Kazakhstan", "Hear the officers"]);
    expect(version.approvals.map(({ state }) => state)).toEqual(["KZ", "EG"]);
    const { rows } = await fresh.owner.query("SELECT canonical FROM plan_version WHERE jit_id = $1", [team.jit]);
    expect(digestOf(rows[0].canonical)).toBe(digest);
    const entries = await entriesOf(fresh.owner, team.jit, "plan.versioned");
    expect(entries.map(({ body }) => body.facts)).toEqual([{ version: 1, round: 1, digest }]);
    expect(await approved()).toBe(2);
  });

  test("is compared with the plan row by row, and opened and printed as it was approved", async () => {
    await newTeam();
    await add("risk", { title: "The press hears of it" });
    await approved();
    await retitle("action", "A1", "Hear the drivers");
    await add("action", { title: "Freeze the accounts", after: "A1" });
    const { row } = await readRow(leaders.kz, { jit: team.jit, kind: "risk", code: "1" });
    await removeRow(leaders.kz, { jit: team.jit, row: row.id, reason: "it has heard" });
    const { changes, same } = await readChangesSince(member, { jit: team.jit, version: 1 });
    expect(same).toBe(false);
    expect(changes.map(({ code, how }) => [code, how])).toEqual([
      ["A1", "changed"],
      ["A2", "added"],
      ["1", "removed"],
    ]);
    expect(changes[0]?.fields).toEqual([{ name: "title", before: "Hear the officers", after: "Hear the drivers" }]);
    const cookie = await cookieOf(member);
    const text = async (path: string) => (await pages.ask(`/jits/${team.reference}/${path}`, { cookie })).text();
    expect(await text("plan")).toContain("Changed since version 1.");
    expect(await text("plan/versions/1")).toContain("Hear the officers");
    const told = await text("plan/versions/1/changes");
    for (const words of ["Hear the officers", "Hear the drivers", "Removed", "Added"]) expect(told).toContain(words);
    const pdf = async (query: string) => {
      const response = await pages.ask(`/jits/${team.reference}/plan.pdf?${query}`, { cookie });
      return wordsOf(new Uint8Array(await response.arrayBuffer()));
    };
    const paper = await pdf("version=1");
    for (const words of ["Version 1, approved", "Hear the officers", "The press hears of it"])
      expect(paper).toContain(words);
    expect(paper).not.toContain("Freeze the accounts");
    expect(await pdf("paper=A3")).toContain("Changed since version 1");
    expect((await pages.ask(`/jits/${team.reference}/plan/versions/2`, { cookie })).status).toBe(404);
  });

  test("holds what all leaders see; a reader of it sees no more than the codes of its rows allow", async () => {
    await newTeam();
    const before = await digestNow();
    await add("risk", { title: "Source at home", handling: "NATIONAL-ONLY", handlingParty: team.parties.kz });
    expect(await digestNow()).toBe(before);
    await add("action", { title: "Only for those who lead", handling: "LEADERS", due: "2026-12-04" });
    await add("action", { title: "Follows", after: "A2", due: "2026-12-05" });
    await approved();
    const seen = async (by: Colleague) => (await readVersion(by, { jit: team.jit, version: 1 })).rows;
    expect((await seen(leaders.eg)).map(({ code }) => code)).toEqual(["A", "A1", "A2", "A3"]);
    const rows = await seen(member);
    expect(rows.map(({ code }) => code)).toEqual(["A", "A1", "A3"]);
    expect(JSON.stringify(rows)).not.toContain("A2");
    await retitle("action", "A2", "Something else");
    const told = await readChangesSince(member, { jit: team.jit, version: 1 });
    expect([told.same, told.changes]).toEqual([false, []]);
  });

  test("covers the text of the plan: annex A3 in the digest, in what is kept, in the comparison and on paper", async () => {
    await newTeam();
    await negotiate(team);
    const before = await digestNow();
    await startAnnex(team.founder, { jit: team.jit, annex: "A3", about: undefined });
    const started = await digestNow();
    expect(started).not.toBe(before);
    await approve("kz");
    // Who may approve is told first what of the template nobody has filled in.
    const { left } = await readVersions(leaders.kz, team.jit);
    expect(left).toContainEqual({
      ...{ in: "text", clause: 1, language: "en", words: "[insert the objective in one paragraph]" },
    });
    expect((await readVersions(member, team.jit)).left).toEqual([]);
    const leading = { cookie: await cookieOf(leaders.kz) };
    const page = await (await pages.ask(`/jits/${team.reference}/plan/versions`, leading)).text();
    expect(page).toContain("[insert the objective in one paragraph]");
    await write("Everybody is arrested at once. ");
    expect((await standing()).round).toMatchObject({ holds: false });
    await expect(approve("eg", started)).rejects.toMatchObject({ reason: "plan-changed-meanwhile" });
    await approve("eg");
    await approve("kz");
    const { version, rounds } = await readVersions(member, team.jit);
    expect(version?.number).toBe(1);
    expect(rounds.map((round) => [round.version, round.voidedAt !== null])).toEqual([
      [1, false],
      [null, true],
    ]);
    const kept = await readVersion(member, { jit: team.jit, version: 1 });
    expect(JSON.stringify(kept.narrative)).toContain("Everybody is arrested at once.");
    await write("Nobody is. ");
    const { clauses, text } = await readChangesSince(member, { jit: team.jit, version: 1 });
    expect([clauses, JSON.stringify(text?.after).includes("Nobody is.")]).toEqual([["A3.01"], true]);
    const custodian = await team.bring("eg", ["evidence_custodian"]);
    expect((await readVersion(custodian, { jit: team.jit, version: 1 })).narrative).toBeNull();
    const cookie = await cookieOf(member);
    const response = await pages.ask(`/jits/${team.reference}/plan.pdf?version=1`, { cookie });
    const paper = wordsOf(new Uint8Array(await response.arrayBuffer()));
    expect(paper).toContain("Everybody is arrested at once.");
    expect(paper).not.toContain("Nobody is.");
  });
});

test("the text of the plan begins and is changed after signature where it was not signed with the arrangement", async () => {
  const signed = await teamInForce(fresh.owner);
  team = signed;
  leaders = signed.leaders;
  await expect(startAnnex(leaders.eg, { jit: team.jit, annex: "A4", about: undefined })).rejects.toMatchObject({
    reason: "annex-not-now",
  });
  await startAnnex(leaders.eg, { jit: team.jit, annex: "A3", about: undefined });
  await write("Written after signature. ", leaders.eg);
  member = leaders.kz;
  expect(await approved()).toBe(1);
});

describe("an approval", () => {
  test("that is under way is void as soon as the plan is changed, and stays in the history", async () => {
    await newTeam();
    await approve("kz");
    await retitle("action", "A1", "Hear the drivers", member);
    expect((await standing()).round).toBeNull();
    await retitle("action", "A1", "Hear the officers", member);
    // The same words again: what was void does not come back.
    await approve("eg");
    expect((await standing()).version).toBeNull();
    const { rounds } = await readVersions(member, team.jit);
    expect(rounds.map(({ approvals, voidedAt }) => [approvals.map(({ state }) => state), voidedAt !== null])).toEqual([
      [["EG"], false],
      [["KZ"], true],
    ]);
    const told = await entriesOf(fresh.owner, team.jit, "plan.voided");
    expect(told.map(({ body }) => [body.facts.round, body.facts.approvals])).toEqual([[1, 1]]);
    const cookie = await cookieOf(member);
    const page = await (await pages.ask(`/jits/${team.reference}/plan/versions`, { cookie })).text();
    expect(page).toContain("the plan was changed.");
  });

  test("is for the words that were seen, of a leader, for the own party, once", async () => {
    await newTeam();
    const digest = await digestNow();
    await retitle("action", "A1", "Hear the drivers");
    await expect(approve("kz", digest)).rejects.toMatchObject({ reason: "plan-changed-meanwhile" });
    const now = await digestNow();
    const at = (party: "kz" | "eg") => ({ jit: team.jit, party: team.parties[party], digest: now });
    for (const [who, party] of [
      [leaders.kz, "eg"],
      [member, "eg"],
      [team.founder, "kz"],
    ] as const)
      await expect(approvePlan(who, at(party))).rejects.toMatchObject({ name: "Forbidden" });
    await approve("kz");
    await expect(approve("kz")).rejects.toMatchObject({ reason: "plan-approved-already" });
    await approve("eg");
    await expect(approve("eg")).rejects.toMatchObject({ reason: "plan-approved-already" });
  });

  test("waits for a party that has no leader", async () => {
    team = await foundTeam(fresh.owner);
    const kz = await team.bring("kz", ["leader"]);
    leaders = { kz, eg: kz };
    member = await team.bring("eg", ["member"]);
    await approve("kz");
    expect((await standing()).version).toBeNull();
    const { parties } = await readVersions(member, team.jit);
    expect(parties.map(({ state, leaders: named }) => [state, named.length])).toEqual([
      ["KZ", 1],
      ["EG", 0],
    ]);
  });

  test("cannot be put under another digest, not even past the product", async () => {
    await newTeam();
    await approve("kz");
    const runtime = new pg.Pool({ connectionString: fresh.url });
    const other = "f".repeat(64);
    const refusedWith = (sql: string) =>
      runtime.query(sql).then(
        () => "done",
        (error) => error.code,
      );
    const round = `SELECT id FROM plan_round WHERE jit_id = '${team.jit}'`;
    expect(await refusedWith(`UPDATE plan_round SET digest = '${other}' WHERE jit_id = '${team.jit}'`)).toBe("42501");
    expect(
      await refusedWith(
        `INSERT INTO plan_approval SELECT gen_random_uuid(), jit_id, round_id, '${other}', '${team.parties.eg}', member_id, at
           FROM plan_approval WHERE round_id = (${round})`,
      ),
    ).toBe("23503");
    const version = (digest: string) =>
      `INSERT INTO plan_version SELECT gen_random_uuid(), jit_id, 1, id, ${digest}, 'x', now() FROM plan_round WHERE id = (${round})`;
    expect(await refusedWith(version("digest"))).toBe("23514");
    expect(await refusedWith(version("encode(sha256('x'), 'hex')"))).toBe("23503");
    await runtime.end();
  });

  test("nobody's yes ever counts for another digest, whatever happens in between and at once", async () => {
    type Step =
      | { do: "approve"; who: "kz" | "eg"; seen: "now" | "earlier" }
      | { do: "title"; title: string }
      | { do: "write" }
      | { do: "atOnce"; title: string };
    const title = fc.constantFrom("one", "two", "three");
    const who = fc.constantFrom("kz" as const, "eg" as const);
    const step: fc.Arbitrary<Step> = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant("approve" as const),
          who,
          seen: fc.constantFrom("now", "now", "earlier"),
        }) as fc.Arbitrary<Step>,
      },
      { weight: 2, arbitrary: fc.record({ do: fc.constant("title" as const), title }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("write" as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant("atOnce" as const), title }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        await newTeam();
        await negotiate(team);
        await startAnnex(team.founder, { jit: team.jit, annex: "A3", about: undefined });
        const digests = [await digestNow()];
        // The model: who has said yes since the plan last became what it is, and the versions that follow from it.
        let given = new Set<string>();
        let current = digests[0]!;
        const versions: string[] = [];
        for (const one of steps) {
          const before = await digestNow();
          if (before !== current) given = new Set();
          current = before;
          if (one.do === "title") await retitle("action", "A1", one.title);
          if (one.do === "write") await write(`${digests.length} `);
          if (one.do === "atOnce") {
            // Whichever came first: a version is only ever what both said yes to.
            await Promise.allSettled([
              approve("kz", before),
              approve("eg", before),
              retitle("action", "A1", one.title),
            ]);
            const { rows } = await fresh.owner.query<{ digest: string }>(
              "SELECT digest FROM plan_version WHERE jit_id = $1 ORDER BY number",
              [team.jit],
            );
            expect(rows.slice(0, versions.length).map(({ digest }) => digest)).toEqual(versions);
            versions.splice(0, versions.length, ...rows.map(({ digest }) => digest));
            const { round } = await standing();
            given = new Set(round?.holds ? round.approvals.map(({ state }) => state.toLowerCase()) : []);
            current = await digestNow();
          }
          if (one.do === "approve") {
            const digest = one.seen === "now" ? before : (digests.at(-2) ?? before);
            const may = digest === before && versions.at(-1) !== before && !given.has(one.who);
            const done = await approve(one.who, digest).then(
              () => true,
              () => false,
            );
            expect(done).toBe(may);
            if (may) given.add(one.who);
            if (given.size === 2) {
              versions.push(before);
              given = new Set();
            }
          }
          const after = await digestNow();
          if (after !== before) given = one.do === "atOnce" ? given : new Set();
          current = after;
          if (digests.at(-1) !== after) digests.push(after);
          const { rows } = await fresh.owner.query<{ digest: string; canonical: string; given: string[] }>(
            `SELECT v.digest, v.canonical, ARRAY(SELECT DISTINCT y.state FROM plan_approval a JOIN party y ON y.id = a.party_id
                      JOIN member m ON m.id = a.member_id AND m.party_id = y.id
                     WHERE a.round_id = v.round_id AND a.digest = v.digest) AS given
               FROM plan_version v WHERE v.jit_id = $1 ORDER BY v.number`,
            [team.jit],
          );
          expect(rows.map(({ digest }) => digest)).toEqual(versions);
          for (const row of rows) {
            expect([...row.given].sort()).toEqual(["EG", "KZ"]);
            expect(digestOf(row.canonical)).toBe(row.digest);
            expect((JSON.parse(row.canonical) as FrozenPlan).reference).toBe(team.reference);
          }
        }
      }),
      { numRuns: 8 },
    );
  }, 400_000);
});
