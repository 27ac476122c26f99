import type pg from "pg";
import { platform } from "#app/domain/access.server.ts";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { findSignedIn, startSession } from "#app/domain/accounts/session.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { change } from "#app/domain/change.server.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { addColleague, type Colleague, type Office } from "./team.ts";

export const testPassword = "four grey herons at dawn";
let hash: Promise<string> | undefined;

/** Runs SQL behind the product's back, with an entry beside it so that the database lets it pass. */
export async function asOwner(
  owner: pg.Pool,
  sql: string,
  values: unknown[] = [],
  log: string = platformLog,
): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("BEGIN");
    await client.query(sql, values);
    await client.query("SELECT audit.append($1, $2, '{}')", [
      log,
      { actor: { system: true }, action: "person.change" },
    ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

/** Someone with an account and the password of the tests. */
export async function addAccount(
  owner: pg.Pool,
  office: Office,
  options: Parameters<typeof addColleague>[2] = {},
): Promise<Colleague> {
  const person = await addColleague(owner, office, options);
  hash ??= hashPassword(testPassword);
  await asOwner(owner, "UPDATE person SET password_hash = $2 WHERE id = $1", [person.personId, await hash]);
  return person;
}

/** What a browser sends back of a Set-Cookie line. */
export function sent(setCookie: string): string {
  return setCookie.split(";")[0] ?? "";
}

/** A session as `signIn` starts it, without the work of the password. */
export async function signInAs(person: Actor, device = "Firefox · Linux"): Promise<{ cookie: string; actor: Actor }> {
  const cookie = await change(person, "account.signIn", platform, async (tx) => ({
    result: sent((await startSession(queryOf(tx), person.personId, device)).cookie),
  }));
  const me = await findSignedIn(cookie);
  if (!me) throw new Error("the new session is not valid");
  return { cookie, actor: me.actor };
}
