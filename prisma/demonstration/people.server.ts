import type { Actor } from "#app/domain/actor.ts";
import type { GlobalRole } from "#app/domain/roles.ts";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { demonstrationDomain } from "./accounts.ts";
import authorities from "./authorities.json" with { type: "json" };
import people from "./people.json" with { type: "json" };

export type Cast = {
  /** the person of a login, as if signed in */
  actor(login: string): Actor;
  /** id of an authority by its key */
  authority(key: string): string;
  email(login: string): string;
};

/**
 * Puts the invented authorities and people into an empty installation. They share one password, so it is hashed once.
 * Before there is a person nobody could ask for this, so it is the one part of the demonstration that no user did.
 */
export async function addCast(tx: Transaction, passwordHash: string): Promise<Cast> {
  const authorityIds = new Map(authorities.map(({ key }) => [key, newId()]));
  const authority = (key: string) => authorityIds.get(key) ?? fail(key);
  await tx.authority.createMany({
    data: authorities.map(({ key, state, kind, names, languages, timeZone }) => ({
      id: authority(key),
      state,
      kind,
      names,
      languages,
      timeZone,
      createdAt: now(),
    })),
  });
  const actors = new Map<string, Actor>();
  for (const person of people) {
    const office = authorities.find(({ key }) => key === person.authority) ?? fail(person.authority);
    const id = newId();
    await tx.person.create({
      data: {
        id,
        email: `${person.login}@${demonstrationDomain}`,
        name: person.name,
        latinName: person.latinName,
        function: person.function,
        authorityId: authority(person.authority),
        languages: person.languages,
        globalRoles: person.globalRoles,
        passwordHash,
        timeZone: office.timeZone,
        createdAt: now(),
      },
    });
    actors.set(person.login, {
      personId: id,
      sessionId: null,
      authorityId: authority(person.authority),
      state: office.state,
      globalRoles: person.globalRoles as GlobalRole[],
    });
  }
  return {
    actor: (login) => actors.get(login) ?? fail(login),
    authority,
    email: (login) => `${login}@${demonstrationDomain}`,
  };
}

function fail(what: string): never {
  throw new Error(`the demonstration data do not name ${what}`);
}
