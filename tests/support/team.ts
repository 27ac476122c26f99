import type pg from "pg";
import type { Actor } from "#app/domain/actor.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { acceptInvitation } from "#app/domain/jits/accepting.server.ts";
import { foundJit } from "#app/domain/jits/founding.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { addParty } from "#app/domain/jits/parties.server.ts";
import type { GlobalRole, JitRole } from "#app/domain/roles.ts";
import { now } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";

type Row = Record<string, unknown>;

/** Inserts a row of what belongs to no team, with its entry in the trail. */
async function insert(owner: pg.Pool, table: string, row: Row): Promise<void> {
  const client = await owner.connect();
  try {
    const columns = Object.keys(row);
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(", ")})`,
      Object.values(row),
    );
    await client.query("SELECT audit.append($1, $2, '{}')", [
      platformLog,
      { actor: { system: true }, action: "person.add" },
    ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

export type Office = { id: string; state: string | null; timeZone: string };

export async function addOffice(owner: pg.Pool, state: string | null, timeZone = "UTC"): Promise<Office> {
  const id = newId();
  await insert(owner, "authority", {
    id,
    state,
    kind: "prosecution",
    names: { en: `Prosecution ${state ?? "organisation"}` },
    languages: ["en"],
    time_zone: timeZone,
    created_at: now(),
  });
  return { id, state, timeZone };
}

let people = 0;

/** Someone with an account at the office; `email` tells who it is. */
export async function addColleague(
  owner: pg.Pool,
  office: Office,
  {
    email = `person-${++people}@exercise.example`,
    globalRoles = [] as GlobalRole[],
    name = "Ayşe Őz",
    latinName = `Person ${people}`,
  } = {},
): Promise<Actor & { email: string }> {
  const id = newId();
  await insert(owner, "person", {
    id,
    email,
    name,
    latin_name: latinName,
    function: "prosecutor",
    authority_id: office.id,
    languages: ["en"],
    global_roles: globalRoles,
    time_zone: office.timeZone,
    created_at: now(),
  });
  return { personId: id, sessionId: null, authorityId: office.id, state: office.state, globalRoles, email };
}

export type Colleague = Awaited<ReturnType<typeof addColleague>>;
export type Team = {
  jit: string;
  reference: string;
  offices: { kz: Office; eg: Office; nl: Office; unodc: Office };
  /** ids of the parties by State */
  parties: { kz: string; eg: string };
  founder: Colleague;
  /** Brings a new person into the team with the roles: by invitation, as the product does it. */
  bring(
    state: "kz" | "eg" | "unodc",
    roles: JitRole[],
    names?: { name: string; latinName: string },
  ): Promise<Colleague>;
};

/** Offices of three States and an organisation, and a team of two of them. */
export async function foundTeam(owner: pg.Pool): Promise<Team> {
  const offices = {
    kz: await addOffice(owner, "KZ", "Asia/Almaty"),
    eg: await addOffice(owner, "EG", "Africa/Cairo"),
    nl: await addOffice(owner, "NL", "Europe/Amsterdam"),
    unodc: await addOffice(owner, null, "Europe/Vienna"),
  };
  const founder = await addColleague(owner, offices.kz, { globalRoles: ["national_coordinator"] });
  const { id: jit, reference } = await foundJit(founder, { names: { en: "SAIGA" }, summary: "", exercise: true });
  const { id: eg } = await addParty(founder, { jit, authority: offices.eg.id, nationalCase: "4471/2025" });
  const own = await owner.query("SELECT id FROM party WHERE jit_id = $1 AND state = 'KZ'", [jit]);
  const parties = { kz: own.rows[0].id as string, eg };
  const bring: Team["bring"] = async (state, roles, names) => {
    const person = await addColleague(owner, offices[state], names);
    const party = state === "unodc" ? parties.kz : parties[state];
    const { token } = await inviteMember(founder, { jit, party, email: person.email, roles, capacity: "" });
    await acceptInvitation(person, { token });
    return person;
  };
  return { jit, reference, offices, parties, founder, bring };
}

/** Id of the person's row in the list of members. */
export async function memberOf(owner: pg.Pool, jit: string, person: { personId: string }): Promise<string> {
  const { rows } = await owner.query("SELECT id FROM member WHERE jit_id = $1 AND person_id = $2", [
    jit,
    person.personId,
  ]);
  return rows[0].id;
}

/** Assigns the document to the person, or takes it away again. */
export async function assign(
  owner: pg.Pool,
  { jit, document, person, assigned }: { jit: string; document: string; person: Colleague; assigned: boolean },
): Promise<void> {
  const member = await memberOf(owner, jit, person);
  const client = await owner.connect();
  try {
    await client.query("BEGIN");
    await client.query("DELETE FROM document_assignment WHERE member_id = $1 AND document_id = $2", [member, document]);
    if (assigned)
      await client.query("INSERT INTO document_assignment VALUES ($1, $2, $3, now())", [document, member, jit]);
    await client.query("SELECT audit.append($1, $2, '{}')", [
      jit,
      { actor: { system: true }, action: "document.assign" },
    ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

/** Moves the arrangement to a state behind the product's back, where a test is about what follows from the state. */
export async function setState(
  owner: pg.Pool,
  jit: string,
  state: string,
  expiresAt: Date | null = null,
): Promise<string> {
  const client = await owner.connect();
  try {
    await client.query("BEGIN");
    const { rows } = await client.query("SELECT id FROM document WHERE jit_id = $1", [jit]);
    const id: string = rows[0]?.id ?? newId();
    if (!rows[0]) {
      await client.query(
        `INSERT INTO document (id, jit_id, kind, state, template, created_at, state_since)
         VALUES ($1, $2, 'agreement', $3, 'none', now(), now())`,
        [id, jit, state],
      );
      await client.query("INSERT INTO document_recorded (document_id, up_to) VALUES ($1, 0)", [id]);
    }
    await client.query("UPDATE document SET state = $2, expires_at = $3, in_force_at = $4 WHERE id = $1", [
      id,
      state,
      expiresAt,
      expiresAt && now(),
    ]);
    await client.query("SELECT audit.append($1, $2, '{}')", [
      jit,
      { actor: { system: true }, action: "document.start" },
    ]);
    await client.query("COMMIT");
    return id;
  } finally {
    client.release();
  }
}
