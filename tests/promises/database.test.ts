import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { newId } from "#app/platform/ids.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type LivedTeam, livedTeam } from "#tests/support/lived-team.ts";
import { sqlOfModels } from "#tests/support/model-sql.ts";
import { addColleague } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: LivedTeam;
let runtime: pg.Pool;
/** two people not in the team, a slot not signed, a member without slot, a text not sealed: free places for new rows */
let free: Record<
  | "person"
  | "other"
  | "slot"
  | "member"
  | "signedSlot"
  | "signature"
  | "original"
  | "anchor"
  | "frozen"
  | "task"
  | "meeting"
  | "line",
  string
> & { actions: string[]; rounds: string[] };

beforeAll(async () => {
  fresh = await freshDatabase();
  team = await livedTeam(fresh.owner);
  runtime = new pg.Pool({ connectionString: fresh.url, max: 2 });
  const outsider = await addColleague(fresh.owner, team.offices.nl);
  const one = async (sql: string) => (await fresh.owner.query(sql, [team.jit])).rows[0].id as string;
  free = {
    person: outsider.personId,
    other: (await addColleague(fresh.owner, team.offices.nl)).personId,
    slot: await one(
      "SELECT id FROM signature_slot s WHERE jit_id = $1 AND NOT EXISTS (SELECT 1 FROM signature g WHERE g.slot_id = s.id)",
    ),
    member: await one(
      "SELECT id FROM member m WHERE jit_id = $1 AND NOT EXISTS (SELECT 1 FROM signature_slot s WHERE s.member_id = m.id)",
    ),
    signedSlot: await one("SELECT slot_id AS id FROM signature WHERE jit_id = $1"),
    signature: newId(),
    original: newId(),
    anchor: newId(),
    frozen: newId(),
    task: newId(),
    meeting: newId(),
    line: newId(),
    actions: [newId(), newId(), newId()],
    rounds: [newId(), newId()],
  };
  const clause = newId();
  await asOwner(
    `INSERT INTO library_clause VALUES ('${clause}', 'CL-001', now());
     INSERT INTO library_version VALUES ('${clause}', 1, 'other', 't', '{}', 's', '', 't', NULL, now());
     INSERT INTO library_standing (clause_id, retired, reason, person_id, at)
       VALUES ('${clause}', true, 'r', '${free.person}', now());
     INSERT INTO treaty_status VALUES ('SN', 1, 'no', NULL, '{}', 's', '2026-11-01', '${free.person}', now());
     INSERT INTO session (id, person_id, created_at, last_seen_at, expires_at, device) VALUES ('s', '${free.person}', now(), now(), now(), '');
     INSERT INTO passkey VALUES ('p', '${free.person}', '', 0, 'n', '{}', false, now());
     INSERT INTO totp VALUES ('${free.person}', '', 's', now());
     INSERT INTO recovery_code VALUES ('c', '${free.person}', now());
     INSERT INTO factor_notice VALUES ('${newId()}', '${free.person}', 'cleared', now());
     INSERT INTO password_link (id, person_id, token_hash, made_at, expires_at) VALUES ('${newId()}', '${free.person}', 't', now(), now());
     INSERT INTO document_assignment VALUES ('${team.document}', '${free.member}', '${team.jit}', now());
     INSERT INTO signature SELECT '${free.signature}', jit_id, '${free.slot}', person_id, manifest, signature, key_id, signed_at
       FROM signature WHERE jit_id = '${team.jit}';
     INSERT INTO signature_withdrawal SELECT id, jit_id, person_id, 'r', now() FROM signature WHERE slot_id = '${free.signedSlot}';
     INSERT INTO slot_delegation VALUES ('${free.slot}', '${team.jit}', '${free.member}', '${free.member}', 'm', now());
     INSERT INTO paper_original SELECT v.id, '${team.jit}', '${free.slot}', v.turn, '', 'image/png', 's', 1, 'n', 'c', 'p', '2026-11-01', '${free.member}', now()
       FROM (VALUES ('${free.original}'::uuid, 1), ('${newId()}'::uuid, 2)) AS v (id, turn);
     INSERT INTO paper_check SELECT id, jit_id, 'refused', '${free.member}', (SELECT party_id FROM signature_slot WHERE id = slot_id), NULL, 'r', now()
       FROM paper_original WHERE turn = 2;
     INSERT INTO trust_anchor SELECT '${free.anchor}', jit_id, id, '', 'f', 's', 'P-256', now(), now(), 'x', '${free.member}', now() FROM party WHERE jit_id = '${team.jit}' LIMIT 1;
     INSERT INTO anchor_step VALUES ('${free.anchor}', 'approved', '${team.jit}', '${free.member}', '', now());
     INSERT INTO pdf_revision SELECT frozen_text_id, 0, jit_id, '', '', now() FROM signature_slot WHERE id = '${free.slot}';
     INSERT INTO pdf_checkout SELECT '${newId()}', jit_id, frozen_text_id, id, 0, now(), now() FROM signature_slot WHERE id = '${free.slot}';
     INSERT INTO outside_signature SELECT id, jit_id, slot_id, '${free.anchor}', 'late', '', '', 0, '', '', NULL, now() FROM signature WHERE slot_id = '${free.signedSlot}' LIMIT 1;
     INSERT INTO approval SELECT '${newId()}', jit_id, id, 'b', 'asked', '', '2026-11-01', '${free.member}', now() FROM party WHERE jit_id = '${team.jit}' LIMIT 1;
     INSERT INTO sealed_pdf SELECT id, jit_id, '', 0, '', '', now() FROM frozen_text WHERE jit_id = '${team.jit}';
     INSERT INTO frozen_text SELECT '${free.frozen}', jit_id, document_id, 98, canonical, digest, head, frozen_at, NULL
       FROM frozen_text WHERE jit_id = '${team.jit}';
     INSERT INTO task (id, jit_id, number, column_id, order_key, title, time_zone, priority, handling, moved_at, added_at, added_by_id)
       SELECT '${free.task}', c.jit_id, 98, c.id, 'a0', 't', 'UTC', 'low', 'OPEN-JIT', now(), now(), '${free.member}'
         FROM board_column c WHERE c.jit_id = '${team.jit}' LIMIT 1;
     INSERT INTO task_step VALUES ('${newId()}', '${free.task}', '${team.jit}', 's');
     INSERT INTO task_comment VALUES ('${newId()}', '${free.task}', '${team.jit}', '${free.member}', 'c', now());
     INSERT INTO task_link VALUES ('${free.task}', 'clause', 'C14', '${team.jit}');
     INSERT INTO task_change VALUES ('${newId()}', '${free.task}', '${team.jit}', '{}', '{}', '{}');
     INSERT INTO member_notice (id, jit_id, version, kind, given_at, holds_from, list, digest)
       VALUES ('${newId()}', '${team.jit}', 98, 'signed', now(), now(), '[]', '');
     INSERT INTO plan_row (id, jit_id, kind, code, values, handling, added_at, added_by_id)
       VALUES ('${free.line}', '${team.jit}', 'line', 'A', '{}', 'OPEN-JIT', now(), '${free.member}');
     INSERT INTO plan_row (id, jit_id, kind, code, line_id, values, handling, added_at, added_by_id)
       SELECT id::uuid, '${team.jit}', 'action', code, '${free.line}', '{}', 'OPEN-JIT', now(), '${free.member}'
         FROM (VALUES ('${free.actions[0]}', 'A1'), ('${free.actions[1]}', 'A2'), ('${free.actions[2]}', 'A3')) AS a (id, code);
     INSERT INTO plan_wait VALUES ('${free.actions[0]}', '${free.actions[1]}', '${team.jit}');
     INSERT INTO plan_round SELECT r.id::uuid, '${team.jit}', r.number, encode(sha256('x'), 'hex'), now(), now(), NULL
       FROM (VALUES ('${free.rounds[0]}', 97), ('${free.rounds[1]}', 98)) AS r (id, number);
     INSERT INTO plan_approval SELECT '${newId()}', jit_id, '${free.rounds[0]}', encode(sha256('x'), 'hex'), id, '${free.member}', now()
       FROM party WHERE jit_id = '${team.jit}' ORDER BY position LIMIT 1;
     INSERT INTO plan_version VALUES ('${newId()}', '${team.jit}', 98, '${free.rounds[0]}', encode(sha256('x'), 'hex'), 'x', now());
     INSERT INTO plan_day_word SELECT '${newId()}', jit_id, 98, '2026-12-03', id, '${free.member}', 'go', '', '${newId()}', NULL, now()
       FROM party WHERE jit_id = '${team.jit}' LIMIT 1;
     INSERT INTO decision VALUES ('${newId()}', '${team.jit}', 98, 't', 'w', 'r', '', '2026-11-01', 'UTC', now(), ARRAY['${newId()}'::uuid], '{}', '{}', '{}', NULL, now(), '${free.member}');
     INSERT INTO clause_comparison VALUES ('${newId()}', '${team.jit}', '${team.document}', '${free.person}', 'C05', 'ar', 'd', now());
     INSERT INTO meeting VALUES ('${free.meeting}', '${team.jit}', 98, NULL);
     INSERT INTO meeting_edition VALUES ('${free.meeting}', 1, '${team.jit}', '{}', now(), now() + interval '1 hour', now(), '${free.member}');
     INSERT INTO finding_override VALUES ('${newId()}', '${team.jit}', '${team.document}', '${free.person}', 'V31', 'b', 'r', now())`,
    [platformLog, team.jit],
  );
});
afterAll(async () => {
  await runtime.end();
  await fresh.drop();
});

/** SQLSTATE of the first statement that is refused, "committed" when none is; nothing stays. */
async function outcome(pool: pg.Pool, sql: string, logs: readonly string[] = []): Promise<string> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query(sql);
    for (const log of logs)
      await client.query("SELECT audit.append($1, $2, '{}')", [
        log,
        { actor: { system: true }, action: "x", facts: {} },
      ]);
    // What COMMIT would check, without keeping what was done.
    await client.query("SET CONSTRAINTS ALL IMMEDIATE");
    return "committed";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

async function asOwner(sql: string, logs: readonly string[]): Promise<void> {
  const client = await fresh.owner.connect();
  try {
    await client.query("BEGIN");
    await client.query(sql);
    for (const log of logs)
      await client.query("SELECT audit.append($1, $2, '{}')", [
        log,
        { actor: { system: true }, action: "x", facts: {} },
      ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

/** Not records of what people did: counters, what stands open for minutes, the code of the first start, and the edit history with its own entries. */
const exempt = [
  "_prisma_migrations",
  "rate_limit",
  "setup_code",
  // Open for minutes; what comes of them has its entry.
  "webauthn_challenge",
  "half_sign_in",
  "document_update",
  "document_client",
  "document_snapshot",
  "document_recorded",
];

/** Their entries go to the log of what belongs to no team. */
const platformTables = [
  "authority",
  "person",
  "session",
  "password_link",
  "passkey",
  "totp",
  "recovery_code",
  "factor_notice",
  "library_clause",
  "library_version",
  "library_standing",
  "treaty_status",
];

/** What a copy of a row must differ in to be another row. */
const anew: Record<string, () => object> = {
  person: () => ({ email: "x@exercise.example" }),
  jit: () => ({ reference: "JIT-2099-999" }),
  party: () => ({ state: "ZZ", position: 99 }),
  member: () => ({ person_id: free.person }),
  password_link: () => ({ token_hash: "other" }),
  totp: () => ({ person_id: free.other }),
  recovery_code: () => ({ code_hash: "other" }),
  invitation: () => ({ token_hash: "other" }),
  document_assignment: () => ({ member_id: null }),
  frozen_text: () => ({ version: 99 }),
  signature_slot: () => ({ member_id: free.member }),
  signature: () => ({ turn: 99 }),
  signature_withdrawal: () => ({ signature_id: free.signature }),
  slot_delegation: () => ({ slot_id: free.signedSlot }),
  paper_original: () => ({ turn: 99 }),
  trust_anchor: () => ({}),
  anchor_step: () => ({ kind: "revoked" }),
  pdf_revision: () => ({ number: 99 }),
  pdf_checkout: () => ({}),
  outside_signature: () => ({ signature_id: free.signature }),
  paper_check: () => ({ original_id: free.original, signature_id: null }),
  sealed_pdf: () => ({ frozen_text_id: free.frozen }),
  assent: () => ({ id: 999_999 }),
  member_notice: () => ({ version: 99 }),
  clause_comparison: () => ({ language: "zh" }),
  finding_override: () => ({ basis: "other" }),
  library_clause: () => ({ reference: "CL-999" }),
  library_version: () => ({ number: 99 }),
  library_standing: () => ({ id: 999_999 }),
  treaty_status: () => ({ number: 99 }),
  task: () => ({ number: 99 }),
  task_link: () => ({ reference: "C99" }),
  plan_row: () => ({ code: "B98" }),
  plan_wait: () => ({ after_id: free.actions[2] }),
  plan_round: () => ({ number: 99 }),
  plan_approval: () => ({ round_id: free.rounds[1] }),
  plan_version: () => ({ number: 99, round_id: free.rounds[1] }),
  plan_day_word: () => ({ number: 99, key: newId() }),
  decision: () => ({ number: 99 }),
  meeting: () => ({ number: 99 }),
  meeting_edition: () => ({ edition: 99 }),
};

async function businessTables(): Promise<string[]> {
  const { rows } = await fresh.owner.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
        AND table_name <> ALL ($1) ORDER BY 1`,
    [exempt],
  );
  return rows.map(({ name }) => name);
}

async function statementsFor(table: string): Promise<{ insert: string; update: string; remove: string }> {
  const { rows } = await fresh.owner.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
    [table],
  );
  const columns = rows.map(({ name }) => name);
  const where = columns.includes("jit_id") ? `jit_id = '${team.jit}'` : table === "jit" ? `id = '${team.jit}'` : "true";
  const one = `ctid = (SELECT ctid FROM ${table} WHERE ${where} LIMIT 1)`;
  const differs = JSON.stringify({ ...(columns.includes("id") ? { id: newId() } : {}), ...anew[table]?.() });
  const copy = `INSERT INTO ${table} SELECT (jsonb_populate_record(NULL::${table}, to_jsonb(t) || '${differs}')).* FROM ${table} t WHERE t.${one}`;
  const otherMember = `INSERT INTO ${table} SELECT document_id, (SELECT id FROM member WHERE jit_id = a.jit_id AND id <> a.member_id LIMIT 1), jit_id, assigned_at FROM ${table} a`;
  return {
    insert: table === "document_assignment" ? otherMember : copy,
    update: `UPDATE ${table} SET ${columns.map((name) => `"${name}" = "${name}"`).join(", ")} WHERE ${one}`,
    remove: `DELETE FROM ${table} WHERE ${one}`,
  };
}

describe("nothing unaudited", () => {
  test("a change of any business table without an entry, or with one elsewhere, does not commit", async () => {
    const tables = await businessTables();
    expect(tables.length).toBeGreaterThanOrEqual(13);
    for (const table of tables) {
      const { rowCount } = await fresh.owner.query(`SELECT 1 FROM ${table} LIMIT 1`);
      expect(rowCount, `${table} needs a row to try on: put one in above`).toBe(1);
      const { insert, update, remove } = await statementsFor(table);
      const ofPlatform = platformTables.includes(table);
      const right = ofPlatform ? platformLog : team.jit;
      const wrong = ofPlatform ? team.jit : platformLog;
      expect(await outcome(fresh.owner, insert), `insert ${table}`).toBe("JIT01");
      expect(await outcome(fresh.owner, insert, [wrong]), `insert ${table}, entry elsewhere`).toBe("JIT01");
      const ownLog = table === "jit" ? [JSON.parse(insert.match(/'(\{.*\})'/)![1]!).id as string] : [right];
      expect(await outcome(fresh.owner, insert, ownLog), `insert ${table}, with its entry`).toBe("committed");
      const changed = await outcome(fresh.owner, update);
      expect(["JIT01", "JIT02"], `update ${table}: ${changed}`).toContain(changed);
      if (changed === "JIT01") {
        expect(await outcome(fresh.owner, update, [wrong]), `update ${table}, entry elsewhere`).toBe("JIT01");
        expect(await outcome(fresh.owner, update, [right]), `update ${table}, with its entry`).toBe("committed");
      }
      // 23503 and 23001: something still hangs on the row.
      const removed = await outcome(fresh.owner, remove);
      expect(["JIT01", "JIT02", "23503", "23001"], `delete ${table}: ${removed}`).toContain(removed);
    }
  });

  test("every business table carries the deferred trigger for insert, update and delete", async () => {
    const { rows } = await fresh.owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname = 'audited' AND t.tgdeferrable AND t.tginitdeferred AND t.tgenabled = 'O'
          AND (t.tgtype & 28) = 28 AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual(await businessTables());
  });

  test("an entry of an earlier transaction does not count", async () => {
    await asOwner("SELECT 1", [team.jit]);
    expect(await outcome(fresh.owner, `UPDATE jit SET summary = 'x' WHERE id = '${team.jit}'`)).toBe("JIT01");
  });

  test("a row that moves to another team needs an entry in both", async () => {
    const other = await livedTeam(fresh.owner);
    const move = `UPDATE invitation SET jit_id = '${other.jit}' WHERE jit_id = '${team.jit}'`;
    expect(await outcome(fresh.owner, move, [other.jit])).toBe("JIT01");
    expect(await outcome(fresh.owner, move, [team.jit])).toBe("JIT01");
    expect(await outcome(fresh.owner, move, [team.jit, other.jit].sort())).toBe("committed");
  });

  test("what moves without an entry: when a session was last seen, how far a text is written, use of a factor", async () => {
    expect(await outcome(fresh.owner, "UPDATE passkey SET counter = 1, last_used_at = now()")).toBe("committed");
    expect(await outcome(fresh.owner, "UPDATE totp SET last_step = 1, sealed = sealed")).toBe("committed");
    expect(await outcome(fresh.owner, "UPDATE session SET last_seen_at = now()")).toBe("committed");
    expect(await outcome(fresh.owner, "UPDATE document SET head = head")).toBe("committed");
    expect(await outcome(fresh.owner, "UPDATE document_recorded SET up_to = up_to")).toBe("committed");
  });

  test("no commit without it, through a real COMMIT as the product's login", async () => {
    const client = await runtime.connect();
    await client.query("BEGIN");
    await client.query("UPDATE jit SET summary = 'quietly' WHERE id = $1", [team.jit]);
    await expect(client.query("COMMIT")).rejects.toMatchObject({ code: "JIT01" });
    client.release();
    const { rows } = await fresh.owner.query("SELECT summary FROM jit WHERE id = $1", [team.jit]);
    expect(rows[0].summary).toBe("");
  });
});

const denied = "42501";
const trailTables = ["audit.head", "audit.entry", "audit.detail"];
const attempts: [string, string][] = [
  ...trailTables.flatMap((table): [string, string][] => [
    [`INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`, denied],
    [`UPDATE ${table} SET log = log`, denied],
    [`DELETE FROM ${table}`, denied],
    [`TRUNCATE ${table}`, denied],
    [`ALTER TABLE ${table} DISABLE TRIGGER ALL`, denied],
    [`DROP TABLE ${table}`, denied],
    [`CREATE TRIGGER mine BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION audit.refuse()`, denied],
  ]),
  ["UPDATE document_update SET bytes = bytes", denied],
  ["DELETE FROM document_update", denied],
  ["TRUNCATE document_update", denied],
  ["UPDATE document_client SET person_id = person_id", denied],
  ["DELETE FROM document_snapshot", denied],
  ["UPDATE frozen_text SET canonical = canonical", denied],
  ["UPDATE frozen_text SET digest = digest", denied],
  ["DELETE FROM frozen_text", denied],
  ["UPDATE plan_round SET digest = digest", denied],
  ["UPDATE plan_approval SET digest = digest", denied],
  ["UPDATE plan_version SET canonical = canonical", denied],
  ["UPDATE plan_day_word SET word = word", denied],
  ["DELETE FROM plan_approval", denied],
  ["DELETE FROM plan_day_word", denied],
  ["UPDATE signature SET manifest = manifest", denied],
  ["DELETE FROM signature", denied],
  ["DELETE FROM signature_slot", denied],
  ["DELETE FROM jit", denied],
  ["DELETE FROM member", denied],
  ["DELETE FROM person", denied],
  ["ALTER TABLE jit DISABLE TRIGGER audited", denied],
  ["DROP TRIGGER audited ON jit", denied],
  ["SET session_replication_role = replica", denied],
  ["SET ROLE postgres", denied],
  ["SET SESSION AUTHORIZATION postgres", denied],
  ["CREATE OR REPLACE FUNCTION audit.clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'", denied],
  ["ALTER FUNCTION audit.append RESET search_path", denied],
  ["CREATE TABLE public.mine (id int)", denied],
  ["CREATE SCHEMA mine", denied],
  ["SELECT * FROM _prisma_migrations", denied],
];

describe("the product's login", () => {
  test.each(attempts)("may not %s", async (sql, code) => {
    expect(await outcome(runtime, sql)).toBe(code);
  });

  test("owns nothing, and holds these rights and no others", async () => {
    const owned = await fresh.owner.query(
      "SELECT relname FROM pg_class WHERE relowner IN (SELECT oid FROM pg_roles WHERE rolname IN ('jit_app', 'jit_runtime'))",
    );
    expect(owned.rows).toEqual([]);
    const { rows } = await fresh.owner.query<{ privilege: string; tables: string[] }>(
      `SELECT privilege_type AS privilege, array_agg(table_schema || '.' || table_name ORDER BY 1)::text[] AS tables
         FROM information_schema.role_table_grants
        WHERE grantee IN ('jit_runtime', 'jit_app', 'PUBLIC') AND table_schema IN ('public', 'audit')
          AND privilege_type NOT IN ('SELECT') GROUP BY 1 ORDER BY 1`,
    );
    const may = Object.fromEntries(rows.map(({ privilege, tables }) => [privilege, tables]));
    expect(Object.keys(may)).toEqual(["DELETE", "INSERT", "UPDATE"]);
    expect([...(may.DELETE ?? [])].sort()).toEqual([
      "public.document_assignment",
      "public.half_sign_in",
      "public.passkey",
      "public.plan_wait",
      "public.rate_limit",
      "public.recovery_code",
      "public.setup_code",
      "public.task_link",
      "public.task_step",
      "public.totp",
      "public.webauthn_challenge",
    ]);
    expect([...(may.INSERT ?? []), ...(may.UPDATE ?? [])].filter((table) => table.startsWith("audit."))).toEqual([]);
    expect(may.UPDATE).not.toContain("public.document_update");
    expect(may.UPDATE).not.toContain("public.signature");
  });

  test("cannot choose the time, the number or the digest of an entry", async () => {
    const client = await runtime.connect();
    try {
      await client.query("BEGIN");
      await client.query("SELECT set_config('audit.instant', '2001-01-01T00:00:00Z', true)");
      const forged = {
        actor: { system: true },
        action: "x",
        facts: {},
        seq: 1,
        at: "2001-01-01T00:00:00.000Z",
        log: platformLog,
        v: 9,
      };
      const { rows } = await client.query("SELECT * FROM audit.append($1, $2, '{}')", [team.jit, forged]);
      expect(Math.abs(Date.now() - rows[0].at.getTime())).toBeLessThan(60_000);
      const stored = await client.query("SELECT body FROM audit.entry WHERE log = $1 AND seq = $2", [
        team.jit,
        rows[0].seq,
      ]);
      expect(JSON.parse(stored.rows[0].body)).toMatchObject({
        v: 1,
        log: team.jit,
        seq: Number(rows[0].seq),
        at: rows[0].at.toISOString(),
      });
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });

  test("a temporary type of the name of one the functions use changes nothing", async () => {
    const sql = `CREATE TEMP TABLE jsonb (x int); CREATE TEMP TABLE entry (x int);
      SELECT audit.append('${team.jit}', '{"actor": {}, "action": "x", "facts": {}}'::pg_catalog.jsonb, '{"a": 1}'::pg_catalog.jsonb)`;
    expect(await outcome(runtime, sql)).toBe("committed");
  });

  test("the owner may give an entry a past; that is how exercise teams get theirs", async () => {
    const client = await fresh.owner.connect();
    await client.query("BEGIN");
    await client.query("SELECT set_config('audit.instant', '2024-03-01T09:00:00Z', true)");
    const { rows } = await client.query("SELECT * FROM audit.append($1, $2, '{}')", [
      team.jit,
      { actor: {}, action: "x", facts: {} },
    ]);
    await client.query("ROLLBACK");
    client.release();
    expect(rows[0].at.toISOString()).toBe("2024-03-01T09:00:00.000Z");
  });
});

describe("even the owner, without switching triggers off,", () => {
  test.each([
    "UPDATE audit.entry SET body = body",
    "DELETE FROM audit.entry",
    "TRUNCATE audit.entry",
    "DELETE FROM audit.head",
    "TRUNCATE audit.head",
    "UPDATE audit.detail SET details = details",
    "TRUNCATE audit.detail",
    "UPDATE document_update SET bytes = bytes",
    "DELETE FROM document_update",
    "TRUNCATE document_update",
    "UPDATE signature SET manifest = manifest",
    "DELETE FROM signature_withdrawal",
    "UPDATE slot_delegation SET mandate = mandate",
    "UPDATE paper_original SET bytes = bytes",
    "DELETE FROM paper_check",
    "UPDATE trust_anchor SET der = der",
    "DELETE FROM anchor_step",
    "UPDATE pdf_revision SET bytes = bytes",
    "DELETE FROM pdf_checkout",
    "UPDATE outside_signature SET bytes = bytes",
    "UPDATE approval SET status = status",
    "DELETE FROM signature",
    "UPDATE frozen_text SET canonical = 'x'",
    "DELETE FROM frozen_text",
    "DELETE FROM member_role",
    "DELETE FROM jit",
  ])("is refused: %s", async (sql) => {
    expect(await outcome(fresh.owner, sql)).toBe("JIT02");
  });

  test("ends the life of a frozen text once, and only that", async () => {
    const end = "UPDATE frozen_text SET superseded_at = now()";
    expect(await outcome(fresh.owner, end, [team.jit])).not.toBe("JIT02");
    expect(await outcome(fresh.owner, `${end}; UPDATE frozen_text SET superseded_at = NULL`, [team.jit])).toBe("JIT02");
  });
});

test("two who append at once wait for each other: numbers without gap, and a rollback leaves none", async () => {
  const [a, b] = [await fresh.owner.connect(), await fresh.owner.connect()];
  const append = (client: pg.PoolClient) =>
    client.query("SELECT seq FROM audit.append($1, $2, '{}')", [team.jit, { actor: {}, action: "x", facts: {} }]);
  await a.query("BEGIN");
  await b.query("BEGIN");
  const first = Number((await append(a)).rows[0].seq);
  const second = append(b);
  await a.query("ROLLBACK");
  expect(Number((await second).rows[0].seq)).toBe(first);
  await b.query("ROLLBACK");
  a.release();
  b.release();
});

test("the migrations make the tables that the models describe", async () => {
  const sql = await sqlOfModels(fresh.ownerUrl);
  expect(sql).toContain('CREATE TABLE "authority"');
  await fresh.owner.query("CREATE DATABASE drift_of_models TEMPLATE template0");
  const url = new URL(fresh.ownerUrl);
  url.pathname = "drift_of_models";
  const modelled = new pg.Pool({ connectionString: url.href, max: 1 });
  try {
    await modelled.query(sql);
    expect(await shapeOf(fresh.owner)).toEqual(await shapeOf(modelled));
  } finally {
    await modelled.end();
    await fresh.owner.query("DROP DATABASE drift_of_models");
  }
});

/** Columns, keys and indexes of the business tables. What only SQL can say (triggers, grants) is tested above. */
async function shapeOf(pool: pg.Pool): Promise<Record<string, string[]>> {
  const read = async (sql: string) => (await pool.query<{ line: string }>(sql)).rows.map(({ line }) => line);
  return {
    columns: await read(
      `SELECT concat_ws(' ', table_name, column_name, udt_name, character_maximum_length, datetime_precision, is_nullable, column_default) AS line
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1`,
    ),
    constraints: await read(
      `SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS line FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f') AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1`,
    ),
    indexes: await read(
      `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`,
    ),
  };
}
