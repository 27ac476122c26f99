import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { isId, newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { Email } from "../jits/invitations.ts";
import { line } from "../jits/wording.ts";
import { type GlobalRole, globalRoles } from "../roles.ts";
import { view } from "../view.server.ts";
import { clearFactors } from "./factors.server.ts";
import { closeLinks, makeLink } from "./password-links.server.ts";
import { endSessionsOf } from "./session.server.ts";

const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "language-unknown");
const GlobalRoles = z.array(z.enum(globalRoles, "role-unknown")).max(globalRoles.length).optional().default([]);

export const AddPerson = z.object({
  email: Email,
  name: line(200),
  latinName: line(200),
  function: line(100),
  authority: z.string("required").refine(isId, "authority-unknown"),
  globalRoles: GlobalRoles,
  /** languages the person works in; those of the authority when none is named */
  languages: z.array(languageTag).max(10, "too-long").optional(),
});
export type AddPerson = z.infer<typeof AddPerson>;

export const ChangeGlobalRoles = z.object({ globalRoles: GlobalRoles });

export type PersonLine = {
  id: string;
  email: string;
  name: string;
  latinName: string;
  function: string;
  globalRoles: string[];
  authority: string;
  state: string | null;
  languages: string[];
  hasPassword: boolean;
  disabledAt: Date | null;
};

export function listPeople(actor: Actor): Promise<PersonLine[]> {
  return view(actor, "person.list", platform, async (db) => {
    const people = await db.person.findMany({ include: { authority: true }, orderBy: [{ latinName: "asc" }] });
    return people.map(lineOf);
  });
}

export function getPerson(actor: Actor, person: string): Promise<PersonLine> {
  return view(actor, "person.list", platform, async (db) => lineOf(await rowOf(db, person)));
}

type PersonRow = Awaited<ReturnType<typeof rowOf>>;

async function rowOf(db: Transaction, id: string) {
  const found = isId(id) ? await db.person.findUnique({ where: { id }, include: { authority: true } }) : null;
  if (!found) throw new NotFound();
  return found;
}

function lineOf({ passwordHash, authority, ...person }: PersonRow): PersonLine {
  return {
    id: person.id,
    email: person.email,
    name: person.name,
    latinName: person.latinName,
    function: person.function,
    globalRoles: person.globalRoles,
    languages: person.languages,
    authority: (authority.names as Record<string, string>).en ?? "",
    state: authority.state,
    hasPassword: passwordHash !== null,
    disabledAt: person.disabledAt,
  };
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
      languages: input.languages?.length ? input.languages : authority.languages,
      globalRoles: withPractitioner(input.globalRoles),
      passwordHash: input.passwordHash ?? null,
      timeZone: authority.timeZone,
      createdAt: now(),
    },
  });
  return { id };
}

/** Everybody with an account is a practitioner. */
function withPractitioner(roles: readonly string[]): string[] {
  return ["practitioner", ...roles.filter((role) => role !== "practitioner")];
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

/**
 * Gives the person exactly these roles of the installation. Nobody takes the keeping of people from themselves, so one
 * who keeps them remains. Throws Conflict("own-role").
 */
export async function changeGlobalRoles(
  actor: Actor,
  input: { person: string; globalRoles: GlobalRole[] },
): Promise<void> {
  const { person, globalRoles } = input;
  if (person === actor.personId && !globalRoles.includes("user_admin")) throw new Conflict("own-role");
  return change(actor, "person.change", platform, async (tx) => {
    await stayAdministrator(tx, actor);
    const before = (await rowOf(tx, person)).globalRoles;
    const after = withPractitioner(globalRoles);
    await tx.person.update({ where: { id: person }, data: { globalRoles: after } });
    return { result: undefined, facts: { person, before, after } };
  });
}

/** Locks those who keep people: two who remove each other at once would leave nobody. Throws Forbidden. */
async function stayAdministrator(tx: Transaction, actor: Actor): Promise<void> {
  const keepers = await queryOf(tx)<{ id: string }>(
    "SELECT id FROM person WHERE 'user_admin' = ANY (global_roles) AND disabled_at IS NULL ORDER BY id FOR UPDATE",
    [],
  );
  if (!keepers.some(({ id }) => id === actor.personId)) throw new Forbidden();
}

/** A new link for someone who lost the password or never chose one. Earlier links no longer work. */
export function renewLink(actor: Actor, person: string): Promise<{ token: string }> {
  return change(actor, "person.change", platform, async (tx) => {
    const { disabledAt } = await rowOf(tx, person);
    if (disabledAt) throw new Conflict("account-closed");
    await closeLinks(tx, person);
    return { result: { token: await makeLink(tx, person) }, facts: { person, link: true } };
  });
}

/**
 * Takes every second factor from someone who has lost them all, and ends the sessions: the next sign-in needs the
 * password alone. Told to the person. Nobody does it for themselves: a session that was left open must not be enough.
 * Throws Conflict("own-factors").
 */
export async function clearFactorsOf(actor: Actor, person: string): Promise<void> {
  if (person === actor.personId) throw new Conflict("own-factors");
  return change(actor, "person.clearFactors", platform, async (tx) => {
    await rowOf(tx, person);
    const cleared = await clearFactors(tx, person);
    await endSessionsOf(queryOf(tx), person);
    return { result: undefined, facts: { person, ...cleared } };
  });
}

/** Closes the account: its sessions and links end at once. Throws Conflict("own-account"). */
export async function disablePerson(actor: Actor, person: string): Promise<void> {
  if (person === actor.personId) throw new Conflict("own-account");
  return change(actor, "person.disable", platform, async (tx) => {
    await stayAdministrator(tx, actor);
    await rowOf(tx, person);
    await tx.person.update({ where: { id: person }, data: { disabledAt: now() } });
    await closeLinks(tx, person);
    await endSessionsOf(queryOf(tx), person);
    return { result: undefined, facts: { person } };
  });
}

export function enablePerson(actor: Actor, person: string): Promise<void> {
  return change(actor, "person.change", platform, async (tx) => {
    await rowOf(tx, person);
    await tx.person.update({ where: { id: person }, data: { disabledAt: null } });
    return { result: undefined, facts: { person, enabled: true } };
  });
}
