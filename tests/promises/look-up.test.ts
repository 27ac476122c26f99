import { afterAll, beforeAll, expect, test } from "vitest";
import { finaliseDocument, reopenDocument } from "#app/domain/documents/freezing.server.ts";
import { findRecorded } from "#app/domain/export/recorded.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { database } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { openPages } from "#tests/support/pages.ts";
import { foundTeam, memberOf } from "#tests/support/team.ts";

/* Behind the code on paper: whoever holds a digest learns how things stand, and nothing of who or what. */
let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
});
afterAll(() => db.drop());

async function frozen() {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const signers = [await team.bring("kz", ["signatory"]), await team.bring("eg", ["signatory"])];
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  await agreeForAll(step);
  const { digest } = await finaliseDocument(team.founder, step);
  const sign = async (signer: (typeof signers)[number]) => {
    const slot = await database().signatureSlot.findFirstOrThrow({
      where: { frozenText: { digest }, member: { personId: signer.personId } },
    });
    await signDocument(
      signer,
      {
        ...step,
        slot: slot.id,
        digest,
        capacity: "Prosecutor",
        place: "Almaty",
        meaning: "I sign.",
      },
      passwordAlone(),
    );
  };
  const open = async () => {
    const signatories = await Promise.all(signers.map((signer) => memberOf(db.owner, team.jit, signer)));
    await openSigning(team.founder, { ...step, slots: signatoriesOnly(signatories) });
  };
  return { ...team, step, digest, signers, open, sign };
}

test("says how a digest stands from closing the text to its entry into force", async () => {
  const team = await frozen();
  const here = (address = "198.51.100.1") => findRecorded(team.digest.toUpperCase(), address);
  expect(await here()).toMatchObject({ version: 1, exercise: true, state: "finalised", slots: [], inForceAt: null });
  await team.open();
  await team.sign(team.signers[1]!);
  expect(await here()).toMatchObject({ state: "signing", slots: [expect.any(Date), null] });
  await team.sign(team.signers[0]!);
  const done = await here();
  expect(done).toMatchObject({
    state: "in_force",
    slots: [expect.any(Date), expect.any(Date)],
    timeZone: "Asia/Almaty",
  });
  expect(done?.expiresAt?.getTime()).toBeGreaterThan(done?.inForceAt?.getTime() ?? 0);
});

test("says of a text that was opened again that it does not hold any more", async () => {
  const team = await frozen();
  await reopenDocument(team.founder, { ...team.step, reason: "A word was missing." });
  expect(await findRecorded(team.digest, "198.51.100.2")).toMatchObject({ state: "replaced", inForceAt: null });
});

test("the page needs no account and says no name, no State, no reference and no word of the text", async () => {
  const team = await frozen();
  await team.open();
  await team.sign(team.signers[0]!);
  const answer = await pages.ask(`/d/${team.digest}`);
  const html = await answer.text();
  expect(answer.status).toBe(200);
  expect(html).toContain("open for signature");
  expect(html).toContain("1 of 2 made");
  const jit = await database().jit.findUniqueOrThrow({ where: { id: team.jit } });
  const people = await database().person.findMany({ where: { members: { some: { jitId: team.jit } } } });
  const secret = [
    ...Object.values(jit.names as Record<string, string>),
    jit.reference,
    team.jit,
    team.step.document,
    "Kazakhstan",
    "Egypt",
    "Almaty",
    "Prosecutor",
    ...people.flatMap(({ name, latinName }) => [name, latinName]),
  ];
  for (const word of secret.filter(Boolean)) expect(html).not.toContain(word);
});

test("says that it knows nothing of another digest, or of what is none", async () => {
  for (const asked of ["0".repeat(64), "nonsense", "%F0%9F%98%80", `${"0".repeat(63)}'`]) {
    const answer = await pages.ask(`/d/${asked}`);
    expect(answer.status, asked).toBe(404);
    expect(await answer.text()).toContain("Nothing is recorded here for this digest");
  }
});

test("refuses one address that asks too often, in a sentence, and answers the next", async () => {
  const ask = (address: string) => findRecorded("f".repeat(64), address);
  for (let n = 0; n < 30; n++) expect(await ask("203.0.113.9")).toBeNull();
  await expect(ask("203.0.113.9")).rejects.toMatchObject({ reason: "rate-limited-minute" });
  expect(await ask("203.0.113.10")).toBeNull();
  for (let n = 0; n < 30; n++) await pages.ask(`/d/${"e".repeat(64)}`);
  const refused = await pages.ask(`/d/${"e".repeat(64)}`);
  expect(refused.status).toBe(429);
  expect(await refused.text()).toContain("This was tried too often. Wait one minute, then try again.");
});
