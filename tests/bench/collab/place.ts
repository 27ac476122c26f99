import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { foundJit } from "#app/domain/jits/founding.server.ts";
import { readConfig } from "#app/platform/config.ts";
import { closeDatabase } from "#app/platform/database.server.ts";
import { type Embedded, startEmbedded } from "#app/platform/embedded.server.ts";
import { openEmbedded } from "#app/platform/start/database.ts";
import { asOwner, signInAs } from "#tests/support/account.ts";
import { addColleague, type Colleague, foundTeam, type Team } from "#tests/support/team.ts";
import { origin } from "./running.ts";
import { tables } from "./storage.ts";

export type Person = Colleague & { cookie: string };

export type OneTeam = { jit: string; person: Person };

/** One PostgreSQL that really stores, a team with people in it, and what the servers need to find them. */
export type Place = {
  owner: pg.Pool;
  opponents: pg.Pool;
  opponentsUrl: string;
  /** where opponents that keep nothing read a text from */
  folder: string;
  team: Team;
  /** members who may write */
  people: Person[];
  /** teams of one person, for many documents at once */
  teams(): Promise<OneTeam[]>;
  /** the document that others are copied from, and its first row */
  model: string;
  seed: Buffer;
  bring(): Promise<Person>;
  close(): Promise<void>;
  /** The same at once, when the run is broken off. */
  abandon(): void;
};

const peopleCount = 100;
const teamCount = 100;

export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "jit-bench-"));
  const embedded = await startEmbedded(join(folder, "database"));
  const end = async () => {
    await embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return await furnish(folder, embedded, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function furnish(folder: string, embedded: Embedded, end: () => Promise<void>): Promise<Place> {
  const settings = { ...readConfig({}), DATA_DIR: folder, DEMO: false };
  const { owner: ownerUrl, app } = await openEmbedded(
    embedded,
    settings,
    (_, work) => work(),
    async () => {},
  );
  const shared = { DATABASE_URL: "", DATABASE_APP_URL: app, DATA_DIR: folder, PUBLIC_ORIGIN: origin };
  Object.assign(process.env, shared, { LOG_LEVEL: "fatal" });
  const owner = steady(new pg.Pool({ connectionString: ownerUrl, max: 8 }));
  const opponentsUrl = await makeOpponents(embedded.url);
  const opponents = steady(new pg.Pool({ connectionString: opponentsUrl, max: 4 }));
  const team = await foundTeam(owner);
  const bring = async () => signIn(await team.bring("kz", ["lead_negotiator"]));
  const { model, seed } = await startText(owner, team);
  const people: Person[] = [];
  for (let n = 0; n < peopleCount; n++) people.push(await bring());
  const close = async () => {
    await closeDatabase();
    await Promise.all([owner.end(), opponents.end()]);
    await end();
  };
  let made: Promise<OneTeam[]> | undefined;
  const abandon = () => {
    embedded.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const teams = () => {
    made ??= foundTeams(owner, team);
    return made;
  };
  return { owner, opponents, opponentsUrl, folder, team, people, teams, model, seed, bring, close, abandon };
}

/** A connection that breaks is replaced, or its holder learns it from the next question: it does not end the run. */
function steady(pool: pg.Pool): pg.Pool {
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

async function startText(owner: pg.Pool, team: Team): Promise<{ model: string; seed: Buffer }> {
  await team.bring("eg", ["lead_negotiator"]);
  const { id: model } = await startDocument(team.founder, {
    jit: team.jit,
    instrumentKind: "agreement",
    duration: "P12M",
    referenceTimeZone: "UTC",
  });
  await openForNegotiation(team.founder, { jit: team.jit, document: model });
  const { rows } = await owner.query("SELECT bytes FROM document_update WHERE document_id = $1", [model]);
  return { model, seed: rows[0].bytes };
}

async function foundTeams(owner: pg.Pool, team: Team): Promise<OneTeam[]> {
  const teams: OneTeam[] = [];
  for (let n = 0; n < teamCount; n++) {
    const founder = await addColleague(owner, team.offices.kz, { globalRoles: ["national_coordinator"] });
    const { id: jit } = await foundJit(founder, { names: { en: "Team" }, summary: "", exercise: true });
    teams.push({ jit, person: await signIn(founder) });
  }
  return teams;
}

async function signIn(person: Colleague): Promise<Person> {
  return { ...person, cookie: (await signInAs(person)).cookie };
}

async function makeOpponents(server: string): Promise<string> {
  const url = new URL(server);
  const client = new pg.Client(server);
  await client.connect();
  await client.query("CREATE DATABASE opponents").finally(() => client.end());
  url.pathname = "opponents";
  const made = new pg.Client(url.href);
  await made.connect();
  await made.query(tables).finally(() => made.end());
  return url.href;
}

/** As if everybody had just opened a page: sessions do not end in a long run, and opening a text need not renew them. */
export async function keepSignedIn({ owner }: Place): Promise<void> {
  await asOwner(owner, "UPDATE session SET last_seen_at = now()");
}
