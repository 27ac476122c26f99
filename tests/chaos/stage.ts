import { mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startSession } from "#app/domain/accounts/session.server.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { atInstant, now } from "#app/platform/clock.ts";
import { closeDatabase, queryOfClient } from "#app/platform/database.server.ts";
import { ensureRuntimeLogin, migrate } from "#prisma/migrate.ts";
import { type Colleague, foundTeam, type Team } from "#tests/support/team.ts";

export type SignedIn = Colleague & { cookie: string };
/** A team with a text in negotiation and everybody who will come to it. */
export type Desk = { team: Team; document: string; writers: SignedIn[]; leavers: SignedIn[]; reader: SignedIn };
export type Stage = { desks: Desk[]; owner: pg.Pool; appUrl: string };

/** How many come to each text: writers, and writers whose access is taken away in the run. */
export type Cast = { desks: number; writers: number; leavers: number };

/**
 * An empty database, the teams and their people, signed in. `server`: the superuser's address, through a way that stays
 * when PostgreSQL comes back on another port. Teams are made an hour ago: a server whose clock is slow must find them.
 */
export async function setStage(server: string, folder: string, cast: Cast): Promise<Stage> {
  const ownerUrl = at(server, "jit");
  await execute(server, "CREATE DATABASE jit");
  await migrate(ownerUrl);
  const appUrl = await ensureRuntimeLogin(ownerUrl, "jit_app", "runtime-login-of-the-run");
  const dataDir = join(folder, "data");
  mkdirSync(dataDir, { recursive: true });
  Object.assign(process.env, { DATABASE_URL: ownerUrl, DATABASE_APP_URL: ownerUrl, DATA_DIR: dataDir });
  process.env.LOG_LEVEL ??= "silent";
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on("error", () => {});
  const desks: Desk[] = [];
  for (let n = 0; n < cast.desks; n++) desks.push(await setDesk(owner, cast));
  await closeDatabase();
  process.env.DATABASE_APP_URL = appUrl;
  return { desks, owner, appUrl };
}

async function setDesk(owner: pg.Pool, { writers, leavers }: Cast): Promise<Desk> {
  const anHourAgo = new Date(now().getTime() - 3_600_000);
  const people = await atInstant(anHourAgo, async () => {
    const team = await foundTeam(owner);
    const { id: document } = await startDocument(team.founder, {
      jit: team.jit,
      instrumentKind: "agreement",
      duration: "P12M",
      referenceTimeZone: "UTC",
    });
    await team.bring("eg", ["lead_negotiator"]);
    await openForNegotiation(team.founder, { jit: team.jit, document });
    const bring = (roles: JitRole[], n: number) => team.bring(n % 2 === 0 ? "kz" : "eg", roles);
    const both = [];
    for (let n = 0; n < writers + leavers; n++) both.push(await bring(["lead_negotiator"], n));
    return { team, document, both, reader: await bring(["signatory"], 0) };
  });
  const signedIn = [];
  for (const person of people.both) signedIn.push(await signIn(owner, person));
  return {
    team: people.team,
    document: people.document,
    writers: signedIn.slice(0, writers),
    leavers: signedIn.slice(writers),
    reader: await signIn(owner, people.reader),
  };
}

async function signIn(owner: pg.Pool, person: Colleague): Promise<SignedIn> {
  const client = await owner.connect();
  try {
    await client.query("BEGIN");
    const { cookie } = await startSession(queryOfClient(client), person.personId, "chaos");
    const entry = { actor: { system: true }, action: "account.signIn" };
    await client.query("SELECT audit.append($1, $2, '{}')", [platformLog, entry]);
    await client.query("COMMIT");
    return { ...person, cookie: cookie.split(";")[0] as string };
  } finally {
    client.release();
  }
}

function at(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = database;
  return url.href;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
