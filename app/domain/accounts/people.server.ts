import { createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { isId, newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import { type Actor, visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { Email } from "../jits/invitations.ts";
import { line } from "../jits/wording.ts";
import { globalRoles } from "../roles.ts";
import { view } from "../view.server.ts";
import { spendAttempt } from "./attempts.server.ts";
import { hashPassword, passwordFits } from "./password.server.ts";
import { Password } from "./password.ts";
import { endSessionsOf } from "./session.server.ts";

const linkHours = 72;

export const AddPerson = z.object({
  email: Email,
  name: line(200),
  latinName: line(200),
  function: line(100),
  authority: z.string("required").refine(isId, "authority-unknown"),
  globalRoles: z.array(z.enum(globalRoles, "role-unknown")).optional().default([]),
});
export type AddPerson = z.infer<typeof AddPerson>;

export type PersonLine = {
  id: string;
  email: string;
  name: string;
  latinName: string;
  function: string;
  globalRoles: string[];
  authority: string;
  state: string | null;
  hasPassword: boolean;
  disabledAt: Date | null;
};

export function listPeople(actor: Actor): Promise<PersonLine[]> {
  return view(actor, "person.list", platform, async (db) => {
    const people = await db.person.findMany({ include: { authority: true }, orderBy: [{ latinName: "asc" }] });
    return people.map(({ passwordHash, authority, ...person }) => ({
      id: person.id,
      email: person.email,
      name: person.name,
      latinName: person.latinName,
      function: person.function,
      globalRoles: person.globalRoles,
      authority: (authority.names as Record<string, string>).en ?? "",
      state: authority.state,
      hasPassword: passwordHash !== null,
      disabledAt: person.disabledAt,
    }));
  });
}

/** One person as a row, before anybody has chosen a password. Shared by administration, set-up and invitations. */
export async function createPerson(
  tx: Transaction,
  input: AddPerson & { passwordHash?: string | null },
): Promise<{ id: string }> {
  const authority = await tx.authority.findUnique({ where: { id: input.authority } });
  if (!authority) throw new Invalid({ authority: "authority-unknown" });
  if (await tx.person.findUnique({ where: { email: input.email } })) throw new Invalid({ email: "email-taken" });
  const id = newId();
  await tx.person.create({
    data: {
      id,
      email: input.email,
      name: input.name,
      latinName: input.latinName,
      function: input.function,
      authorityId: authority.id,
      languages: authority.languages,
      globalRoles: ["practitioner", ...input.globalRoles.filter((role) => role !== "practitioner")],
      passwordHash: input.passwordHash ?? null,
      timeZone: authority.timeZone,
      createdAt: now(),
    },
  });
  return { id };
}

/** Adds a person and returns the token of the link with which only that person chooses a password. */
export function addPerson(actor: Actor, input: AddPerson): Promise<{ id: string; token: string }> {
  return change(actor, "person.add", platform, async (tx) => {
    const { id } = await createPerson(tx, input);
    const token = await makeLink(tx, id);
    return {
      result: { id, token },
      facts: { person: id, authority: input.authority, globalRoles: input.globalRoles },
      details: { email: input.email, name: input.name, latinName: input.latinName },
    };
  });
}

async function makeLink(tx: Transaction, person: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now().getTime() + linkHours * 3_600_000);
  await tx.passwordLink.create({
    data: { id: newId(), personId: person, tokenHash: hashOf(token), madeAt: now(), expiresAt },
  });
  return token;
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** A new link for someone who lost the password or never chose one. Earlier links no longer work. */
export function renewLink(actor: Actor, person: string): Promise<{ token: string }> {
  return change(actor, "person.change", platform, async (tx) => {
    await getPerson(tx, person);
    await tx.passwordLink.updateMany({ where: { personId: person, usedAt: null }, data: { usedAt: now() } });
    return { result: { token: await makeLink(tx, person) }, facts: { person, link: true } };
  });
}

export function disablePerson(actor: Actor, person: string): Promise<void> {
  if (person === actor.personId) throw new Conflict("own-account");
  return change(actor, "person.disable", platform, async (tx) => {
    await getPerson(tx, person);
    await tx.person.update({ where: { id: person }, data: { disabledAt: now() } });
    await endSessionsOf(queryOf(tx), person);
    return { result: undefined, facts: { person } };
  });
}

export function enablePerson(actor: Actor, person: string): Promise<void> {
  return change(actor, "person.change", platform, async (tx) => {
    await getPerson(tx, person);
    await tx.person.update({ where: { id: person }, data: { disabledAt: null } });
    return { result: undefined, facts: { person, enabled: true } };
  });
}

async function getPerson(tx: Transaction, person: string) {
  const found = isId(person) ? await tx.person.findUnique({ where: { id: person } }) : null;
  if (!found) throw new NotFound();
  return found;
}

/** Whose link this is, or null when it does not open anything any more. */
export function findLinkOwner(token: string): Promise<{ person: string; email: string } | null> {
  return view(visitor, "password.readLink", platform, async (db) => {
    const link = await db.passwordLink.findUnique({ where: { tokenHash: hashOf(token) }, include: { person: true } });
    if (!link || link.usedAt || link.expiresAt <= now() || link.person.disabledAt) return null;
    return { person: link.personId, email: link.person.email };
  });
}

/** Chooses the password through a link, once; every session of the person ends. Throws Conflict("link-used"). */
export async function choosePasswordByLink(input: { token: string; password: string }): Promise<{ email: string }> {
  const password = checkedPassword(input.password);
  if (!(await findLinkOwner(input.token))) throw new Conflict("link-used");
  const passwordHash = await hashPassword(password);
  return change(visitor, "password.chooseByLink", platform, async (tx) => {
    // The row's lock lets one of two people with the same link through.
    const used = await tx.passwordLink.updateMany({
      where: { tokenHash: hashOf(input.token), usedAt: null, expiresAt: { gt: now() } },
      data: { usedAt: now() },
    });
    if (used.count !== 1) throw new Conflict("link-used");
    const link = await tx.passwordLink.findUniqueOrThrow({ where: { tokenHash: hashOf(input.token) } });
    const person = await tx.person.update({ where: { id: link.personId }, data: { passwordHash } });
    await endSessionsOf(queryOf(tx), person.id);
    return { result: { email: person.email }, facts: { person: person.id } };
  });
}

function checkedPassword(password: string): string {
  const checked = Password.safeParse(password);
  if (!checked.success) throw new Invalid({ password: checked.error.issues[0]?.message ?? "password-too-short" });
  return checked.data;
}

/** Changes the own password: asks the one in use, ends every other session. */
export async function changePassword(actor: Actor, input: { current: string; password: string }): Promise<void> {
  const password = checkedPassword(input.password);
  const stored = await view(actor, "session.list", platform, (db) =>
    db.person.findUniqueOrThrow({ where: { id: actor.personId }, select: { passwordHash: true, email: true } }),
  );
  await spendAttempt("confirm", stored.email);
  if (!(await passwordFits(stored.passwordHash, input.current)))
    throw new Invalid({ current: "wrong-current-password" });
  const passwordHash = await hashPassword(password);
  return change(actor, "account.choosePassword", platform, async (tx) => {
    await tx.person.update({ where: { id: actor.personId }, data: { passwordHash } });
    await tx.$executeRaw`UPDATE session SET revoked_at = ${now()} WHERE person_id = ${actor.personId}::uuid
      AND id <> ${actor.sessionId ?? ""} AND revoked_at IS NULL`;
    await tx.$executeRaw`SELECT pg_notify('session', ${actor.personId})`;
    return { result: undefined, facts: { person: actor.personId } };
  });
}
