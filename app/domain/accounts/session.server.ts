import { createHash, randomBytes } from "node:crypto";
import { type Adapter, type DatabaseSession, type DatabaseUser, Lucia, TimeSpan } from "lucia";
import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { database, pool, type Query, queryOf, queryOfClient } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import type { GlobalRole } from "../roles.ts";
import type { Level } from "./levels.ts";

/*
 * Sessions. The only file that knows Lucia 3.2.2, which is no longer maintained: it can be taken out here in an hour.
 * What Lucia does not do is done here: only the SHA-256 of the token is stored, a session ends after twelve hours
 * whatever happens, every minute of work counts as activity, and no error of the database is taken for a sign-out.
 * Time is ours alone. Lucia deletes what it takes for expired, with no entry in the trail, which the database refuses:
 * the next page after a long lunch would be an error. So it is told that sessions never expire.
 */
const minute = 60_000;
export const idleMinutes = 30;
export const absoluteHours = 12;
const sessionsAPerson = 5;

/** The person behind a valid session, with what every page needs. */
export type SignedIn = {
  actor: Actor;
  name: string;
  latinName: string;
  email: string;
  authorityName: string;
  language: string;
  theme: string;
  timeZone: string;
};

type Attributes = {
  lastSeenAt: Date;
  endsAt: Date;
};
type PersonAttributes = Omit<SignedIn, "actor"> & {
  authorityId: string;
  state: string | null;
  globalRoles: GlobalRole[];
};

declare module "lucia" {
  interface Register {
    Lucia: ReturnType<typeof luciaOver>;
    DatabaseSessionAttributes: Attributes;
    DatabaseUserAttributes: PersonAttributes;
  }
}

type Row = PersonAttributes & { id: string; personId: string; lastSeenAt: Date; endsAt: Date };

const readSession = `
  SELECT s.id, s.person_id AS "personId", s.last_seen_at AS "lastSeenAt", s.expires_at AS "endsAt",
         p.name, p.latin_name AS "latinName", p.email, p.language, p.theme, p.time_zone AS "timeZone",
         p.global_roles AS "globalRoles", p.authority_id AS "authorityId", a.state, a.names ->> 'en' AS "authorityName"
    FROM session s JOIN person p ON p.id = s.person_id JOIN authority a ON a.id = p.authority_id
   WHERE s.revoked_at IS NULL AND p.disabled_at IS NULL`;

const never = new Date(8.64e15);

function sessionOf({ id, personId, lastSeenAt, endsAt }: Row): DatabaseSession {
  return { id, userId: personId, expiresAt: never, attributes: { lastSeenAt, endsAt } };
}

function withUser(row: Row | undefined): [DatabaseSession | null, DatabaseUser | null] {
  return row ? [sessionOf(row), { id: row.personId, attributes: row }] : [null, null];
}

/** Rows are never deleted: a session that has ended stays as a record of when. */
function adapterOver(query: Query): Adapter {
  const end = async (condition: string, value: unknown) => {
    await query(
      `WITH ended AS (UPDATE session SET revoked_at = $2::timestamptz WHERE ${condition} AND revoked_at IS NULL RETURNING id)
       SELECT pg_notify('session', id)::text FROM ended`,
      [value, now()],
    );
  };
  return {
    getSessionAndUser: async (id) => {
      const [row] = await query<Row>(`${readSession} AND s.id = $1`, [id]);
      return withUser(row);
    },
    getUserSessions: async (person) =>
      (await query<Row>(`${readSession} AND s.person_id = $1::uuid ORDER BY s.created_at`, [person])).map(sessionOf),
    setSession: async ({ id, userId, attributes }) => {
      const { device, level } = attributes as Attributes & { device: string; level: Level };
      await query(
        `INSERT INTO session (id, person_id, created_at, last_seen_at, expires_at, device, level)
         VALUES ($1, $2::uuid, $3::timestamptz, $3::timestamptz, $4::timestamptz, $5, $6)`,
        [id, userId, attributes.lastSeenAt, attributes.endsAt, device, level],
      );
    },
    updateSessionExpiration: async () => {},
    deleteSession: (id) => end("id = $1", id),
    deleteUserSessions: (person) => end("person_id = $1::uuid", person),
    deleteExpiredSessions: async () => {},
  };
}

async function touch(query: Query, ids: readonly string[]): Promise<void> {
  await query("UPDATE session SET last_seen_at = $2::timestamptz WHERE id = ANY ($1::text[]) AND revoked_at IS NULL", [
    ids,
    now(),
  ]);
}

function luciaOver(query: Query) {
  return luciaWith(adapterOver(query));
}

function luciaWith(adapter: Adapter) {
  return new Lucia(adapter, {
    sessionExpiresIn: new TimeSpan(absoluteHours, "h"),
    sessionCookie: {
      name: cookieName(),
      attributes: { secure: isSecure(), sameSite: "lax", path: "/" },
    },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  });
}

function isSecure(): boolean {
  return config().PUBLIC_ORIGIN.startsWith("https:");
}

/** With the prefix a browser takes the cookie only from this very host, over https. */
export function cookieName(): string {
  return isSecure() ? "__Host-jit-session" : "jit-session";
}

/** What is stored of a token: a copy of the table opens nothing. */
export function hashOfToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

// 256 bits in base64url. Lucia's own reader decodes every cookie of the host and fails at one it cannot decode.
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

function tokenIn(cookieHeader: string | null): string | null {
  const start = `${cookieName()}=`;
  const pair = (cookieHeader ?? "").split(/;\s*/).find((one) => one.startsWith(start));
  const token = pair?.slice(start.length) ?? "";
  return tokenShape.test(token) ? token : null;
}

/** The person whose session cookie this is, or null. Asks the database each time: an ended session ends at once. */
export async function findSignedIn(cookieHeader: string | null): Promise<SignedIn | null> {
  return (await findAllSignedIn([cookieHeader]))[0] ?? null;
}

/** `findSignedIn` for several cookies in one question; the answers in their order. */
export async function findAllSignedIn(cookieHeaders: readonly (string | null)[]): Promise<(SignedIn | null)[]> {
  const ids = cookieHeaders.map((header) => {
    const token = tokenIn(header);
    return token && hashOfToken(token);
  });
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return ids.map(() => null);
  const query = queryOfClient(pool());
  const rows = await query<Row>(`${readSession} AND s.id = ANY ($1::text[])`, [wanted]);
  const found = new Map(rows.map((row) => [row.id, row]));
  const lucia = luciaWith({ ...adapterOver(query), getSessionAndUser: async (id) => withUser(found.get(id)) });
  const at = now();
  const signedIn = new Map<string, SignedIn>();
  const quiet: string[] = [];
  for (const id of found.keys()) {
    const { session, user } = await lucia.validateSession(id);
    if (!session || hasEnded(session, at)) continue;
    if (at.getTime() - session.lastSeenAt.getTime() > minute) quiet.push(id);
    signedIn.set(id, signedInAs(id, user));
  }
  if (quiet.length > 0) await touch(query, quiet);
  return ids.map((id) => (id === null ? null : (signedIn.get(id) ?? null)));
}

function signedInAs(session: string, user: PersonAttributes & { id: string }): SignedIn {
  const { authorityId, state, globalRoles, name, latinName, email, authorityName, language, theme, timeZone } = user;
  return {
    actor: { personId: user.id, sessionId: session, authorityId, state, globalRoles },
    name,
    latinName,
    email,
    authorityName,
    language,
    theme,
    timeZone,
  };
}

function hasEnded({ endsAt, lastSeenAt }: Attributes, at: Date): boolean {
  return endsAt <= at || at.getTime() - lastSeenAt.getTime() >= idleMinutes * minute;
}

/**
 * Starts a session inside the transaction that records the sign-in; ends the person's oldest when there are more than
 * five. Returns the cookie to set, which alone holds the token.
 */
export async function startSession(
  query: Query,
  person: string,
  device: string,
  level: Level = "password",
): Promise<{ id: string; cookie: string }> {
  const lucia = luciaOver(query);
  const token = randomBytes(32).toString("base64url");
  const id = hashOfToken(token);
  const at = now();
  const endsAt = new Date(at.getTime() + absoluteHours * 60 * minute);
  const attributes = { lastSeenAt: at, endsAt, device: device.slice(0, 200), level };
  await lucia.createSession(person, attributes, { sessionId: id });
  const all = await lucia.getUserSessions(person);
  const alive = all.filter((session) => !hasEnded(session, at));
  const kept = new Set(alive.slice(-sessionsAPerson));
  for (const session of all) if (!kept.has(session)) await lucia.invalidateSession(session.id);
  return { id, cookie: lucia.createSessionCookie(token).serialize() };
}

/** Ends one session; whoever listens on the channel "session" cuts its sockets. */
export function endSession(query: Query, id: string): Promise<void> {
  return luciaOver(query).invalidateSession(id);
}

export function endSessionsOf(query: Query, person: string): Promise<void> {
  return luciaOver(query).invalidateUserSessions(person);
}

/** Ends every session of the person but one. Returns the ids of those it ended. */
export async function endOtherSessionsOf(query: Query, person: string, kept: string | null): Promise<string[]> {
  const lucia = luciaOver(query);
  const others = (await lucia.getUserSessions(person)).filter(({ id }) => id !== kept);
  for (const { id } of others) await lucia.invalidateSession(id);
  return others.map(({ id }) => id);
}

/** The cookie that makes the browser forget. */
export function blankCookie(): string {
  return luciaOver(queryOf(database())).createBlankSessionCookie().serialize();
}

/** Which of these sessions are alive. Asking does not count as activity. */
export async function livingSessions(query: Query, ids: readonly string[]): Promise<Set<string>> {
  const at = now();
  const rows = await query<{ id: string }>(
    `SELECT s.id FROM session s JOIN person p ON p.id = s.person_id
      WHERE s.id = ANY ($1::text[]) AND s.revoked_at IS NULL AND p.disabled_at IS NULL AND s.expires_at > $2::timestamptz
        AND s.last_seen_at > $3::timestamptz`,
    [ids, at, new Date(at.getTime() - idleMinutes * minute)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Typing in a text is activity, though no page is asked for. */
export function countAsActive(query: Query, session: string): Promise<void> {
  return touch(query, [session]);
}
