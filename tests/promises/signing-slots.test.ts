import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { reopenDocument } from "#app/domain/documents/freezing.server.ts";
import { Conflict, Forbidden, Invalid } from "#app/domain/errors.ts";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import { recordApproval } from "#app/domain/signing/approvals.server.ts";
import { delegateSlot } from "#app/domain/signing/delegating.server.ts";
import { refusePaper } from "#app/domain/signing/paper-check.server.ts";
import { readOriginal } from "#app/domain/signing/papers.server.ts";
import { exportRecord } from "#app/domain/signing/record.server.ts";
import { declineSignature } from "#app/domain/signing/signing.server.ts";
import { withdrawSignature } from "#app/domain/signing/taking-back.server.ts";
import { atInstant, now } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import {
  confirm,
  handIn,
  type Person,
  pdfOf,
  type SlotTeam,
  sign,
  slotOf,
  slotsOf,
  standard,
  teamWithSlots,
} from "#tests/support/slots.ts";

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const open = (more?: Parameters<typeof teamWithSlots>[1]) => teamWithSlots(db.owner, more);
const stateOf = async (team: SlotTeam) => (await findAgreement(team.founder, team.jit))?.state;
const standingOf = async (team: SlotTeam, slot: string) => (await slotsOf(team)).find(({ id }) => id === slot);
const withdraw = async (team: SlotTeam, who: Person, slot?: string) =>
  withdrawSignature(team.people[who], { ...team.step, slot: slot ?? (await slotOf(team, who)), reason: "New facts" });
const delegate = async (team: SlotTeam, from: Person, to: string) =>
  delegateSlot(team.people[from], { ...team.step, slot: await slotOf(team, from), member: to, mandate: "Order 114" });
const fulfilled = (results: PromiseSettledResult<unknown>[]) => results.filter(({ status }) => status === "fulfilled");

describe("the order within a party", () => {
  test("a signatory waits for the visa and the countersignatory; the other party for nobody", async () => {
    const team = await open();
    await expect(sign(team, "first")).rejects.toThrow("not-your-turn");
    await expect(sign(team, "counter")).rejects.toThrow("not-your-turn");
    await sign(team, "other");
    await sign(team, "visa");
    await expect(sign(team, "first")).rejects.toThrow("not-your-turn");
    await sign(team, "counter");
    // The copy is received and not waited for.
    expect(await sign(team, "first")).toEqual({ inForce: true });
    expect(await stateOf(team)).toBe("in_force");
    const kept = await database().signature.findMany({ where: { jitId: team.jit }, orderBy: { signedAt: "asc" } });
    expect(kept.map(({ manifest }) => JSON.parse(manifest).role)).toEqual([
      "signatory",
      "visa",
      "countersignatory",
      "signatory",
    ]);
    const agreement = await database().document.findUniqueOrThrow({ where: { id: team.step.document } });
    expect(agreement.inForceAt).toEqual(kept.at(-1)?.signedAt);
  });

  test("nobody signs a copy, and who receives one is told when it is in force", async () => {
    const team = await open();
    await expect(sign(team, "reader")).rejects.toThrow(Forbidden);
    for (const who of ["visa", "counter", "first", "other"] as const) await sign(team, who);
    const { told } = await findWork(team.people.reader);
    expect(told.map(({ kind }) => kind)).toEqual(["copy"]);
  });

  test("a visa alone binds no party, one person has one place, and the agreement says how one may sign", async () => {
    const all = (of: Parameters<typeof standard>[0]) => standard(of);
    await expect(open({ slots: (of) => all(of).filter(({ member }) => member !== of.first) })).rejects.toThrow(
      "signatory-missing",
    );
    await expect(
      open({ slots: (of) => [...all(of), { member: of.visa, role: "signatory", methods: ["ink"] }] }),
    ).rejects.toThrow("signatory-twice");
    await expect(open({ fields: { signatureMeans: "in_app_digital" } })).rejects.toThrow("method-not-agreed");
    await expect(
      open({ slots: (of) => [...all(of), { member: of.officer, role: "signatory", methods: ["ink"] }] }),
    ).rejects.toThrow("signatory-unknown");
    await expect(
      open({
        slots: (of) => all(of).map((slot) => (slot.member === of.other ? { ...slot, due: "2024-01-01" } : slot)),
      }),
    ).rejects.toThrow(Invalid);
  });
});

describe("taking a signature back", () => {
  test("the slot waits again, others stay, the reason is told, and the signature stays in the record", async () => {
    const team = await open();
    await sign(team, "other");
    await sign(team, "visa");
    await withdraw(team, "other");
    const slots = await slotsOf(team);
    expect(slots.filter(({ state }) => state === "signed").map(({ memberId }) => memberId)).toEqual([
      team.members.visa,
    ]);
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(2);
    const { told } = await findWork(team.people.visa);
    expect(told).toMatchObject([{ kind: "withdrawn", partyState: "EG", reason: "New facts" }]);
    await sign(team, "other");
    expect((await slotsOf(team)).filter(({ state }) => state === "signed")).toHaveLength(2);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test("not that of another, not before signing, and not once it is in force", async () => {
    const team = await open();
    await expect(withdraw(team, "visa")).rejects.toThrow("nothing-signed");
    await sign(team, "visa");
    await expect(withdraw(team, "first", await slotOf(team, "visa"))).rejects.toThrow(Forbidden);
    for (const who of ["counter", "first", "other"] as const) await sign(team, who);
    await expect(withdraw(team, "visa")).rejects.toThrow("not-in-this-state");
  });

  test("a visa taken back after the signatory has signed keeps the arrangement from entering into force", async () => {
    const team = await open();
    for (const who of ["visa", "counter", "first"] as const) await sign(team, who);
    await withdraw(team, "visa");
    expect(await sign(team, "other")).toEqual({ inForce: false });
    expect(await sign(team, "visa")).toEqual({ inForce: true });
  });

  test("of the last signature and a withdrawal at one moment, both orders are whole and nothing is lost", async () => {
    for (let run = 0; run < 4; run++) {
      const team = await open();
      for (const who of ["visa", "counter", "first"] as const) await sign(team, who);
      const results = await Promise.allSettled([sign(team, "other"), withdraw(team, "first")]);
      const signed = await database().signature.count({ where: { jitId: team.jit } });
      expect(results[0].status).toBe("fulfilled");
      expect(signed).toBe(4);
      const inForce = results[1].status === "rejected";
      expect(await stateOf(team)).toBe(inForce ? "in_force" : "signing");
      expect(await database().signatureWithdrawal.count({ where: { jitId: team.jit } })).toBe(inForce ? 0 : 1);
    }
  });
});

describe("signing in somebody's place", () => {
  test("both names and the mandate stay in slot, statement and record, and the delegate signs in the order", async () => {
    const team = await open();
    const slot = await slotOf(team, "first");
    await delegate(team, "first", team.members.spare);
    expect(await standingOf(team, slot)).toMatchObject({
      memberId: team.members.spare,
      delegated: { mandate: "Order 114", latinName: expect.any(String) },
    });
    await expect(sign(team, "first", slot)).rejects.toThrow(Forbidden);
    await expect(sign(team, "spare")).rejects.toThrow("not-your-turn");
    for (const who of ["visa", "counter", "spare", "other"] as const) await sign(team, who);
    const kept = await database().signature.findFirstOrThrow({ where: { slotId: slot } });
    expect(JSON.parse(kept.manifest)).toMatchObject({
      signer: { person: team.people.spare.personId },
      onBehalfOf: { mandate: "Order 114" },
    });
    const record = await exportRecord(team.founder, { ...team.step });
    const printed = record.arrangement.signatories.find(({ onBehalfOf }) => onBehalfOf);
    expect(printed?.onBehalfOf).toMatchObject({ mandate: "Order 114" });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test("not to somebody outside, of another party, without the role, with a place already, or further", async () => {
    const team = await open();
    const gone = await team.bring("kz", ["signatory"]);
    const { id: formerMember } = await database().member.findFirstOrThrow({
      where: { jitId: team.jit, personId: gone.personId },
    });
    await revokeMember(team.founder, { jit: team.jit, member: formerMember, reason: "left" });
    for (const to of [
      formerMember,
      team.members.spareThere,
      team.members.officer,
      "01890000-0000-7000-8000-000000000000",
    ]) {
      await expect(delegate(team, "first", to)).rejects.toThrow("delegate-unknown");
    }
    await expect(delegate(team, "first", team.members.visa)).rejects.toThrow("delegate-has-slot");
    await expect(
      delegateSlot(team.people.other, {
        ...team.step,
        slot: await slotOf(team, "first"),
        member: team.members.spareThere,
        mandate: "x",
      }),
    ).rejects.toThrow(Forbidden);
    await delegate(team, "first", team.members.spare);
    await expect(delegate(team, "spare", team.members.first)).rejects.toThrow("already-delegated");
  });
});

describe("ink", () => {
  test("counts once an officer of another party has confirmed digest and pages; the scan is kept as it came", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    const scan = pdfOf(3);
    await handIn(team, "officerThere", slot, scan);
    expect(await standingOf(team, slot)).toMatchObject({ state: "checking", level: null, paper: { pages: 3 } });
    for (const who of ["visa", "counter", "first"] as const) expect(await sign(team, who)).toEqual({ inForce: false });
    expect((await findWork(team.people.officer)).needs.map(({ kind }) => kind)).toContain("checkPaper");
    expect((await findWork(team.people.officerThere)).needs.map(({ kind }) => kind)).not.toContain("checkPaper");
    expect(await confirm(team, "officer", slot)).toEqual({ inForce: true });
    expect(await standingOf(team, slot)).toMatchObject({ state: "signed", method: "ink", level: null });
    const { bytes, sha256 } = await readOriginal(team.people.first, { ...team.step, slot });
    expect(Buffer.from(bytes).equals(scan)).toBe(true);
    expect(sha256).toBe(createHash("sha256").update(scan).digest("hex"));
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test("not by the own party, by nobody's officer, with another digest, other pages, or another scan", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    await handIn(team, "other", slot);
    await expect(confirm(team, "officerThere", slot)).rejects.toThrow(Forbidden);
    // Who claims to act for a party that is not the own one.
    await expect(confirm(team, "officerThere", slot, { party: team.parties.kz })).rejects.toThrow(Forbidden);
    await expect(confirm(team, "reader", slot)).rejects.toThrow(Forbidden);
    await expect(confirm(team, "officer", slot, { shortDigest: "0".repeat(16) })).rejects.toThrow(Invalid);
    await expect(confirm(team, "officer", slot, { pages: 1 })).rejects.toThrow(Invalid);
    await expect(confirm(team, "officer", slot, { sha256: "0".repeat(64) })).rejects.toThrow("paper-changed");
    expect(await standingOf(team, slot)).toMatchObject({ state: "checking" });
    await withdraw(team, "other");
    await handIn(team, "other", slot, pdfOf(2, "another scan"));
    const [first] = await database().paperOriginal.findMany({ where: { slotId: slot }, orderBy: { turn: "asc" } });
    await expect(confirm(team, "officer", slot, { sha256: first?.sha256 })).rejects.toThrow("paper-changed");
  });

  test("not over a text that was reopened meanwhile", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    await handIn(team, "other", slot);
    const { sha256 } = await database().paperOriginal.findFirstOrThrow({ where: { slotId: slot } });
    await reopenDocument(team.founder, { ...team.step, reason: "A date was wrong" });
    await expect(confirm(team, "officer", slot, { sha256 })).rejects.toThrow(Conflict);
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(0);
  });

  test("not out of order, and not when the visa was taken back between the scan and the check", async () => {
    const team = await open();
    const slot = await slotOf(team, "first");
    await expect(handIn(team, "officer", slot)).rejects.toThrow("not-your-turn");
    await sign(team, "visa");
    await sign(team, "counter");
    await handIn(team, "officer", slot);
    await withdraw(team, "visa");
    await expect(confirm(team, "officerThere", slot)).rejects.toThrow("not-your-turn");
    await sign(team, "visa");
    await confirm(team, "officerThere", slot);
    expect(await standingOf(team, slot)).toMatchObject({ state: "signed" });
  });

  test("a refused paper leaves the slot waiting, the party is told why, and another can be handed in", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    await handIn(team, "other", slot);
    await expect(handIn(team, "officerThere", slot)).rejects.toThrow("paper-there");
    const { sha256 } = await database().paperOriginal.findFirstOrThrow({ where: { slotId: slot } });
    const refusal = { ...team.step, slot, sha256, reason: "Page 2 is missing" };
    await expect(refusePaper(team.people.other, { ...refusal, party: team.parties.eg })).rejects.toThrow(Forbidden);
    await refusePaper(team.people.officer, { ...refusal, party: team.parties.kz });
    expect((await findWork(team.people.other)).told).toMatchObject([
      { kind: "paperRefused", reason: "Page 2 is missing" },
    ]);
    await handIn(team, "other", slot, pdfOf(2, "again"));
    await confirm(team, "officer", slot);
    expect(await database().paperOriginal.count({ where: { slotId: slot } })).toBe(2);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test.each<[string, Uint8Array, string]>([
    ["nothing", new Uint8Array(), "required"],
    ["a Word file", new TextEncoder().encode("PK\u0003\u0004 word"), "paper-unknown-type"],
    ["a page of HTML that calls itself a PDF", new TextEncoder().encode("<html>%PDF-1.4"), "paper-unknown-type"],
    ["half a PDF", new TextEncoder().encode("%PDF-1.4\n1 0 obj"), "paper-damaged"],
    ["half a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), "paper-damaged"],
    ["a head of a JPEG", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0xff, 0xd9]), "paper-damaged"],
    ["too much", new Uint8Array(6 * 1024 * 1024 + 1), "paper-too-large"],
  ])("is not taken as %s", async (_, bytes, reason) => {
    const team = await ofFiles();
    await expect(handIn(team, "other", await slotOf(team, "other"), bytes)).rejects.toMatchObject({
      problems: { file: reason },
    });
  });

  let shared: Promise<SlotTeam> | null = null;
  function ofFiles(): Promise<SlotTeam> {
    shared ??= open();
    return shared;
  }

  test("of a signature, a paper and a withdrawal at one moment, exactly what was answered is kept", async () => {
    for (let run = 0; run < 4; run++) {
      const team = await open();
      const slot = await slotOf(team, "other");
      await handIn(team, "other", slot);
      const results = await Promise.allSettled([
        confirm(team, "officer", slot),
        confirm(team, "first", slot),
        withdraw(team, "other"),
        sign(team, "visa"),
      ]);
      const [one, two, back, visa] = results.map(({ status }) => status === "fulfilled");
      expect(one && two).toBe(false);
      expect(visa).toBe(true);
      const counted = (await slotsOf(team)).find(({ id }) => id === slot)?.state;
      expect(counted).toBe(back ? "waiting" : "signed");
      expect(await database().signature.count({ where: { slotId: slot } })).toBe(one || two ? 1 : 0);
    }
  });

  test("is not signed in the workspace while its paper waits for a check", async () => {
    const team = await open();
    await handIn(team, "other", await slotOf(team, "other"));
    await expect(sign(team, "other")).rejects.toThrow("paper-there");
  });

  test("of two papers handed in at once one is kept", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    const results = await Promise.allSettled([handIn(team, "other", slot), handIn(team, "officerThere", slot)]);
    expect(fulfilled(results)).toHaveLength(1);
    expect(await database().paperOriginal.count({ where: { slotId: slot } })).toBe(1);
  });
});

test("who declines voids all, papers too; everybody is told, also those who signed, and all of it stays", async () => {
  const team = await open();
  await sign(team, "visa");
  await handIn(team, "other", await slotOf(team, "other"));
  await declineSignature(team.people.counter, {
    ...team.step,
    slot: await slotOf(team, "counter"),
    reason: "Clause 14",
  });
  for (const who of ["visa", "other", "reader", "officerThere"] as const) {
    expect((await findWork(team.people[who])).told).toMatchObject([
      { kind: "declined", partyState: "KZ", reason: "Clause 14" },
    ]);
  }
  const slots = await database().signatureSlot.findMany({ where: { jitId: team.jit }, orderBy: { position: "asc" } });
  expect(slots.map(({ state }) => state).sort()).toEqual(["copy", "declined", "void", "void", "void"]);
  expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(1);
  expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
});

describe("someone who owns the database and edits beneath the trail", () => {
  const withPapers = async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    await handIn(team, "other", slot);
    await confirm(team, "officer", slot);
    await sign(team, "visa");
    await withdraw(team, "visa");
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
    return team;
  };
  test.each([
    [
      "changes the scan",
      "UPDATE paper_original SET bytes = bytes || 'x' WHERE jit_id = $1",
      "paper.handIn",
      "original-changed",
    ],
    [
      "changes its day",
      "UPDATE paper_original SET signed_on = '2025-01-01' WHERE jit_id = $1",
      "paper.handIn",
      "original-changed",
    ],
    ["takes the scan away", "DELETE FROM paper_original WHERE jit_id = $1", "paper.handIn", "original-missing"],
    [
      "changes what was attested of it",
      "UPDATE signature SET manifest = replace(manifest, 'Cairo', 'Minsk') WHERE jit_id = $1",
      "paper.confirm",
      "signature-changed",
    ],
    [
      "makes a signature count again",
      "DELETE FROM signature_withdrawal WHERE jit_id = $1",
      "signature.withdraw",
      "withdrawal-missing",
    ],
  ])("%s: the check names the entry", async (_, sql, action, reason) => {
    const team = await withPapers();
    const client = await db.owner.connect();
    await client.query("SET session_replication_role = replica");
    await client.query(sql, [team.jit]);
    await client.query("SET session_replication_role = DEFAULT");
    client.release();
    const { rows } = await db.owner.query(
      "SELECT seq FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = $2",
      [team.jit, action],
    );
    const entry = Number(rows[0].seq);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "broken", entry, reason });
  });
});

describe("approvals (V41)", () => {
  const asked = {
    parties: ["KZ", "EG"].map((state) => ({
      state,
      approvalsNeeded: [{ body: "Ministry of Justice", status: state === "EG" ? "requested" : "not required" }],
    })),
  };
  const record = (team: SlotTeam, who: Person, status: "asked" | "given" | "refused", party = team.parties.eg) =>
    recordApproval(team.people[who], {
      ...team.step,
      party,
      body: " ministry of  justice ",
      status,
      reference: "12/2026",
      day: "2024-11-20",
    });

  test("one that is open or refused stops opening and signing, and one that is given does not", async () => {
    await expect(open({ fields: asked })).rejects.toThrow("findings-block-signature");
    const team = await open();
    await record(team, "officerThere", "refused");
    await expect(sign(team, "other")).rejects.toThrow("findings-block-signature");
    await expect(sign(team, "visa")).rejects.toThrow("findings-block-signature");
    await expect(handIn(team, "other", await slotOf(team, "other"))).rejects.toThrow("findings-block-signature");
    await record(team, "officerThere", "given");
    await sign(team, "other");
  });

  test("a refusal after the paper was handed in keeps it from being confirmed", async () => {
    const team = await open();
    const slot = await slotOf(team, "other");
    await handIn(team, "other", slot);
    await record(team, "officerThere", "asked");
    await expect(confirm(team, "officer", slot)).rejects.toThrow("findings-block-signature");
  });

  test("is recorded by the own party's officers or an administrator, and by nobody else", async () => {
    const team = await open();
    await expect(record(team, "officer", "given")).rejects.toThrow(Forbidden);
    await expect(record(team, "other", "given")).rejects.toThrow(Forbidden);
    await record(team, "founder", "given");
  });
});

test("a deadline is the end of its day in the reference zone, and reminds three times and no more", async () => {
  const due = new Date(now().getTime() + 20 * 24 * 3_600_000).toISOString().slice(0, 10);
  const team = await open({
    slots: (of) => standard(of).map((slot) => (slot.member === of.other ? { ...slot, due } : slot)),
  });
  const slot = (await slotsOf(team)).find(({ memberId }) => memberId === team.members.other);
  const dueAt = slot?.dueAt as Date;
  expect(dueAt.toISOString()).toBe(new Date(new Date(`${due}T19:00:00Z`).getTime()).toISOString());
  const remindedAfter = async (days: number) => {
    const at = new Date(dueAt.getTime() + days * 24 * 3_600_000);
    return atInstant(at, async () => {
      const { needs } = await findWork(team.people.other);
      return needs.find(({ kind }) => kind === "sign")?.reminder ?? 0;
    });
  };
  expect(await Promise.all([-8, -7, -3, -1, 0, 30].map(remindedAfter))).toEqual([0, 1, 2, 3, 3, 3]);
  const late = await atInstant(dueAt, () => findWork(team.founder));
  expect(late.needs.map(({ kind }) => kind)).toContain("overdue");
});
