import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { blocking } from "#app/domain/checks/check.ts";
import { checkDocument, overrideFinding, readChecking, takeBackOverride } from "#app/domain/checks/checking.server.ts";
import type { Finding } from "#app/domain/checks/finding.ts";
import { standingOf } from "#app/domain/checks/overrides.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { Forbidden, NotFound } from "#app/domain/errors.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { database } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText, setFields } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { addColleague, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
});
afterAll(() => db.drop());

type Ready = Team & { document: string; step: { jit: string; document: string }; leader: Colleague };

/** A team of two States with a complete text in negotiation, and a leader. */
async function ready(): Promise<Ready> {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const leader = await team.bring("kz", ["leader"]);
  const step = await negotiate(team, "UTC");
  await completeText({ ...team, ...step });
  return { ...team, document: step.document, step, leader };
}

let team: Ready;
beforeEach(async () => {
  team = await ready();
});

const write = (values: Record<string, unknown>) => setFields(team.step, team.founder, values);
const stateOf = async () => (await findAgreement(team.founder, team.jit))?.state;

/** What is open now, as the person's browser would part it. */
async function openFor(person: Colleague, rule: string): Promise<Finding[]> {
  const { findings, overrides } = await checkDocument(person, team.step);
  return standingOf(findings, overrides).open.filter((one) => one.rule === rule);
}

test("finalising is refused with the very list that the text shows, and goes on once nothing blocks", async () => {
  await write({ permittedUses: [], duration: "P0D", legalBases: [] });
  const { findings } = await checkDocument(team.founder, team.step);
  const list = blocking(findings, "finalising");
  expect(list.map((one) => one.sentence)).toEqual(["V04-none", "V11-duration", "V25"]);
  await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject({
    reason: "findings-block-finalising",
    values: { findings: list },
  });
  expect(await stateOf()).toBe("negotiation");
  await write({ duration: "P12M" });
  await completeText(team);
  await agreeForAll(team.step);
  await finaliseDocument(team.founder, team.step);
  expect(await stateOf()).toBe("finalised");
});

test("a form that is sent past the page gets the same list in words, with the way to each place", async () => {
  await write({ permittedUses: [] });
  const asked = { cookie: await cookieOf(team.founder), method: "POST" as const };
  const response = await pages.ask(`/jits/${team.reference}/agreement/finalise`, asked);
  expect(response.status).toBe(409);
  const page = await response.text();
  expect(page).toContain("The text was not finalised, because findings block it.");
  expect(page).toContain("The material may not be used for the purpose of the team itself. Choose that use.");
  expect(page).toContain(`href="/jits/${team.reference}/agreement#C14"`);
});

test("what blocks signature lets the text be finalised, and nobody be asked to sign it", async () => {
  await write({ parties: [{ state: "EG", approvalsNeeded: [{ body: "Ministry", status: "requested" }] }] });
  await agreeForAll(team.step);
  await finaliseDocument(team.founder, team.step);
  const signers = [await team.bring("kz", ["signatory"]), await team.bring("eg", ["signatory"])];
  const signatories = await Promise.all(signers.map((signer) => memberOf(db.owner, team.jit, signer)));
  await expect(openSigning(team.founder, { ...team.step, slots: signatoriesOnly(signatories) })).rejects.toMatchObject({
    reason: "findings-block-signature",
    values: { findings: [{ rule: "V41", values: { states: ["EG"] } }] },
  });
  expect(await database().signatureSlot.count({ where: { jitId: team.jit } })).toBe(0);
  expect(await stateOf()).toBe("finalised");
});

test("a leader overrides a warning with a reason: everybody sees it, and it stands in the trail", async () => {
  await write({ contentRetentionDays: 60 });
  const [finding] = await openFor(team.leader, "V31");
  const cookie = await cookieOf(team.leader);
  const form = { act: "override", document: team.document, rule: "V31", basis: finding!.basis!, reason: "" };
  const path = `/jits/${team.reference}/agreement?index`;
  const refused = await pages.ask(path, { cookie, method: "POST", form });
  expect(refused.status).toBe(422);
  expect(await openFor(team.founder, "V31")).toHaveLength(1);
  const done = await pages.ask(path, { cookie, method: "POST", form: { ...form, reason: "The courts need 60 days." } });
  expect(done.status).toBe(200);
  expect(await openFor(team.founder, "V31")).toEqual([]);
  const { overrides } = await readChecking(team.founder, team.step);
  expect(overrides).toMatchObject([{ rule: "V31", reason: "The courts need 60 days.", state: "KZ" }]);
  const { rows } = await db.owner.query(
    `SELECT e.body::jsonb ->> 'action' AS action, e.body::jsonb -> 'facts' ->> 'rule' AS rule, e.body, d.details::text
       FROM audit.entry e JOIN audit.detail d ON d.log = e.log AND d.seq = e.seq WHERE e.log = $1 ORDER BY e.seq DESC LIMIT 1`,
    [team.jit],
  );
  expect(rows[0]).toMatchObject({ action: "finding.override", rule: "V31" });
  expect(rows[0].details).toContain("The courts need 60 days.");
  expect(rows[0].body).not.toContain("The courts need 60 days.");
});

test("an override lapses when the thing it overrode changes, and a second leader cannot override it twice", async () => {
  await write({ contentRetentionDays: 60 });
  const [finding] = await openFor(team.leader, "V31");
  const input = { ...team.step, rule: "V31", basis: finding!.basis!, reason: "Agreed" };
  await overrideFinding(team.leader, input);
  await write({ escalation: "Another field changes." });
  expect(await openFor(team.leader, "V31")).toEqual([]);
  await expect(overrideFinding(team.leader, input)).rejects.toThrow("already-there");
  await write({ contentRetentionDays: 90 });
  expect(await openFor(team.leader, "V31")).toHaveLength(1);
  await expect(overrideFinding(team.leader, input)).rejects.toThrow("finding-gone");
});

test("an override is taken back with a reason, and can be given again", async () => {
  await write({ contentRetentionDays: 60 });
  const [finding] = await openFor(team.leader, "V31");
  const input = { ...team.step, rule: "V31", basis: finding!.basis!, reason: "Agreed" };
  await expect(takeBackOverride(team.leader, input)).rejects.toThrow("finding-gone");
  await overrideFinding(team.leader, input);
  await takeBackOverride(team.leader, { ...input, reason: "The courts changed their rule." });
  expect(await openFor(team.founder, "V31")).toHaveLength(1);
  await expect(takeBackOverride(team.leader, input)).rejects.toThrow("finding-gone");
  const [entry] = await entriesOf(db.owner, team.jit, "finding.takeBackOverride");
  expect(entry?.details).toMatchObject({ reason: "The courts changed their rule." });
  await overrideFinding(team.leader, input);
  expect(await openFor(team.founder, "V31")).toEqual([]);
});

test("nobody else overrides, and nothing that blocks is overridden", async () => {
  await write({ contentRetentionDays: 60, permittedUses: [] });
  const [finding] = await openFor(team.leader, "V31");
  const input = { ...team.step, rule: "V31", basis: finding!.basis!, reason: "Agreed" };
  const negotiator = await team.bring("eg", ["lead_negotiator"]);
  for (const person of [team.founder, negotiator, await team.bring("eg", ["member"])]) {
    await expect(overrideFinding(person, input)).rejects.toThrow(Forbidden);
  }
  const stranger = await addColleague(db.owner, team.offices.nl);
  await expect(overrideFinding(stranger, input)).rejects.toThrow(NotFound);
  await expect(overrideFinding(team.leader, { ...input, rule: "V25" })).rejects.toThrow("finding-blocks");
  expect(await database().findingOverride.count({ where: { jitId: team.jit } })).toBe(0);
});

test("what was overridden is kept: no row changes or goes, not even for the runtime itself", async () => {
  await write({ contentRetentionDays: 60 });
  const [finding] = await openFor(team.leader, "V31");
  await overrideFinding(team.leader, { ...team.step, rule: "V31", basis: finding!.basis!, reason: "Agreed" });
  await expect(db.owner.query("UPDATE finding_override SET reason = 'x'")).rejects.toThrow("append-only");
  await expect(db.owner.query("DELETE FROM finding_override")).rejects.toThrow("append-only");
});
