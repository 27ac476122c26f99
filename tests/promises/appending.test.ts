import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { findAccess } from "#app/domain/access.server.ts";
import { can } from "#app/domain/access.ts";
import { idleMinutes, livingSessions } from "#app/domain/accounts/session.server.ts";
import { appendBatch, Overtaken, type Part, type Refusal } from "#app/domain/documents/appending.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { recordEdits, recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { type DocumentState, documentStates, stateAt } from "#app/domain/documents/states.ts";
import { jitRoles } from "#app/domain/roles.ts";
import { now } from "#app/platform/clock.ts";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { asOwner, signInAs } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { assign, foundTeam, memberOf, setState, type Team } from "#tests/support/team.ts";

let db: FreshDatabase;
let team: Team;
let document: string;
let authors: Part["actor"][];
beforeAll(async () => {
  db = await freshDatabase();
  team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const started = await startDocument(team.founder, {
    jit: team.jit,
    instrumentKind: "agreement",
    duration: "P12M",
    referenceTimeZone: "UTC",
  });
  document = started.id;
  authors = [];
  for (const state of ["kz", "eg", "kz"] as const)
    authors.push((await signInAs(await team.bring(state, ["member"]))).actor);
});
afterAll(() => db.drop());

const hour = 3_600_000;
const instant = fc.constantFrom(-hour, hour);
const role = fc.record({
  role: fc.constantFrom(...jitRoles),
  from: fc.constantFrom(-2 * hour, hour),
  to: fc.option(instant),
  revoked: fc.boolean(),
});
const mostly = (value: boolean) => fc.constantFrom(value, value, value, !value);
const author = fc.record({
  roles: fc.array(role, { maxLength: 3 }),
  assigned: fc.boolean(),
  disabled: mostly(false),
  session: fc.constantFrom("alive", "alive", "none", "ended", "expired", "idle"),
});
type Author = (typeof author extends fc.Arbitrary<infer One> ? One : never) & object;

const after = (ms: number) => new Date(now().getTime() + ms);

async function make(actor: Part["actor"], { roles, assigned, disabled, session }: Author): Promise<void> {
  const { owner } = db;
  const member = await memberOf(owner, team.jit, actor);
  await assign(owner, { jit: team.jit, document, person: actor as never, assigned });
  const inTeam = async (sql: string, values: unknown[]) => {
    const client = await owner.connect();
    await client.query("BEGIN");
    await client.query(sql, values);
    await client.query("SELECT audit.append($1, $2, '{}')", [team.jit, { action: "member.changeRoles" }]);
    await client.query("COMMIT");
    client.release();
  };
  await inTeam("UPDATE member_role SET revoked_at = now() WHERE member_id = $1", [member]);
  for (const { role, from, to, revoked } of roles)
    await inTeam(
      `INSERT INTO member_role (id, member_id, jit_id, role, valid_from, valid_to, recorded_at, revoked_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now(), $6)`,
      [member, team.jit, role, after(from), to === null ? null : after(to), revoked ? now() : null],
    );
  await asOwner(owner, "UPDATE person SET disabled_at = $2 WHERE id = $1", [actor.personId, disabled ? now() : null]);
  await asOwner(owner, "UPDATE session SET revoked_at = $2, expires_at = $3, last_seen_at = $4 WHERE id = $1", [
    actor.sessionId,
    session === "ended" ? now() : null,
    after(session === "expired" ? -1_000 : hour),
    session === "idle" ? after(-idleMinutes * 60_000 - 1_000) : now(),
  ]);
}

/** What the questions that pages and doors ask would say. */
const nothingDecided = { endsEarly: false, suspendedFrom: null, suspendedUntil: null };

async function answerOf(actor: Part["actor"], described: Author, state: DocumentState, expires: Date | null) {
  const query = queryOfClient(pool());
  // Of someone whose account is disabled `livingSessions` knows no session at all: there only the session itself counts.
  const alive = described.disabled
    ? described.session === "alive"
    : actor.sessionId && (await livingSessions(query, [actor.sessionId])).has(actor.sessionId);
  if (actor.sessionId && !alive) return "session";
  const access = await findAccess(query, actor.personId, team.jit);
  if (!access) return "access";
  const subject = {
    documentId: document,
    documentState: stateAt({ ...nothingDecided, state, expiresAt: expires }, now()),
  };
  if (can(access, "document.edit", subject) === "yes") return "stored";
  return can(access, "document.read", subject) === "yes" ? "only-reads" : "access";
}

async function editOf(actor: Part["actor"]): Promise<{ part: Part; head: number }> {
  const { doc, head } = await rebuildWithHead(queryOfClient(pool()), { document, epoch: 1 });
  const before = Y.encodeStateVector(doc);
  doc.getMap("fields").set("place", `by ${actor.personId}`);
  return { part: { actor, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) }, head };
}

const batch = (head: number) => ({ document, epoch: 1, jit: team.jit, expected: head });

test("[C2] [C5] what the statement that stores says of an author is what can, the access and the session say, whatever they hold", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(author, author, author),
      fc.constantFrom(...documentStates),
      fc.option(instant),
      async (described, state, end) => {
        const expires = end === null ? null : after(end);
        await setState(db.owner, team.jit, state, expires);
        const parts: Part[] = [];
        const expected: (Refusal | "stored")[] = [];
        let at = 0;
        for (const [n, one] of described.entries()) {
          const signedIn = authors[n] as Part["actor"];
          await make(signedIn, one);
          const actor = one.session === "none" ? { ...signedIn, sessionId: null } : signedIn;
          expected.push(await answerOf(actor, one, state, expires));
          const { part, head } = await editOf(actor);
          parts.push(part);
          at = head;
        }
        const { head, refused } = await appendBatch(batch(at), parts);
        expect(parts.map((part) => refused.get(part) ?? "stored")).toEqual(expected);
        const { rows } = await db.owner.query(
          "SELECT author_id AS author FROM document_update WHERE document_id = $1 AND sequence > $2 ORDER BY sequence",
          [document, at],
        );
        const stored = parts.filter((part) => !refused.has(part)).map(({ actor }) => actor.personId);
        expect(rows.map((row) => row.author)).toEqual(stored);
        expect(head).toBe(at + stored.length);
        const standing = await db.owner.query("SELECT head FROM document WHERE id = $1", [document]);
        expect(standing.rows[0].head).toBe(head);
      },
    ),
    { numRuns: 60 },
  );
}, 120_000);

test("[C4] a client belongs to the first author who uses it, and nobody else's part under it is stored", async () => {
  await setState(db.owner, team.jit, "negotiation");
  const describe = { roles: [{ role: "lead_negotiator" as const, from: -hour, to: null, revoked: false }] };
  for (const actor of authors) await make(actor, { ...describe, assigned: false, disabled: false, session: "alive" });
  const [anna, boris, chen] = authors as [Part["actor"], Part["actor"], Part["actor"]];
  const { part: first, head } = await editOf(anna);
  const stolen: Part = { ...first, actor: boris };
  const own = (await editOf(chen)).part;
  const { refused, head: reached } = await appendBatch(batch(head), [first, stolen, own]);
  expect([refused.get(first), refused.get(stolen), refused.get(own)]).toEqual([undefined, "not-yours", undefined]);
  const again = await appendBatch(batch(reached), [{ ...own, actor: anna }]);
  expect([...again.refused.values()]).toEqual(["not-yours"]);
  // Who is refused for lack of a right binds nothing.
  await make(boris, { roles: [], assigned: false, disabled: false, session: "alive" });
  const { part: foreign } = await editOf(boris);
  expect([...(await appendBatch(batch(reached), [foreign])).refused.values()]).toEqual(["access"]);
  const bound = await db.owner.query("SELECT 1 FROM document_client WHERE client_id = $1", [foreign.clients[0]]);
  expect(bound.rowCount).toBe(0);
});

test("[C12] a batch that another one overtook stores nothing", async () => {
  const { part, head } = await editOf(authors[0] as Part["actor"]);
  await expect(appendBatch(batch(head - 1), [part])).rejects.toThrow(Overtaken);
  await expect(appendBatch({ ...batch(head), epoch: 2 }, [part])).rejects.toThrow(Overtaken);
  const { rows } = await db.owner.query("SELECT max(sequence) AS head FROM document_update WHERE document_id = $1", [
    document,
  ]);
  expect(rows[0].head).toBe(head);
});

test("[C3] nobody who types waits while what was written is named in the trail", async () => {
  await setState(db.owner, team.jit, "negotiation");
  const [anna] = authors as [Part["actor"]];
  await make(anna, {
    roles: [{ role: "lead_negotiator", from: -hour, to: null, revoked: false }],
    assigned: false,
    disabled: false,
    session: "alive",
  });
  const { part, head } = await editOf(anna);
  const { head: next } = await appendBatch(batch(head), [part]);
  const { part: more } = await editOf(anna);
  const naming = await pool().connect();
  await naming.query("BEGIN");
  try {
    expect(await recordEdits(queryOfClient(naming), { document, epoch: 1 })).toBeGreaterThan(0);
    // With the entries made and not committed: what waits for them now would wait for good.
    expect((await appendBatch(batch(next), [more])).head).toBe(next + 1);
    await naming.query("COMMIT");
  } finally {
    naming.release(true);
  }
  expect(await recordEditsNow({ document, epoch: 1 })).toBe(1);
  expect(await recordEditsNow({ document, epoch: 1 })).toBe(0);
});

test("[C5] a right that ends while the statement waits for its row is gone when it is stored", async () => {
  const actor = authors[0] as Part["actor"];
  const { part, head } = await editOf(actor);
  const member = await memberOf(db.owner, team.jit, actor);
  const other = await db.owner.connect();
  await other.query("BEGIN");
  await other.query("SELECT 1 FROM member WHERE id = $1 FOR UPDATE", [member]);
  const waiting = appendBatch(batch(head), [part]);
  const isWaiting = async () =>
    (
      await db.owner.query(
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%append_updates%'",
      )
    ).rowCount;
  await expect.poll(isWaiting).toBe(1);
  await other.query("UPDATE member_role SET revoked_at = now() WHERE member_id = $1", [member]);
  await other.query("SELECT audit.append($1, $2, '{}')", [team.jit, { action: "member.revoke" }]);
  await other.query("COMMIT");
  other.release();
  expect([...(await waiting).refused.values()]).toEqual(["access"]);
});
