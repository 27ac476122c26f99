import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import type { PaperManifest } from "#app/domain/signing/manifest.ts";
import { statementChallenge } from "#app/domain/signing/statement.ts";
import { type ConfirmPaperForm, confirmWithStepUp, signWithStepUp } from "#app/domain/signing/step-up.server.ts";
import { database } from "#app/platform/database.server.ts";
import { asOwner, signInAs, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { codeOf, withApp, withPasskey } from "#tests/support/second-factors.ts";
import { handIn, slotOf, slotsOf, teamWithSlots } from "#tests/support/slots.ts";

/* Whoever confirms the paper of another party proves to be there, as whoever signs does. */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
beforeEach(() => db.owner.query("DELETE FROM rate_limit"));
afterAll(() => db.drop());

/** Egypt handed in a paper; the officer of Kazakhstan has it before their eyes, and is signed in. */
async function paperBefore() {
  const team = await teamWithSlots(db.owner);
  const slot = await slotOf(team, "other");
  await handIn(team, "officerThere", slot);
  const officer = team.people.officer;
  const hash = await hashPassword(testPassword);
  await asOwner(db.owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [officer.personId, hash]);
  const { actor } = await signInAs(officer);
  const paper = (await slotsOf(team)).find(({ id }) => id === slot)?.paper;
  const place = { ...team.step, slot, party: team.parties.kz };
  const seen = { act: "confirm", sha256: paper!.sha256, shortDigest: team.digest.slice(0, 16), pages: 2 } as const;
  const confirm = (form: ConfirmPaperForm) => confirmWithStepUp(actor, place, form);
  const signed = () => database().signature.findFirst({ where: { slotId: slot } });
  return { team, actor, place, seen, confirm, signed };
}

test("an open session alone confirms nothing; password and code do, and the statement says so", async () => {
  const { team, actor, seen, confirm, signed } = await paperBefore();
  const by = { by: "code", password: testPassword } as const;
  await expect(confirm({ ...seen, ...by, code: "123456" })).rejects.toThrow("factor-needed");
  await expect(confirm({ ...seen, by: "passkey" })).rejects.toThrow("factor-needed");
  const { secret, used } = await withApp(actor);
  await expect(confirm({ ...seen, ...by, code: used })).rejects.toMatchObject({ problems: { code: "wrong-code" } });
  await expect(confirm({ ...seen, ...by, password: "not it", code: codeOf(secret) })).rejects.toMatchObject({
    problems: { password: "wrong-current-password" },
  });
  expect(await signed()).toBeNull();
  // What the officer reads wrong is said before the code is spent.
  const wrong = confirm({ ...seen, ...by, pages: 3, code: codeOf(secret) });
  await expect(wrong).rejects.toMatchObject({ problems: { pages: "paper-pages-differ" } });
  await confirm({ ...seen, ...by, code: codeOf(secret) });
  const { manifest, level, assertion } = (await signed())!;
  expect({ level, assertion }).toEqual({ level: null, assertion: null });
  expect((JSON.parse(manifest) as PaperManifest).confirmedBy).toMatchObject({ level: "code", party: "KZ" });
  expect((await verifyTrail(team.founder, team.jit)).verdict).toBe("intact");
});

test("the passkey of the officer answers for the very statement that is kept, and for no other act", async () => {
  const { team, actor, place, seen, confirm, signed } = await paperBefore();
  const { device } = await withPasskey(actor);
  const first = (await confirm({ ...seen, by: "passkey" })) as PasskeyAsk;
  expect(first.carry).toEqual({ ...seen, by: "answer", pages: "2" });
  const misused = { by: "answer", ask: first.ask, answer: device.answer(first) } as const;
  await expect(signWithStepUp(actor, { ...place, meaning: "I sign." }, misused)).rejects.toThrow("question-gone");
  const asked = (await confirm({ ...seen, by: "passkey" })) as PasskeyAsk;
  const lied = { ...seen, by: "answer", ask: asked.ask, answer: device.answer(asked, { verified: false }) } as const;
  await expect(confirm(lied)).rejects.toThrow("passkey-refused");
  expect(await signed()).toBeNull();
  const again = (await confirm({ ...seen, by: "passkey" })) as PasskeyAsk;
  await confirm({ ...seen, by: "answer", ask: again.ask, answer: device.answer(again) });
  const { manifest, assertion } = (await signed())!;
  expect((JSON.parse(manifest) as PaperManifest).confirmedBy.level).toBe("passkey");
  const { challenge } = JSON.parse(Buffer.from(JSON.parse(assertion!).clientDataJSON, "base64url").toString());
  expect(challenge).toBe(Buffer.from(await statementChallenge(manifest)).toString("base64url"));
  expect((await verifyTrail(team.founder, team.jit)).verdict).toBe("intact");
});
