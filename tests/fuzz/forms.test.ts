import { afterAll, beforeAll, expect, test } from "vitest";
import type { Action } from "#app/domain/actions.ts";
import { startAnnex } from "#app/domain/documents/annexes.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { CallMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting } from "#app/domain/meetings/meetings.server.ts";
import { beginMinutes } from "#app/domain/meetings/minutes.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { globalRoles } from "#app/domain/roles.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { newId } from "#app/platform/ids.ts";
import { addAccount } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { leaveReport } from "#tests/support/report.ts";
import { numberFrom, seeded } from "#tests/support/seeded.ts";
import { addColleague, addOffice, foundTeam, memberOf } from "#tests/support/team.ts";
import { bredBody } from "./form-breed.ts";
import { type Fields, formSeeds, type Ids } from "./form-seeds.ts";

/* Every form of the product, broken at random, sent by people who may do everything. */
const count = numberFrom("FORMS", 150);
const seed = numberFrom("SEED", 1);
/** so many forms are sent to one team; then a new one is founded, for some acts end what others need */
const round = 50;
const stallMs = 250;

let fresh: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  fresh = await freshDatabase();
  pages = await openPages();
});
afterAll(() => fresh.drop());

const chance = seeded(seed);
const answers = new Map<number, number>();
const found = { failed: [] as string[], told: [] as string[], halfDone: [] as string[] };
let slow = 0;

type Module = { action?: { access?: Action } };
/** Actions by route, with the address under which the router takes their form. */
function actions(): { id: string; path: string }[] {
  const { routes } = pages.build;
  const pathOf = (id: string | undefined): string => {
    const route = id ? routes[id] : undefined;
    return route ? [pathOf(route.parentId), route.path].filter(Boolean).join("/") : "";
  };
  return Object.values(routes).flatMap((route) =>
    route && (route.module as Module).action
      ? [{ id: route.id, path: `/${pathOf(route.id)}${route.index ? "?index" : ""}` }]
      : [],
  );
}

type Stage = { ids: Ids; cookies: string[]; seeds: Record<string, Fields[]> };

/** A team with a text and an open invitation; its founder and a signatory both hold every role of the installation. */
async function setStage(): Promise<Stage> {
  const team = await foundTeam(fresh.owner);
  const { jit, founder } = team;
  const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
  const { id: document } = await startDocument(founder, { jit, ...start });
  const { annex } = await startAnnex(founder, { jit, annex: "A3", about: undefined });
  const email = `invited-${team.reference}@exercise.example`.toLowerCase();
  const party = team.parties.eg;
  const { token } = await inviteMember(founder, { jit, party, email, roles: ["member"], capacity: "" });
  const { rows } = await fresh.owner.query("SELECT id FROM invitation WHERE jit_id = $1 AND email = $2", [jit, email]);
  const signatory = await team.bring("kz", ["signatory", "lead_negotiator"]);
  const administrator = await addAccount(fresh.owner, team.offices.nl, { globalRoles: [...globalRoles] });
  const person = await addColleague(fresh.owner, team.offices.nl);
  const authority = await addOffice(fresh.owner, "SN");
  const open = { title: "Ask the bank", timeZone: "UTC", priority: "high", handling: "OPEN-JIT" };
  const card = await addTask(founder, { ...AddTask.parse(open), jit });
  const common = { handling: "OPEN-JIT", timeZone: "UTC", priority: "low", status: "todo" };
  await addRow(founder, {
    jit,
    kind: "line",
    fields: rowForm("line").parse({ ...common, title: "x", status: "open" }),
  });
  for (const title of ["x", "y"])
    await addRow(founder, { jit, kind: "action", fields: rowForm("action").parse({ ...common, title, line: "A" }) });
  const meeting = { title: "x", start: "2026-12-03T10:00", end: "2026-12-03T11:00", timeZone: "UTC" };
  await callMeeting(founder, { ...CallMeeting.parse(meeting), jit });
  await beginMinutes(founder, { jit, meeting: "M-01" });
  const columns = await fresh.owner.query("SELECT column_id FROM task WHERE id = $1", [card.id]);
  const ids: Ids = {
    reference: team.reference,
    party,
    member: await memberOf(fresh.owner, jit, await team.bring("eg", ["member"])),
    person: person.personId,
    document,
    annex,
    authority: authority.id,
    invitation: rows[0].id,
    signatory: await memberOf(fresh.owner, jit, signatory),
    token,
    clause: "CL-001",
    task: "T-01",
    card: card.id,
    column: columns.rows[0].column_id,
    meeting: "M-01",
    kind: "action",
    row: "A1",
    state: "SN",
    // Nothing is open for signature: what is sent to a slot finds none.
    slot: newId(),
  };
  const cookies = await Promise.all([founder, founder, signatory, administrator].map((one) => cookieOf(one)));
  return { ids, cookies: [...cookies, ""], seeds: formSeeds(ids) };
}

function addressOf(path: string, ids: Ids): string {
  return path
    .replace(":day", "2026-12-03")
    .replace(
      /:(reference|member|party|token|person|clause|state|annex|task|meeting|kind|row|slot)/g,
      (_, name: keyof Ids) => ids[name],
    );
}

/** All that is kept but what counts tries, and when someone was last here: of each table the digest of its rows. */
async function kept(): Promise<Map<string, string>> {
  const { rows: tables } = await fresh.owner.query(
    `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
      WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('rate_limit', 'session') ORDER BY 1`,
  );
  const parts = tables.map(
    ({ name }) => `SELECT '${name}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM ${name} t`,
  );
  // The rows of the parts may come in any order: the database works on several at once when tables have grown.
  const { rows } = await fresh.owner.query(parts.join(" UNION ALL "));
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}

const changedIn = (before: Map<string, string>, after: Map<string, string>) =>
  [...after].flatMap(([name, sum]) => (before.get(name) === sum ? [] : [name]));

test("every action has a form here", () => {
  const known = Object.keys(formSeeds({} as Ids)).sort();
  expect(
    actions()
      .map(({ id }) => id)
      .sort(),
  ).toEqual(known);
});

test("the name of a field does not decide how much memory its form takes, nor does their number", async () => {
  const { ids, cookies } = await setStage();
  const path = `/jits/${ids.reference}/people/${ids.member}?index`;
  const ask = async (names: string[]) => {
    const body = new URLSearchParams([["roles", "leader"], ...names.map((name) => [name, "leader"])] as string[][]);
    const { status } = await pages.ask(path, { cookie: cookies[0], method: "POST", sent: { body } });
    return status;
  };
  // One at a time would cost four gigabytes.
  expect(await ask(["roles[99999999]", "roles[4294967295].x", "__proto__", "constructor.prototype", "a[b"])).toBe(302);
  expect(await ask(Array.from({ length: 100_000 }, () => "roles"))).toBe(400);
});

test("a form broken at random is answered with a sentence, never with an error, and nothing is half done", async () => {
  const all = actions();
  for (let done = 0; done < count; done += round) {
    const { ids, cookies, seeds } = await setStage();
    let before = await kept();
    for (let n = 0; n < round; n++) {
      const { id, path } = chance.oneOf(all);
      const sent = bredBody(chance, chance.oneOf(seeds[id] as Fields[]));
      const told = `${id} ${typeof sent.body === "string" ? sent.body.slice(0, 300) : [...(sent.body as FormData)].slice(0, 12).join("&").slice(0, 300)} as ${sent.type}`;
      const began = performance.now();
      const response = await pages.ask(addressOf(path, ids), { cookie: chance.oneOf(cookies), method: "POST", sent });
      const page = await response.text();
      if (performance.now() - began > stallMs) slow++;
      answers.set(response.status, (answers.get(response.status) ?? 0) + 1);
      if (response.status >= 500) found.failed.push(`${response.status} ${told}`);
      if (/\n\s+at .+:\d+:\d+|node_modules|PrismaClient|SQLSTATE/.test(page)) found.told.push(told);
      const after = await kept();
      const changed = changedIn(before, after);
      if (response.status >= 400 && changed.length > 0) found.halfDone.push(`${response.status} ${changed} ${told}`);
      before = after;
    }
  }
  const sum = [...answers.values()].reduce((one, other) => one + other, 0);
  leaveReport(
    "fuzz",
    { "forms.failed": 0, "forms.told": 0, "forms.halfDone": 0, "forms.sent": 20_000 },
    {
      "forms.failed": found.failed.length,
      "forms.told": found.told.length,
      "forms.halfDone": found.halfDone.length,
      "forms.sent": sum,
      "forms.over250ms": slow,
    },
  );
  if (process.env.REPORT) console.log(JSON.stringify({ seed, ...Object.fromEntries(answers) }));
  expect(found).toEqual({ failed: [], told: [], halfDone: [] });
  // It would say nothing if all were refused, or none.
  for (const status of [302, 422]) expect([status, answers.get(status) ?? 0]).not.toEqual([status, 0]);
}, 36_000_000);
