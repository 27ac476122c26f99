import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type Access, can } from "#app/domain/access.ts";
import { actionNames, ruleOf } from "#app/domain/actions.ts";
import type { Actor } from "#app/domain/actor.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { decisionsAbout, readDecision, recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { admitAll } from "#app/domain/documents/admission.server.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { plainText } from "#app/domain/documents/clauses.ts";
import { findAgreement, startDocument } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { textName } from "#app/domain/documents/text.ts";
import { findRecorded } from "#app/domain/export/recorded.server.ts";
import { CallMeeting, RecordAttendance } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting, callOffMeeting, changeMeeting } from "#app/domain/meetings/meetings.server.ts";
import {
  approveMinutes,
  beginMinutes,
  correctMinutes,
  openMinutes,
  readApproved,
  readWritten,
} from "#app/domain/meetings/minutes.server.ts";
import { listMeetings, readMeeting } from "#app/domain/meetings/reading.server.ts";
import { jitRoles } from "#app/domain/roles.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { signInAs } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { answer } from "#tests/support/rights.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
let leader: Colleague;
let member: Colleague;
let ids: { leader: string; member: string };
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await foundTeam(fresh.owner);
  leader = await team.bring("kz", ["leader"]);
  member = await team.bring("eg", ["member"]);
  ids = {
    leader: await memberOf(fresh.owner, team.jit, leader),
    member: await memberOf(fresh.owner, team.jit, member),
  };
});
afterAll(() => fresh.drop());

const plain = {
  title: "Coordination call",
  start: "2026-11-02T10:00",
  end: "2026-11-02T11:30",
  timeZone: "Africa/Cairo",
  agenda: "Phones\n\n  Money  ",
};
async function call(more: Record<string, string | string[]> = {}, by: Actor = leader): Promise<string> {
  const fields = CallMeeting.parse({ ...plain, invited: [ids.leader, ids.member], ...more });
  const { number } = await callMeeting(by, { ...fields, jit: team.jit });
  return `M-${String(number).padStart(2, "0")}`;
}
const of = (meeting: string) => ({ jit: team.jit, meeting });
const read = (meeting: string, by: Actor = leader) => readMeeting(by, of(meeting));
const entries = async (action: string) =>
  (
    await fresh.owner.query<{ body: string }>(
      "SELECT body FROM audit.entry WHERE log = $1::uuid AND body::jsonb ->> 'action' = $2 ORDER BY seq",
      [team.jit, action],
    )
  ).rows.map(({ body }) => JSON.parse(body));

/** Writes into the first part of the minutes as an editor would: one update, stored under the person's name. */
async function write(by: Colleague, meeting: string, words: string) {
  const { document, epoch } = await openMinutes(leader, of(meeting));
  const { doc, head } = await rebuildWithHead(queryOfClient(pool()), { document, epoch });
  const before = Y.encodeStateVector(doc);
  doc.clientID = 1_000 + Math.floor(head) * 10 + words.length;
  const clause = doc.getXmlFragment(textName("en")).get(0) as Y.XmlElement;
  const text = new Y.XmlText();
  (clause.get(1) as Y.XmlElement).insert(0, [text]);
  text.insert(0, words);
  const { actor } = await signInAs(by);
  return appendBatch({ jit: team.jit, document, epoch, expected: head }, [
    { actor, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) },
  ]);
}
const refusals = async (written: ReturnType<typeof write>) => [...(await written).refused.values()];
const approve = async (by: Actor, meeting: string) => {
  const { digest } = await readWritten(leader, of(meeting));
  await approveMinutes(by, { ...of(meeting), digest });
  return digest;
};

describe("a meeting", () => {
  test("stands with its agenda in order and its instants; the trail holds a digest, not the words", async () => {
    const meeting = await call();
    const found = await read(meeting);
    expect(found).toMatchObject({ startsAt: "2026-11-02T08:00:00.000Z", endsAt: "2026-11-02T09:30:00.000Z" });
    expect(found.values.agenda).toEqual(["Phones", "Money"]);
    expect(found.people.map(({ id }) => id).sort()).toEqual([ids.leader, ids.member].sort());
    const last = (await entries("meeting.call")).at(-1);
    expect(last.facts).toMatchObject({ number: found.number, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(last)).not.toContain("Phones");
  });

  test("what is changed after it began stays visible: the words before, who changed them, and an entry that says so", async () => {
    const meeting = await call();
    const { edition, values } = await read(meeting);
    await changeMeeting(member, { ...of(meeting), edition, fields: { agenda: [...values.agenda, "Media"] } });
    const at = { [`m${ids.leader}`]: "in_person", [`m${ids.member}`]: "apologies" };
    const { guests, at: attendance } = RecordAttendance.parse({ edition: "2", guests: "An interpreter", at });
    await changeMeeting(leader, { ...of(meeting), edition: 2, fields: { attendance, guests } });
    const { editions } = await read(meeting);
    expect(editions.map((one) => [one.edition, one.values.agenda.length, one.values.guests])).toEqual([
      [3, 3, "An interpreter"],
      [2, 3, ""],
      [1, 2, ""],
    ]);
    const told = (await entries("meeting.change")).slice(-2).map(({ facts }) => [facts.fields, facts.afterwards]);
    expect(told).toEqual([
      [["agenda"], true],
      [["attendance", "guests"], true],
    ]);
  });

  test("two people change different fields and both stand; the same field is refused, and nothing of it is stored", async () => {
    const meeting = await call();
    await changeMeeting(leader, { ...of(meeting), edition: 1, fields: { place: "Cairo" } });
    await changeMeeting(member, { ...of(meeting), edition: 1, fields: { place: "", guests: "An interpreter" } });
    expect((await read(meeting)).values).toMatchObject({ place: "Cairo", guests: "An interpreter" });
    const clash = changeMeeting(member, { ...of(meeting), edition: 1, fields: { place: "Almaty", title: "Other" } });
    await expect(clash).rejects.toMatchObject({ problems: { place: "meeting-changed-meanwhile" } });
    expect((await read(meeting)).values).toMatchObject({ place: "Cairo", title: plain.title });
  });

  test("people calling at the same moment get numbers without a gap", async () => {
    const before = (await listMeetings(leader, team.jit)).length;
    await Promise.all([1, 2, 3, 4].map(() => call()));
    const numbers = (await listMeetings(leader, team.jit)).map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: before + 4 }, (_, index) => index + 1));
  });

  test("what cannot be is refused with its reason", async () => {
    const refused = (more: Record<string, string | string[]>, problems: Record<string, string>) =>
      expect(call(more)).rejects.toMatchObject({ problems });
    await refused({ end: "2026-11-02T10:00" }, { end: "meeting-ends-before" });
    await refused(
      { start: "2026-03-29T02:30", end: "2026-03-29T04:00", timeZone: "Europe/Amsterdam" },
      { start: "time-skipped" },
    );
    await refused(
      { start: "2026-03-29T01:00", end: "2026-03-29T02:30", timeZone: "Europe/Amsterdam" },
      { end: "time-skipped" },
    );
    const other = await foundTeam(fresh.owner);
    const stranger = await memberOf(fresh.owner, other.jit, await other.bring("kz", ["leader"]));
    await refused({ invited: [stranger] }, { invited: "meeting-not-of-team" });
    const reasons = (more: object) =>
      CallMeeting.safeParse({ ...plain, ...more }).error?.issues.map(({ path, message }) => [path[0], message]);
    expect(reasons({ start: "2026-11-02" })).toEqual([["start", "meeting-time"]]);
    expect(reasons({ title: "x".repeat(10_000) })).toEqual([["title", "meeting-title-too-long"]]);
    expect(reasons({ link: "javascript:alert(1)" })).toEqual([["link", "meeting-link-wrong"]]);
    expect(reasons({ agenda: "x\n".repeat(51) })).toEqual([["agenda", "meeting-agenda-too-long"]]);
  });

  test("one that is called off stays with its reason, and nothing more is written about it", async () => {
    const meeting = await call({ start: "2099-01-05T10:00", end: "2099-01-05T11:00" });
    await callOffMeeting(leader, { ...of(meeting), reason: "The judge is ill" });
    expect((await read(meeting)).calledOff).toBe("The judge is ill");
    const reason = { reason: "meeting-called-off" };
    await expect(changeMeeting(leader, { ...of(meeting), edition: 1, fields: { place: "x" } })).rejects.toMatchObject(
      reason,
    );
    await expect(beginMinutes(leader, of(meeting))).rejects.toMatchObject(reason);
    await expect(callOffMeeting(leader, { ...of(await call()), reason: "x" })).rejects.toMatchObject({
      reason: "meeting-begun",
    });
  });

  test("seconded members read and do not call; signatories and strangers do neither", async () => {
    const seconded = await team.bring("eg", ["seconded_member"]);
    expect((await listMeetings(seconded, team.jit)).length).toBeGreaterThan(0);
    await expect(call({}, seconded)).rejects.toMatchObject({ name: "Forbidden" });
    const signatory = await team.bring("kz", ["signatory"]);
    await expect(listMeetings(signatory, team.jit)).rejects.toMatchObject({ name: "Forbidden" });
    const other = await foundTeam(fresh.owner);
    await expect(listMeetings(other.founder, team.jit)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("the program cannot change or delete what was said of a meeting", async () => {
    const { rows } = await fresh.owner.query(
      `SELECT privilege_type FROM information_schema.role_table_grants
        WHERE grantee = 'jit_runtime' AND table_name = 'meeting_edition' ORDER BY 1`,
    );
    expect(rows.map((row) => row.privilege_type)).toEqual(["INSERT", "SELECT"]);
  });
});

describe("minutes", () => {
  test("begin with a part for each item of the agenda, once", async () => {
    const meeting = await call();
    const both = await Promise.allSettled([beginMinutes(leader, of(meeting)), beginMinutes(member, of(meeting))]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const { languages } = await readWritten(leader, of(meeting));
    expect(languages.en?.content?.map((clause) => plainText(clause.content?.[0]))).toEqual(["Phones", "Money"]);
  });

  test("are written by who edits the plan, read by who reads decisions, whatever a socket sends", async () => {
    const meeting = await call();
    await beginMinutes(leader, of(meeting));
    const { document } = await openMinutes(leader, of(meeting));
    const people = {
      member: [member, "write"],
      seconded: [await team.bring("eg", ["seconded_member"]), "read"],
      negotiator: [await team.bring("eg", ["lead_negotiator"]), "forbidden"],
      signatory: [await team.bring("kz", ["signatory"]), "forbidden"],
    } as const;
    for (const [name, [person, mode]] of Object.entries(people)) {
      const [admission] = await admitAll([{ person: person.personId, document }]);
      expect([name, typeof admission === "object" ? admission.mode : admission]).toEqual([name, mode]);
      const stored = { write: [], read: ["only-reads"], forbidden: ["access"] }[mode];
      expect([name, await refusals(write(person, meeting, name))]).toEqual([name, stored]);
    }
  });

  test("approval freezes the very words that were seen, with who was there; the digest is in the trail", async () => {
    const meeting = await call();
    await changeMeeting(leader, { ...of(meeting), edition: 1, fields: { attendance: { [ids.leader]: "online" } } });
    await beginMinutes(leader, of(meeting));
    await write(member, meeting, "The phones are at the laboratory.");
    const seen = await readWritten(leader, of(meeting));
    await write(member, meeting, "Late. ");
    await expect(approveMinutes(leader, { ...of(meeting), digest: seen.digest })).rejects.toMatchObject({
      reason: "minutes-changed",
    });
    await expect(approve(member, meeting)).rejects.toMatchObject({ name: "Forbidden" });
    const digest = await approve(leader, meeting);
    expect(await refusals(write(member, meeting, "after"))).toEqual(["only-reads"]);
    const approved = await readApproved(member, { ...of(meeting), version: 1 });
    expect(approved).toMatchObject({ digest, approvedBy: expect.any(String), replaced: false });
    expect(approved.head.people.find(({ how }) => how === "online")).toBeDefined();
    expect(plainText(approved.languages.en)).toContain("The phones are at the laboratory.");
    expect((await entries("minutes.approve")).at(-1).facts).toMatchObject({ digest, version: 1 });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test("a correction is a further version: the approved bytes stay as they were", async () => {
    const meeting = await call();
    await beginMinutes(leader, of(meeting));
    await write(member, meeting, "On Monday.");
    const first = await approve(leader, meeting);
    await expect(correctMinutes(member, { ...of(meeting), reason: "x" })).rejects.toMatchObject({ name: "Forbidden" });
    await correctMinutes(leader, { ...of(meeting), reason: "It was Tuesday" });
    await write(member, meeting, "Tuesday, not ");
    expect((await openMinutes(leader, of(meeting))).approved).toMatchObject([
      { version: 1, digest: first, replaced: false },
    ]);
    const second = await approve(leader, meeting);
    expect(second).not.toBe(first);
    expect((await openMinutes(leader, of(meeting))).approved).toMatchObject([
      { version: 2, digest: second, replaced: false },
      { version: 1, digest: first, replaced: true },
    ]);
    const old = await readApproved(leader, { ...of(meeting), version: 1 });
    expect(plainText(old.languages.en)).not.toContain("Tuesday");
    const { rows } = await fresh.owner.query(
      "SELECT encode(sha256(convert_to(canonical, 'UTF8')), 'hex') AS sum FROM frozen_text WHERE digest = $1",
      [first],
    );
    expect(rows).toEqual([{ sum: first }]);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test("approved words that were altered behind the program's back are found by the trail", async () => {
    const lone = await foundTeam(fresh.owner);
    const head = await lone.bring("kz", ["leader"]);
    const here = { jit: lone.jit, meeting: "M-01" };
    await callMeeting(head, { ...CallMeeting.parse(plain), jit: lone.jit });
    await beginMinutes(head, here);
    await approveMinutes(head, { ...here, digest: (await readWritten(head, here)).digest });
    const client = await fresh.owner.connect();
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    await client.query("UPDATE frozen_text SET canonical = canonical || ' ' WHERE jit_id = $1", [lone.jit]);
    await client.query("COMMIT");
    client.release();
    expect(await verifyTrail(lone.founder, lone.jit)).toMatchObject({
      verdict: "broken",
      reason: "frozen-changed",
    });
  });

  test("minutes are no arrangement: no page of it finds them, no step of it takes them, no visitor is told of them", async () => {
    const lone = await foundTeam(fresh.owner);
    const head = await lone.bring("kz", ["leader"]);
    const here = { jit: lone.jit, meeting: "M-01" };
    await callMeeting(head, { ...CallMeeting.parse(plain), jit: lone.jit });
    await beginMinutes(head, here);
    expect(await findAgreement(lone.founder, lone.jit)).toBeNull();
    const { document } = await openMinutes(head, here);
    await expect(finaliseDocument(lone.founder, { jit: lone.jit, document })).rejects.toMatchObject({
      name: "Forbidden",
    });
    const { digest } = await readWritten(head, here);
    await approveMinutes(head, { ...here, digest });
    expect(await findRecorded(digest, "198.51.100.7")).toBeNull();
    const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
    const { id } = await startDocument(lone.founder, { jit: lone.jit, ...start });
    expect((await findAgreement(lone.founder, lone.jit))?.id).toBe(id);
  });

  test.each(jitRoles)("a %s may do to a text of minutes what its rows say, and nothing else", (role) => {
    const access: Access = { roles: [role], partyId: "p1", assigned: ["d1"] };
    const subject = { partyId: "p1", documentId: "d1", documentKind: "minutes" } as const;
    const own = { party: "own", assigned: false } as const;
    const same = { "document.read": "decision.read", "document.edit": "plan.add" } as const;
    for (const action of actionNames) {
      const rule = ruleOf(action);
      if (!("permission" in rule)) continue;
      const named = action === "document.read" || action === "document.edit" ? same[action] : action;
      const wanted = rule.otherKinds?.minutes ? answer(role, named, own) : "no";
      expect([action, can(access, action, subject)]).toEqual([action, wanted]);
    }
  });
});

describe("what is made of a meeting", () => {
  test("decisions and cards name the meeting and it names them; a card is told only to who may see it", async () => {
    const meeting = await call();
    const decided = { topic: "Phones", words: "One laboratory", reason: "One chain", parties: team.parties.kz };
    const fields = DecisionFields.parse({ ...decided, start: "2026-11-02T10:30", timeZone: "Africa/Cairo", meeting });
    const { number } = await recordDecision(leader, { ...fields, jit: team.jit });
    const decision = `D-0${number}`;
    const card = { timeZone: "UTC", priority: "low", meeting, decision };
    const add = (title: string, handling: string) =>
      addTask(leader, { ...AddTask.parse({ ...card, title, handling }), jit: team.jit });
    const open = await add("Ask the bank", "OPEN-JIT");
    await add("For leaders", "LEADERS");
    expect((await read(meeting)).decisions).toEqual([{ number, topic: "Phones" }]);
    expect((await read(meeting)).tasks.map(({ title }) => title)).toEqual(["Ask the bank", "For leaders"]);
    expect((await read(meeting, member)).tasks.map(({ title }) => title)).toEqual(["Ask the bank"]);
    const found = await readDecision(member, { jit: team.jit, decision });
    expect(found.meeting).toEqual({ number: Number(meeting.slice(2)), title: plain.title });
    expect(found.cards).toEqual([{ number: open.number, title: "Ask the bank" }]);
    const about = DecisionFields.parse({
      ...fields,
      meeting: "",
      topic: "Bank",
      tasks: `T-${open.number}`,
      corrects: "",
      clauses: "",
    });
    await recordDecision(leader, { ...about, jit: team.jit });
    expect((await decisionsAbout(member, { jit: team.jit, task: open.number })).map(({ topic }) => topic)).toEqual([
      "Bank",
    ]);
  });

  test("a meeting that is not there is refused with its reason; the topic and the links have sentences of their own", async () => {
    const wrong = {
      topic: "x",
      words: "x",
      reason: "x",
      parties: team.parties.kz,
      start: "2026-11-02",
      timeZone: "UTC",
    };
    const fields = DecisionFields.parse({ ...wrong, meeting: "M-99" });
    await expect(recordDecision(leader, { ...fields, jit: team.jit })).rejects.toMatchObject({
      problems: { meeting: "meeting-unknown" },
    });
    const long = { ...wrong, topic: "x".repeat(201), clauses: "14", tasks: "4" };
    expect(DecisionFields.safeParse(long).error?.issues.map(({ path, message }) => [path[0], message])).toEqual([
      ["topic", "decision-topic-too-long"],
      ["clauses", "decision-clauses-wrong"],
      ["tasks", "decision-tasks-wrong"],
    ]);
  });
});
