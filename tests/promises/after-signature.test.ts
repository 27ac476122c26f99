import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { findAgreement, getText } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "#app/domain/errors.ts";
import { renderForInformation } from "#app/domain/export/information-pdf.server.ts";
import { acceptInvitation } from "#app/domain/jits/accepting.server.ts";
import { archiveJit, proposeClosure, readOpenTasks } from "#app/domain/jits/closing.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { findJitOf } from "#app/domain/jits/jit.server.ts";
import { listMembers } from "#app/domain/jits/member-list.server.ts";
import { listVersions } from "#app/domain/jits/member-notice.server.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { readForInformation } from "#app/domain/lifecycle/consolidated.server.ts";
import { recordEnds } from "#app/domain/lifecycle/ends.server.ts";
import { findHindrance } from "#app/domain/signing/hindrance.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { findFrozen } from "#app/domain/signing/reading.server.ts";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { declineSignature } from "#app/domain/signing/signing.server.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import {
  openChild,
  signAs,
  signedChild,
  type TeamInForce,
  teamInForce,
  writtenChild,
} from "#tests/support/in-force.ts";
import { wordsOf } from "#tests/support/pdf.ts";
import { addColleague } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* What becomes of an arrangement after signature: a child of it is signed for itself, and has its effect with the last signature. */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const reasonOf = (act: Promise<unknown>) =>
  act.then(String, (error) => (error instanceof Conflict ? error.reason : error));
const standing = async (team: TeamInForce, at?: Date) => {
  const look = () => findAgreement(team.leaders.kz, team.jit);
  return (await (at ? atInstant(at, look) : look()))!;
};
const later = (date: Date, ms: number) => new Date(date.getTime() + ms);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe("an extension", { timeout: 180_000 }, () => {
  test("signed by all before the last instant moves it, and the trail says from when to when", async () => {
    const team = await teamInForce(db.owner);
    const { expiresAt: before } = await standing(team);
    const step = await signedChild(team, "A8", { extendedBy: "P6M" });
    const now = await standing(team);
    expect(now.expiresAt!.getTime()).toBeGreaterThan(before!.getTime());
    expect((await standing(team, later(before!, 0))).state).toBe("in_force");
    expect((await standing(team, now.expiresAt!)).state).toBe("expired");
    expect((await getText(team.founder, team.jit, step.annex)).state).toBe("in_force");
    const [entry] = await entriesOf(db.owner, team.jit, "arrangement.extend");
    expect(entry?.body.facts).toMatchObject({
      before: before!.toISOString(),
      expiresAt: now.expiresAt!.toISOString(),
      timeZone: "Asia/Almaty",
    });
  });

  test("V48: with the last signature at the very instant of the end or later the team has lapsed; one millisecond earlier it has not", async () => {
    const team = await teamInForce(db.owner);
    const { expiresAt } = await standing(team);
    const step = await writtenChild(team, "A8", { extendedBy: "P6M" });
    await openChild(team, step);
    await signAs(team, team.signers.kz, step);
    for (const late of [0, 1, 86_400_000]) {
      const at = later(expiresAt!, late);
      expect(await reasonOf(atInstant(at, () => signAs(team, team.signers.eg, step)))).toBe("extension-late");
      expect(await atInstant(at, () => findHindrance(team.signers.eg, step))).toBe("extension-late");
    }
    expect((await standing(team)).expiresAt).toEqual(expiresAt);
    expect((await getText(team.founder, team.jit, step.annex)).state).toBe("signing");
    await atInstant(later(expiresAt!, -1), () => signAs(team, team.signers.eg, step));
    expect((await standing(team, later(expiresAt!, 0))).state).toBe("in_force");
  });

  test("of a team that has lapsed is not even opened for signature or started; only a new arrangement helps", async () => {
    const team = await teamInForce(db.owner);
    const { expiresAt } = await standing(team);
    const step = await writtenChild(team, "A8", { extendedBy: "P6M" });
    const late = later(expiresAt!, 5);
    expect(await reasonOf(atInstant(late, () => openChild(team, step)))).toBe("extension-late");
    expect(await reasonOf(atInstant(late, () => writtenChild(team, "A8", { extendedBy: "P6M" })))).toBe(
      "annex-not-now",
    );
  });

  test("is refused where clause 5 says that there is none, and beyond the longest time it allows", async () => {
    const never = await teamInForce(db.owner, { extension: "not_possible" });
    const step = await writtenChild(never, "A8", { extendedBy: "P6M" });
    expect(await reasonOf(openChild(never, step))).toBe("extension-not-possible");
    const short = await teamInForce(db.owner, { maxTotal: "P15M" });
    const long = await writtenChild(short, "A8", { extendedBy: "P6M" });
    expect(await reasonOf(openChild(short, long))).toBe("extension-too-long");
    await signedChild(short, "A8", { extendedBy: "P3M" });
  });

  test("has no effect while a signature is missing, also not by the hand of somebody who is no signatory", async () => {
    const team = await teamInForce(db.owner);
    const { expiresAt } = await standing(team);
    const step = await writtenChild(team, "A8", { extendedBy: "P6M" });
    await openChild(team, step);
    await signAs(team, team.signers.kz, step);
    expect(await reasonOf(signAs(team, team.signers.kz, step))).toBe("already-signed");
    await expect(signAs(team, team.leaders.eg, step)).rejects.toThrow();
    expect((await standing(team)).expiresAt).toEqual(expiresAt);
    expect(await entriesOf(db.owner, team.jit, "arrangement.extend")).toEqual([]);
  });
});

describe("a notice of withdrawal", () => {
  test("is agreed and signed by its party alone, and ends every right of its people at the instant it names", async () => {
    const team = await teamInForce(db.owner);
    const day = inDays(40);
    const step = await signedChild(
      team,
      "A11",
      { withdrawingParty: "EG", withdrawalKind: "its_withdrawal", withdrawalHolds: day },
      [team.signers.eg],
    );
    const { inForceAt: leaves } = await getText(team.founder, team.jit, step.annex);
    const look = (at: Date) => atInstant(at, () => reasonOf(listMembers(team.leaders.eg, team.jit)));
    expect(await look(later(leaves!, -1))).not.toBeInstanceOf(NotFound);
    for (const person of [team.leaders.eg, team.signers.eg, team.negotiator]) {
      await expect(atInstant(leaves!, () => listMembers(person, team.jit))).rejects.toThrow(NotFound);
    }
    expect(await atInstant(leaves!, () => listMembers(team.leaders.kz, team.jit))).not.toEqual([]);
    // Only one party is left: the team ends with it (T18).
    expect((await standing(team, later(leaves!, -1))).state).toBe("in_force");
    expect((await standing(team, leaves!)).state).toBe("terminated");
    expect(await entriesOf(db.owner, team.jit, "party.withdraw")).toHaveLength(1);
  });

  test("cannot be signed by the others, nor be given for a day that has passed or lies after the end", async () => {
    const team = await teamInForce(db.owner);
    const values = { withdrawingParty: "EG", withdrawalKind: "its_withdrawal" };
    const step = await writtenChild(team, "A11", { ...values, withdrawalHolds: inDays(30) });
    expect(await reasonOf(openChild(team, step, [team.signers.kz]))).toBe("signatory-unknown");
    const past = await writtenChild(team, "A11", { ...values, withdrawalHolds: inDays(-2) });
    expect(await reasonOf(openChild(team, past, [team.signers.eg]))).toBe("day-has-passed");
    const later = await writtenChild(team, "A11", { ...values, withdrawalHolds: inDays(800) });
    expect(await reasonOf(openChild(team, later, [team.signers.eg]))).toBe("day-after-end");
  });
});

describe("suspension, resumption and an early end", () => {
  test("hold between the instants that all have signed, and the end is written down with its exact instant", async () => {
    const team = await teamInForce(db.owner);
    const notice = (kind: string, day: string) =>
      signedChild(team, "A11", { withdrawingParty: "KZ", withdrawalKind: kind, withdrawalHolds: day });
    await notice("the_suspension_of_the_team", inDays(10));
    await notice("the_resumption_of_the_team", inDays(20));
    const { suspendedFrom, suspendedUntil } = await standing(team);
    const states = async () =>
      Promise.all(
        [later(suspendedFrom!, -1), suspendedFrom!, later(suspendedUntil!, -1), suspendedUntil!].map(
          async (at) => (await standing(team, at)).state,
        ),
      );
    expect(await states()).toEqual(["in_force", "suspended", "suspended", "in_force"]);
    await notice("the_end_of_the_team", inDays(30));
    const { expiresAt } = await standing(team);
    expect((await standing(team, expiresAt!)).state).toBe("terminated");
    const step = await writtenChild(team, "A8", { extendedBy: "P6M" });
    expect(await reasonOf(openChild(team, step))).toBe("team-ends-early");
    expect(await atInstant(later(expiresAt!, -1), recordEnds)).toBe(0);
    expect(await atInstant(later(expiresAt!, 90_000), recordEnds)).toBe(1);
    expect(await atInstant(later(expiresAt!, 90_000), recordEnds)).toBe(0);
    const [entry] = await entriesOf(db.owner, team.jit, "arrangement.terminate");
    expect(entry?.body.facts).toMatchObject({ instant: expiresAt!.toISOString(), timeZone: "Asia/Almaty" });
    expect((await standing(team)).state).toBe("terminated");
  });
});

test("V47: in the last sixty days whoever may begin an extension is told so at home, until one is begun", async () => {
  const team = await teamInForce(db.owner);
  const { expiresAt } = await standing(team);
  const told = async (daysBefore: number) => {
    const { needs } = await atInstant(later(expiresAt!, -daysBefore * 86_400_000), () => findWork(team.founder));
    return needs.map(({ kind }) => kind);
  };
  expect(await told(70)).not.toContain("extend");
  expect(await told(50)).toContain("extend");
  await writtenChild(team, "A8", { extendedBy: "P1M" });
  expect(await told(50)).not.toContain("extend");
});

test("V61: from half of the period on whoever may begin an evaluation is told so at home, where the arrangement asks for one", async () => {
  const [asked, silent] = [
    await teamInForce(db.owner, { midTerm: true }),
    await teamInForce(db.owner, { midTerm: false }),
  ];
  const told = async (team: TeamInForce, part: number) => {
    const { inForceAt, expiresAt } = await database().document.findFirstOrThrow({
      where: { jitId: team.jit, kind: "agreement" },
    });
    const at = later(inForceAt!, (expiresAt!.getTime() - inForceAt!.getTime()) * part);
    return (await atInstant(at, () => findWork(team.founder))).needs.map(({ kind }) => kind);
  };
  expect(await told(asked, 0.49)).not.toContain("evaluate");
  expect(await told(asked, 0.51)).toContain("evaluate");
  expect(await told(silent, 0.51)).not.toContain("evaluate");
  await writtenChild(asked, "A13", {});
  expect(await told(asked, 0.51)).not.toContain("evaluate");
}, 120_000);

test("V60: a team is archived when every task is done or named in a finalised closure record with its holder", async () => {
  const team = await teamInForce(db.owner);
  const egypt = await database().party.findFirstOrThrow({ where: { jitId: team.jit, state: "EG" } });
  const card = (title: string, handling = "OPEN-JIT") =>
    AddTask.parse({ title, handling, handlingParty: egypt.id, timeZone: "Asia/Almaty", priority: "medium" });
  await addTask(team.leaders.kz, { ...card("Return the laptop"), jit: team.jit });
  await addTask(team.leaders.eg, { ...card("Ask the source", "NATIONAL-ONLY"), jit: team.jit });
  await proposeClosure(team.leaders.kz, team.step);
  const archive = () => reasonOf(archiveJit(team.leaders.eg, team.step));
  expect(await archive()).toBe("tasks-open");
  // Nobody learns the words of a card that is not for them.
  expect(await readOpenTasks(team.leaders.kz, team.jit)).toEqual({
    tasks: [{ number: 1, title: "Return the laptop" }],
    others: true,
  });
  const row = (task: string, holder: string | null) => ({
    closureItem: `${task} of the board`,
    closureKind: "task",
    closureHolder: holder,
    closureState: "open",
    closureNext: "goes on",
  });
  const record = async (...rows: object[]) => {
    const step = await writtenChild(team, "A12", { closureItems: rows });
    expect(await archive()).toBe("tasks-open");
    await agreeForAll(step);
    await finaliseDocument(team.founder, step);
  };
  await record(row("T-01", "KZ"), row("T-11", "EG"), row("T-02", null));
  expect(await archive()).toBe("tasks-open");
  expect(await readOpenTasks(team.leaders.kz, team.jit)).toEqual({ tasks: [], others: true });
  await record(row("T-02", "EG"));
  await archiveJit(team.leaders.eg, team.step);
}, 180_000);

describe("an accession", { timeout: 240_000 }, () => {
  const allowed = { openToAccession: true, accessionProcedure: { en: "Annex A10." } };
  const values = { accedingState: "NL", accedingAuthority: { en: "Public Prosecution Service" }, accedingCase: "NL-7" };
  const invite = (team: TeamInForce, email: string) =>
    partyOf(team, "NL").then((party) =>
      inviteMember(team.founder, { jit: team.jit, party: party!.id, email, roles: ["leader"], capacity: "" }),
    );
  const partyOf = (team: TeamInForce, state: string) =>
    database().party.findFirst({ where: { jitId: team.jit, state } });

  test("T14, V50: signed by every party and the newcomer it is in force, and the State is a party whose people get roles", async () => {
    const team = await teamInForce(db.owner, allowed);
    const newcomer = await addColleague(db.owner, team.offices.nl);
    const other = await addColleague(db.owner, team.offices.nl);
    const step = await writtenChild(team, "A10", values);
    await openChild(team, step, undefined, newcomer);
    await expect(invite(team, other.email)).rejects.toThrow("party-joining");
    // It reads what it joins, and the annex; nothing else of the team is open to it, and it is in nobody's count yet.
    expect((await findFrozen(newcomer, team.step))?.digest).toMatch(/^[0-9a-f]{64}$/);
    for (const look of [listMembers, listVersions, verifyTrail] as const) {
      await expect(look(newcomer, team.jit)).rejects.toThrow(Forbidden);
    }
    expect((await findAgreement(team.founder, team.jit))?.state).toBe("in_force");
    expect((await overviewOf(team.founder, team.jit)).parties.map(({ state }) => state)).toEqual(["KZ", "EG"]);

    await signAs(team, newcomer, step);
    await signAs(team, team.signers.kz, step);
    expect((await getText(team.founder, team.jit, step.annex)).state).toBe("signing");
    await signAs(team, team.signers.eg, step);
    expect((await getText(team.founder, team.jit, step.annex)).state).toBe("in_force");
    expect((await overviewOf(team.founder, team.jit)).parties.map(({ state }) => state)).toEqual(["KZ", "EG", "NL"]);
    const [entry] = await entriesOf(db.owner, team.jit, "party.accede");
    const { joinedAt, nationalCase } = (await partyOf(team, "NL"))!;
    expect(entry?.body.facts).toMatchObject({ state: "NL", annex: step.annex, from: joinedAt.toISOString() });
    expect(nationalCase).toBe("NL-7");
    expect(await listMembers(newcomer, team.jit)).not.toEqual([]);
    const { token } = await invite(team, other.email);
    await acceptInvitation(other, { token });
    expect((await findJitOf(other, team.reference))?.access.roles).toEqual(["leader"]);

    // The text for information says so; the arrangement itself goes on naming who signed it.
    const changed = await readForInformation(newcomer, team.step);
    expect(changed.texts.en?.notes.C02).toMatchObject([{ kind: "acceded", state: "NL", annex: step.annex }]);
    const { arrangement } = await downloadRecord(newcomer, team.step);
    expect(wordsOf(await renderForInformation(arrangement, changed))).toContain(
      "Netherlands, represented by Public Prosecution Service, became a party by annex A10",
    );
    const printed = async (document: string) =>
      (await downloadRecord(newcomer, { jit: team.jit, document })).arrangement.parties.map(({ state }) => state);
    expect(await printed(team.step.document)).toEqual(["KZ", "EG"]);
    expect(await printed(step.document)).toEqual(["KZ", "EG", "NL"]);
    // From now on nothing is changed without it.
    const extension = await writtenChild(team, "A8", { extendedBy: "P1M" });
    expect(await reasonOf(openChild(team, extension))).toBe("signatory-missing");
    expect((await verifyTrail(team.founder, team.jit)).verdict).toBe("intact");
  });

  test("is not opened without the newcomer's own signatory, nor where clause 2 does not allow it", async () => {
    const team = await teamInForce(db.owner, allowed);
    const step = await writtenChild(team, "A10", values);
    await expect(openChild(team, step)).rejects.toThrow(new Invalid({ newcomer: "required" }));
    const again = (email: string) =>
      openSigning(team.founder, {
        ...{ jit: team.jit, document: step.document },
        slots: [],
        newcomer: { email, methods: ["workspace"] },
      });
    await expect(again("nobody@exercise.example")).rejects.toThrow(new Invalid({ newcomer: "unknown-person" }));
    await expect(again(team.leaders.eg.email)).rejects.toThrow(new Invalid({ newcomer: "newcomer-other-state" }));
    const newcomer = await addColleague(db.owner, team.offices.nl);
    expect(await reasonOf(again(newcomer.email))).toBe("signatory-missing");
    expect(await partyOf(team, "NL")).toBeNull();
    const closed = await teamInForce(db.owner, { openToAccession: false });
    const refused = await writtenChild(closed, "A10", values);
    const stranger = await addColleague(db.owner, closed.offices.nl);
    expect(await reasonOf(openChild(closed, refused, undefined, stranger))).toBe("accession-not-open");
  });

  test("declined, lets nobody in: the newcomer sees nothing any more until it is opened again", async () => {
    const team = await teamInForce(db.owner, allowed);
    const newcomer = await addColleague(db.owner, team.offices.nl);
    const step = await writtenChild(team, "A10", values);
    await openChild(team, step, undefined, newcomer);
    const { frozen } = await getText(team.founder, team.jit, step.annex);
    const slot = frozen?.slots.find(({ personId }) => personId === team.signers.eg.personId)?.id ?? "";
    const { jit, document } = step;
    await declineSignature(team.signers.eg, { jit, document, slot, reason: "Not yet" });
    await expect(findFrozen(newcomer, team.step)).rejects.toThrow(NotFound);
    expect((await findWork(newcomer)).teams).toEqual([]);
    await openChild(team, step, undefined, newcomer);
    for (const one of [newcomer, team.signers.kz, team.signers.eg]) await signAs(team, one, step);
    expect((await overviewOf(team.founder, team.jit)).parties.map(({ state }) => state)).toEqual(["KZ", "EG", "NL"]);
  });
});

describe("what changes nothing", () => {
  test("a child that only some may sign, an annex that is signed with the arrangement, and people from outside", async () => {
    const team = await teamInForce(db.owner, { annexesByLeaders: ["A1", "A8"] });
    const step = await writtenChild(team, "A9", { amendmentHolds: "last_signature" });
    expect(await reasonOf(openChild(team, step, [team.signers.kz]))).toBe("signatory-missing");
    const a1 = await writtenChild(team, "A1", {});
    await expect(openChild(team, a1)).rejects.toThrow(Forbidden);
  });
});
