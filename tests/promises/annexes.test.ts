import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { readWholeText } from "#app/domain/agreeing/agreeing.server.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { listAnnexes, startAnnex } from "#app/domain/documents/annexes.server.ts";
import { digestOf } from "#app/domain/documents/canonical.server.ts";
import type { Content } from "#app/domain/documents/content.ts";
import { findAgreement, getText, startDocument } from "#app/domain/documents/document.server.ts";
import {
  finaliseDocument,
  openForNegotiation,
  reopenDocument,
  reviseAnnex,
  withdrawDocument,
} from "#app/domain/documents/freezing.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "#app/domain/errors.ts";
import { proposeClosure } from "#app/domain/jits/closing.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { exportRecord } from "#app/domain/signing/record.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { annexKinds } from "#app/domain/templates/annex.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeAnnex } from "#tests/support/complete-annex.ts";
import { completeText, setFields } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { addColleague, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* Annexes are documents made from the same machinery, with versions of their own; what is signed names them by digest. */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

type Ready = Team & {
  step: { jit: string; document: string };
  egypt: Colleague;
  leader: Colleague;
  signers: Colleague[];
};

async function ready(): Promise<Ready> {
  const team = await foundTeam(db.owner);
  const egypt = await team.bring("eg", ["lead_negotiator"]);
  const leader = await team.bring("kz", ["leader"]);
  const signers = [await team.bring("kz", ["signatory"]), await team.bring("eg", ["signatory"])];
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  return { ...team, step, egypt, leader, signers };
}

const start = (team: Team, annex: string, about?: string, actor: Actor = team.founder) =>
  startAnnex(actor, { jit: team.jit, annex, about });

/** Starts an annex and fills it in. */
async function written(team: Team, annex: string, about?: string) {
  const { annex: number } = await start(team, annex, about);
  const { id: document } = await getText(team.founder, team.jit, number);
  const step = { jit: team.jit, document };
  await completeAnnex({ ...step, annex: number }, team.founder);
  return step;
}

async function closed(team: Team, annex: string, about?: string) {
  const step = await written(team, annex, about);
  await agreeForAll(step);
  return { ...step, ...(await finaliseDocument(team.founder, step)) };
}

async function signedByAll(team: Ready): Promise<string> {
  await agreeForAll(team.step);
  const { digest } = await finaliseDocument(team.founder, team.step);
  const signatories = await Promise.all(team.signers.map((signer) => memberOf(db.owner, team.jit, signer)));
  await openSigning(team.founder, { ...team.step, slots: signatoriesOnly(signatories) });
  for (const signer of team.signers) {
    const agreement = await findAgreement(team.founder, team.jit);
    const slot = agreement?.frozen?.slots.find(({ personId }) => personId === signer.personId)?.id ?? "";
    await signDocument(
      signer,
      { ...team.step, slot, digest, capacity: "P", place: "Almaty", meaning: "I sign." },
      passwordAlone(),
    );
  }
  return digest;
}

const reasonOf = (act: Promise<unknown>) =>
  act.then(String, (error) => (error instanceof Conflict ? error.reason : error));

describe("starting an annex", () => {
  test("makes a text of its own from the template, in the state of the arrangement, with its entry in the trail", async () => {
    const team = await ready();
    for (const { id } of annexKinds.slice(0, 7)) {
      const { annex } = await start(team, id, id === "A2" ? "INTERPOL" : undefined);
      const text = await getText(team.founder, team.jit, annex);
      expect([annex, text.state, text.version]).toEqual([id === "A2" ? "A2-1" : id, "negotiation", 1]);
    }
    const { annex } = await start(team, "A2", "UNODC");
    expect(annex).toBe("A2-2");
    expect((await listAnnexes(team.founder, team.jit)).map((one) => [one.annex, one.about])).toEqual([
      ["A1", null],
      ["A2-1", "INTERPOL"],
      ["A2-2", "UNODC"],
      ...["A3", "A4", "A5", "A6", "A7"].map((number) => [number, null]),
    ]);
    const entries = await entriesOf(db.owner, team.jit, "annex.start");
    expect(entries).toHaveLength(8);
    // The name of the body is said in the details, which can be erased, and nowhere else.
    expect(JSON.stringify(entries.map(({ body }) => body))).not.toContain("INTERPOL");
  });

  test("happens once, also when two people do it at once; what is no annex, or none for now, is refused", async () => {
    const team = await ready();
    const both = await Promise.allSettled([start(team, "A3"), start(team, "A3", undefined, team.egypt)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await reasonOf(start(team, "A3"))).toBe("annex-exists");
    for (const unknown of ["A15", "A0", "A2-1", "B1", ""]) await expect(start(team, unknown)).rejects.toThrow(Invalid);
    await expect(start(team, "A2")).rejects.toThrow(Invalid);
    for (const { id } of annexKinds.slice(7)) expect(await reasonOf(start(team, id))).toBe("annex-not-now");
  });

  test("is for those who write the text", async () => {
    const team = await ready();
    const member = await team.bring("eg", ["member"]);
    await expect(start(team, "A3", undefined, member)).rejects.toThrow(Forbidden);
    const outsider = await addColleague(db.owner, team.offices.nl);
    await expect(start(team, "A3", undefined, outsider)).rejects.toThrow(NotFound);
  });
});

describe("an annex before signature", () => {
  test("is checked as far as the rules concern it, and every value that its template needs is asked for", async () => {
    const team = await ready();
    const { annex } = await start(team, "A6");
    const { id: document } = await getText(team.founder, team.jit, annex);
    const step = { jit: team.jit, document };
    const { findings } = await checkDocument(team.founder, step);
    expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["V45"]));
    await agreeForAll(step);
    expect(await reasonOf(finaliseDocument(team.founder, step))).toBe("findings-block-finalising");
    await completeAnnex({ ...step, annex }, team.founder);
    expect((await checkDocument(team.founder, step)).findings).toEqual([]);
  });

  test("stands against finalising while it is written, and in the digest of what is signed once it is closed", async () => {
    const team = await ready();
    const annex = await written(team, "A4");
    const before = await agreeForAll(team.step);
    expect(await reasonOf(finaliseDocument(team.founder, team.step))).toBe("annexes-open");
    await agreeForAll(annex);
    const { digest } = await finaliseDocument(team.founder, annex);
    // Closing it changes what the parties had said yes to.
    expect(await reasonOf(finaliseDocument(team.founder, team.step))).toBe("not-agreed");
    expect((await readWholeText(team.founder, team.step)).digest).not.toBe(before);
    const whole = await signedByAll(team);
    const { arrangement, annexes } = await exportRecord(team.founder, team.step);
    expect((JSON.parse(arrangement.canonical) as Content).annexes).toEqual([{ annex: "A4", version: 1, digest }]);
    expect(digestOf(arrangement.canonical)).toBe(whole);
    expect(annexes.map((one) => [one.annex, digestOf(one.canonical)])).toEqual([["A4", digest]]);
  });

  test("can be given up or reopened as long as the arrangement is written, and not beneath a closed one", async () => {
    const team = await ready();
    const a4 = await closed(team, "A4");
    await reopenDocument(team.founder, { ...a4, reason: "A word" });
    expect((await getText(team.founder, team.jit, "A4")).version).toBe(2);
    await withdrawDocument(team.founder, { ...a4, reason: "Not needed" });
    const a6 = await closed(team, "A6");
    await agreeForAll(team.step);
    await finaliseDocument(team.founder, team.step);
    expect(await reasonOf(reopenDocument(team.founder, { ...a6, reason: "A word" }))).toBe("annex-is-signed");
    expect(await reasonOf(start(team, "A5"))).toBe("annex-not-now");
    await reopenDocument(team.founder, { ...team.step, reason: "A word" });
    await reopenDocument(team.founder, { ...a6, reason: "A word" });
  });

  test("is given up with the arrangement", async () => {
    const team = await ready();
    const a4 = await closed(team, "A4");
    await start(team, "A3");
    await withdrawDocument(team.founder, { ...team.step, reason: "The case is closed" });
    expect((await listAnnexes(team.founder, team.jit)).map(({ state }) => state)).toEqual(["withdrawn", "withdrawn"]);
    expect(await reasonOf(reopenDocument(team.founder, { ...a4, reason: "A word" }))).toBe("not-in-this-state");
  });

  test("that began with a draft goes into negotiation with it", async () => {
    const team = await foundTeam(db.owner);
    await team.bring("eg", ["lead_negotiator"]);
    const kind = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
    const { id: document } = await startDocument(team.founder, { jit: team.jit, ...kind });
    await start(team, "A3");
    const stateOf = async () => (await getText(team.founder, team.jit, "A3")).state;
    expect(await stateOf()).toBe("draft");
    await openForNegotiation(team.founder, { jit: team.jit, document });
    expect(await stateOf()).toBe("negotiation");
  });

  test("takes none of the steps that only the arrangement takes", async () => {
    const team = await ready();
    const a4 = await closed(team, "A4");
    const signatories = [await memberOf(db.owner, team.jit, team.signers[0]!)];
    await expect(openSigning(team.founder, { ...a4, slots: signatoriesOnly(signatories) })).rejects.toThrow(Forbidden);
    await expect(openForNegotiation(team.founder, a4)).rejects.toThrow(Forbidden);
    await expect(proposeClosure(team.founder, a4)).rejects.toThrow(Forbidden);
    await expect(exportRecord(team.founder, a4)).rejects.toThrow(Forbidden);
  });
});

describe("an annex of an arrangement in force", () => {
  test("that the leaders may change gets versions of its own; what was signed stays as it was", async () => {
    const team = await ready();
    await setFields(team.step, team.founder, { annexesByLeaders: ["A1"] });
    const a1 = await closed(team, "A1");
    const a4 = await closed(team, "A4");
    await signedByAll(team);
    expect(await reasonOf(reopenDocument(team.founder, { ...a1, reason: "A word" }))).toBe("annex-is-signed");
    expect(await reasonOf(reviseAnnex(team.leader, { ...a4, reason: "A word" }))).toBe("annex-not-by-leaders");
    await expect(reviseAnnex(team.egypt, { ...a1, reason: "A new member" })).rejects.toThrow(Forbidden);
    await reviseAnnex(team.leader, { ...a1, reason: "A new member" });
    const between = await getText(team.founder, team.jit, "A1");
    expect([between.state, between.version, between.frozen?.version]).toEqual(["negotiation", 2, 1]);
    await agreeForAll(a1);
    await finaliseDocument(team.founder, a1);
    const now = await getText(team.founder, team.jit, "A1");
    expect([now.state, now.version, now.frozen?.version]).toEqual(["finalised", 2, 2]);
    const versioned = await entriesOf(db.owner, team.jit, "annex.versioned");
    expect(versioned).toHaveLength(1);
    const { annexes } = await exportRecord(team.founder, team.step);
    expect(annexes.map((one) => [one.annex, one.digest])).toEqual([
      ["A1", a1.digest],
      ["A4", a4.digest],
    ]);
  });

  test("begins only where it looks back on it or changes it, or where the leaders may", async () => {
    const team = await ready();
    await setFields(team.step, team.founder, { annexesByLeaders: ["A3"] });
    await signedByAll(team);
    expect(await reasonOf(start(team, "A4"))).toBe("annex-not-now");
    expect(await start(team, "A3")).toEqual({ annex: "A3" });
    expect(await start(team, "A8", "first extension")).toEqual({ annex: "A8-1" });
    expect(await start(team, "A13")).toEqual({ annex: "A13-1" });
    // Written after signature: it stands on its own, and the signed digest stays.
    await proposeClosure(team.founder, team.step);
    expect(await start(team, "A12")).toEqual({ annex: "A12-1" });
    expect(await reasonOf(start(team, "A9"))).toBe("annex-not-now");
  });
});
