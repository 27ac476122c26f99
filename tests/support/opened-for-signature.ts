import type pg from "pg";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { asOwner, testPassword } from "./account.ts";
import { agreeForAll } from "./agreeing.ts";
import { completeText } from "./complete-text.ts";
import { negotiate } from "./negotiation.ts";
import { type Colleague, foundTeam, memberOf } from "./team.ts";

/** A team whose text waits for so many people, of Kazakhstan and Egypt in turn, who have the password of the tests. */
export async function openedForSignature(owner: pg.Pool, count: number) {
  const team = await foundTeam(owner);
  await team.bring("eg", ["lead_negotiator"]);
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  await agreeForAll(step);
  const hash = await hashPassword(testPassword);
  const people: Colleague[] = [];
  while (people.length < count) {
    const person = await team.bring(people.length % 2 ? "eg" : "kz", ["signatory"]);
    await asOwner(owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [person.personId, hash]);
    people.push(person);
  }
  const { digest } = await finaliseDocument(team.founder, step);
  const signatories = await Promise.all(people.map((person) => memberOf(owner, team.jit, person)));
  await openSigning(team.founder, { ...step, slots: signatoriesOnly(signatories) });
  return { ...team, step, digest, people };
}
