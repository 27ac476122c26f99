import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addLeaf, emptyFrontier, type Hash, leafHash } from "#app/domain/audit/tree.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { describeJit } from "#app/domain/jits/founding.server.ts";
import { behindTheBack, type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type LivedTeam, livedTeam } from "#tests/support/lived-team.ts";

// The database is edited behind the product's back by someone who owns it and may switch off every trigger. Each team
// has lived, was sealed at its last check, and is then forged; the verdict must name the first entry that does not fit.
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest();
type Forge = (db: pg.PoolClient, team: LivedTeam, size: number) => Promise<unknown>;

async function sealedTeam(): Promise<{ team: LivedTeam; size: number }> {
  const team = await livedTeam(fresh.owner);
  expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  const { rows } = await fresh.owner.query("SELECT size FROM audit.head WHERE log = $1", [team.jit]);
  return { team, size: Number(rows[0].size) };
}

/** Makes the head fit whatever rows there are: what a careful forger would do. */
async function mendHead(db: pg.PoolClient, { jit }: LivedTeam): Promise<void> {
  const { rows } = await db.query<{ leaf: Buffer }>("SELECT leaf FROM audit.entry WHERE log = $1 ORDER BY seq", [jit]);
  let frontier = emptyFrontier;
  for (const row of rows) frontier = await addLeaf(sha256, frontier, row.leaf);
  await db.query("UPDATE audit.head SET size = $2, frontier = $3 WHERE log = $1", [jit, frontier.size, frontier.roots]);
}

/** Rewrites an entry with a leaf that fits its new text. */
async function rewrite(
  db: pg.PoolClient,
  { jit }: LivedTeam,
  seq: number,
  edit: (body: string) => string,
): Promise<void> {
  const { rows } = await db.query<{ body: string }>("SELECT body FROM audit.entry WHERE log = $1 AND seq = $2", [
    jit,
    seq,
  ]);
  const body = edit(rows[0]!.body);
  const leaf = await leafHash(sha256, new TextEncoder().encode(body));
  await db.query("UPDATE audit.entry SET body = $3, leaf = $4 WHERE log = $1 AND seq = $2", [jit, seq, body, leaf]);
}

/** Puts entry b where a stood and the other way round, leaves and bodies. */
const exchange: Forge = (db, { jit }) =>
  db.query(
    `UPDATE audit.entry e SET body = o.body, leaf = o.leaf, at = o.at FROM audit.entry o
      WHERE e.log = $1 AND o.log = $1 AND (e.seq, o.seq) IN ((4, 5), (5, 4))`,
    [jit],
  );

const renumber = (body: string, from: number, to: number) => body.replace(`"seq": ${from},`, `"seq": ${to},`);

async function removeAndResequence(db: pg.PoolClient, team: LivedTeam, gone: number, size: number): Promise<void> {
  await db.query("DELETE FROM audit.entry WHERE log = $1 AND seq = $2", [team.jit, gone]);
  await db.query("DELETE FROM audit.detail WHERE log = $1 AND seq = $2", [team.jit, gone]);
  for (let seq = gone + 1; seq <= size; seq++) {
    await db.query("UPDATE audit.entry SET seq = $3 WHERE log = $1 AND seq = $2", [team.jit, seq, seq - 1]);
    await db.query("UPDATE audit.detail SET seq = $3 WHERE log = $1 AND seq = $2", [team.jit, seq, seq - 1]);
    await rewrite(db, team, seq - 1, (body) => renumber(body, seq, seq - 1));
  }
  await mendHead(db, team);
}

const forgeries: [string, Forge, { entry: number | ((size: number) => number); reason: string }][] = [
  [
    "changes the text of an entry",
    (db, { jit }) =>
      db.query(`UPDATE audit.entry SET body = replace(body, '"party.add"', '"party.odd"') WHERE log = $1 AND seq = 2`, [
        jit,
      ]),
    { entry: 2, reason: "body-changed" },
  ],
  [
    "changes the digest of an entry",
    (db, { jit }) => db.query(`UPDATE audit.entry SET leaf = sha256(leaf) WHERE log = $1 AND seq = 3`, [jit]),
    { entry: 3, reason: "body-changed" },
  ],
  [
    "changes text and digest of an entry",
    (db, team) => rewrite(db, team, 3, (body) => body.replace('"member.invite"', '"member.revoke"')),
    { entry: 3, reason: "replaced" },
  ],
  [
    "changes text and digest of an entry and mends the head",
    async (db, team) => {
      await rewrite(db, team, 3, (body) => body.replace('"member.invite"', '"member.revoke"'));
      await mendHead(db, team);
    },
    { entry: 3, reason: "replaced" },
  ],
  [
    "changes the time of a row",
    (db, { jit }) => db.query(`UPDATE audit.entry SET at = at - interval '1 day' WHERE log = $1 AND seq = 6`, [jit]),
    { entry: 6, reason: "misplaced" },
  ],
  [
    "deletes an entry in the middle",
    (db, { jit }) => db.query("DELETE FROM audit.entry WHERE log = $1 AND seq = 5", [jit]),
    { entry: 5, reason: "missing" },
  ],
  [
    "deletes an entry in the middle, numbers the rest anew and mends the head",
    (db, team, size) => removeAndResequence(db, team, 5, size),
    { entry: 5, reason: "replaced" },
  ],
  [
    "deletes the tail",
    (db, { jit }, size) => db.query("DELETE FROM audit.entry WHERE log = $1 AND seq > $2", [jit, size - 3]),
    { entry: (size) => size - 2, reason: "missing" },
  ],
  [
    "deletes the tail and mends the head",
    async (db, team, size) => {
      await db.query("DELETE FROM audit.detail WHERE log = $1 AND seq > $2", [team.jit, size - 3]);
      await db.query("DELETE FROM audit.entry WHERE log = $1 AND seq > $2", [team.jit, size - 3]);
      await mendHead(db, team);
    },
    { entry: (size) => size - 2, reason: "cut" },
  ],
  ["exchanges two entries", exchange, { entry: 4, reason: "misplaced" }],
  [
    "exchanges two entries, numbers and times them anew and mends the head",
    async (db, team, size) => {
      const { rows } = await db.query<{ body: string; seq: string; at: Date }>(
        "SELECT body, seq, at FROM audit.entry WHERE log = $1 AND seq IN (4, 5) ORDER BY seq",
        [team.jit],
      );
      const [four, five] = rows as [(typeof rows)[0], (typeof rows)[0]];
      const at = (row: typeof four) => `"at": "${row.at.toISOString()}"`;
      await rewrite(db, team, 4, () => renumber(five.body, 5, 4).replace(at(five), at(four)));
      await rewrite(db, team, 5, () => renumber(four.body, 4, 5).replace(at(four), at(five)));
      await db.query(
        `UPDATE audit.detail SET seq = CASE seq WHEN 4 THEN 5 ELSE 4 END + $2::int WHERE log = $1 AND seq IN (4, 5)`,
        [team.jit, size],
      );
      await db.query("UPDATE audit.detail SET seq = seq - $2::int WHERE log = $1 AND seq > $2::int", [team.jit, size]);
      await mendHead(db, team);
    },
    { entry: 4, reason: "replaced" },
  ],
  [
    "puts in an entry at the end",
    (db, { jit }, size) =>
      db.query(
        `INSERT INTO audit.entry SELECT log, $2::bigint, at, body, leaf, xid FROM audit.entry WHERE log = $1 AND seq = $2::bigint - 1`,
        [jit, size + 1],
      ),
    { entry: (size) => size + 1, reason: "beyond-end" },
  ],
  [
    "puts in an entry at the end with a text that fits, and counts it in the head",
    async (db, team, size) => {
      await db.query(
        `INSERT INTO audit.entry SELECT log, $2::bigint, at, body, leaf, xid FROM audit.entry WHERE log = $1 AND seq = $2::bigint - 1`,
        [team.jit, size + 1],
      );
      await rewrite(db, team, size + 1, (body) => renumber(body, size, size + 1));
      await db.query("UPDATE audit.head SET size = size + 1 WHERE log = $1", [team.jit]);
    },
    { entry: (size) => size + 1, reason: "unsealed-changed" },
  ],
  [
    "puts in an entry in the middle",
    async (db, team, size) => {
      for (const table of ["entry", "detail"])
        await db.query(`UPDATE audit.${table} SET seq = -seq - 1 WHERE log = $1 AND seq >= 6`, [team.jit]);
      for (const table of ["entry", "detail"])
        await db.query(`UPDATE audit.${table} SET seq = -seq WHERE log = $1 AND seq < 0`, [team.jit]);
      for (let seq = 6; seq <= size; seq++) await rewrite(db, team, seq + 1, (body) => renumber(body, seq, seq + 1));
      await db.query(
        `INSERT INTO audit.entry SELECT log, 6, at, body, leaf, xid FROM audit.entry WHERE log = $1 AND seq = 5`,
        [team.jit],
      );
      await rewrite(db, team, 6, (body) => renumber(body, 5, 6));
      await mendHead(db, team);
    },
    { entry: 6, reason: "replaced" },
  ],
  [
    "empties the table of entries",
    (db) => db.query("CREATE TABLE kept_entry AS TABLE audit.entry; TRUNCATE audit.entry"),
    { entry: 1, reason: "missing" },
  ],
  [
    "empties the whole trail",
    (db) =>
      db.query(
        `CREATE TABLE kept_entry AS TABLE audit.entry; CREATE TABLE kept_head AS TABLE audit.head;
         CREATE TABLE kept_detail AS TABLE audit.detail; TRUNCATE audit.entry, audit.head, audit.detail`,
      ),
    { entry: 1, reason: "cut" },
  ],
  [
    "deletes the head",
    (db, { jit }) => db.query("DELETE FROM audit.head WHERE log = $1", [jit]),
    { entry: 1, reason: "cut" },
  ],
  [
    "changes the head",
    (db, { jit }) => db.query("UPDATE audit.head SET frontier[1] = sha256(frontier[1]) WHERE log = $1", [jit]),
    { entry: (size) => size, reason: "head-changed" },
  ],
  [
    "changes what was kept apart as details",
    (db, { jit }) =>
      db.query(
        `UPDATE audit.detail SET details = jsonb_set(details, '{nationalCase}', '"9999/2025"') WHERE log = $1 AND seq = 2`,
        [jit],
      ),
    { entry: 2, reason: "details-changed" },
  ],
  [
    "adds details to an entry that had none",
    (db, { jit }) =>
      db.query(`INSERT INTO audit.detail SELECT log, 4, salt, details FROM audit.detail WHERE log = $1 AND seq = 3`, [
        jit,
      ]),
    { entry: 4, reason: "details-invented" },
  ],
];

describe("someone who owns the database", () => {
  test.each(forgeries)("%s", async (_, forge, { entry, reason }) => {
    const { team, size } = await sealedTeam();
    await behindTheBack(fresh.owner, (db) => forge(db, team, size));
    try {
      const expected = typeof entry === "number" ? entry : entry(size);
      expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "broken", entry: expected, reason });
      // Nor is a forged trail sealed by the check.
      expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "broken" });
    } finally {
      await behindTheBack(fresh.owner, putBack);
    }
  });

  test("swaps in yesterday's copy", async () => {
    const { team, size } = await sealedTeam();
    await fresh.owner.query(
      `CREATE TABLE yesterday_entry AS SELECT * FROM audit.entry WHERE log = '${team.jit}';
       CREATE TABLE yesterday_head AS SELECT * FROM audit.head WHERE log = '${team.jit}'`,
    );
    for (const word of ["a", "b", "c"])
      await describeJit(team.founder, { jit: team.jit, names: { en: word }, summary: "" });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact", size: size + 3 });
    await behindTheBack(fresh.owner, (db) =>
      db.query(
        `DELETE FROM audit.entry WHERE log = '${team.jit}'; DELETE FROM audit.head WHERE log = '${team.jit}';
         DELETE FROM audit.detail WHERE log = '${team.jit}' AND seq > ${size};
         INSERT INTO audit.entry TABLE yesterday_entry; INSERT INTO audit.head TABLE yesterday_head`,
      ),
    );
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({
      verdict: "broken",
      entry: size + 1,
      reason: "cut",
    });
    // The team goes on writing over the gap; what was sealed still stands at its numbers.
    await describeJit(team.founder, { jit: team.jit, names: { en: "d" }, summary: "" });
    for (let n = 0; n < 4; n++) await describeJit(team.founder, { jit: team.jit, names: { en: `e${n}` }, summary: "" });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({
      verdict: "broken",
      entry: size + 1,
      reason: "replaced",
    });
  });

  test("rewrites an entry that was not sealed yet: it is said among which entries", async () => {
    const { team, size } = await sealedTeam();
    for (const word of ["a", "b", "c"])
      await describeJit(team.founder, { jit: team.jit, names: { en: word }, summary: "" });
    await behindTheBack(fresh.owner, (db) =>
      rewrite(db, team, size + 2, (body) => body.replace('"jit.describe"', '"party.add"')),
    );
    const verdict = await verifyTrail(team.founder, team.jit);
    expect(verdict).toMatchObject({ verdict: "broken", reason: "unsealed-changed" });
    const { entry, upTo } = verdict as { entry: number; upTo: number };
    expect(entry).toBeGreaterThan(size);
    expect(entry).toBeLessThanOrEqual(size + 2);
    expect(upTo).toBeGreaterThanOrEqual(size + 2);
  });

  test("rewrites what is kept outside the database", async () => {
    const { team } = await sealedTeam();
    const path = join(fresh.dataDir, "checkpoints", `${team.jit}.jsonl`);
    const kept = readFileSync(path, "utf8");
    const line = JSON.parse(kept.trim().split("\n").at(-1)!);
    writeFileSync(path, kept.replace(line.root, createHash("sha256").update(line.root).digest("hex")));
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "broken", reason: "seal-unsound" });
    writeFileSync(path, kept);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });
});

/** The record of a team, changed beneath a trail that is itself intact. `of`: the action whose entry must be named. */
const edits: [string, string, { of: string; nth?: number; reason: string } | { reason: string }][] = [
  [
    "the frozen text",
    "UPDATE frozen_text SET canonical = replace(canonical, 'Cairo', 'Minsk') WHERE jit_id = $1",
    { of: "document.finalise", reason: "frozen-changed" },
  ],
  [
    "the frozen text with its digest",
    `UPDATE frozen_text SET canonical = c, digest = encode(sha256(convert_to(c, 'UTF8')), 'hex')
       FROM (SELECT id AS of, replace(canonical, 'Cairo', 'Minsk') AS c FROM frozen_text) AS n WHERE id = n.of AND jit_id = $1`,
    { of: "document.finalise", reason: "frozen-changed" },
  ],
  [
    "the frozen text away",
    "DELETE FROM frozen_text WHERE jit_id = $1",
    { of: "document.finalise", reason: "frozen-missing" },
  ],
  [
    "a second frozen text in",
    `INSERT INTO frozen_text SELECT gen_random_uuid(), jit_id, document_id, 7, canonical, digest, head, frozen_at, NULL
       FROM frozen_text WHERE jit_id = $1`,
    { reason: "frozen-invented" },
  ],
  [
    "what a signatory signed",
    `UPDATE signature SET manifest = replace(manifest, 'Prosecutor', 'Minister') WHERE jit_id = $1`,
    { of: "signature.sign", reason: "signature-changed" },
  ],
  [
    "who signed",
    `UPDATE signature SET person_id = (SELECT person_id FROM member WHERE jit_id = $1 LIMIT 1) WHERE jit_id = $1`,
    { of: "signature.sign", reason: "signature-changed" },
  ],
  [
    "a signature away",
    "DELETE FROM signature WHERE jit_id = $1",
    { of: "signature.sign", reason: "signature-missing" },
  ],
  [
    "a signature in",
    `INSERT INTO signature SELECT gen_random_uuid(), s.jit_id, o.id, s.person_id, manifest, signature, key_id, signed_at
       FROM signature s, signature_slot o WHERE s.jit_id = $1 AND o.jit_id = $1 AND o.id <> s.slot_id`,
    { reason: "signature-invented" },
  ],
  [
    "who took a signature back",
    `INSERT INTO signature_withdrawal SELECT id, jit_id, person_id, 'r', now() FROM signature WHERE jit_id = $1`,
    { reason: "withdrawal-invented" },
  ],
  [
    "a paper in that nobody handed in",
    `INSERT INTO paper_original SELECT gen_random_uuid(), s.jit_id, s.id, 1, '', 'image/png', '', 1, 'n', 'c', 'p', '2026-11-01', s.member_id, now()
       FROM signature_slot s WHERE s.jit_id = $1 LIMIT 1`,
    { reason: "original-invented" },
  ],
  [
    "the text from the template",
    `UPDATE document_update SET bytes = bytes || '\\x00' WHERE sequence = 1 AND document_id IN (SELECT id FROM document WHERE jit_id = $1)`,
    { of: "document.start", reason: "edits-changed" },
  ],
  [
    "what somebody wrote",
    `UPDATE document_update SET bytes = bytes || '\\x00' WHERE sequence = 3 AND document_id IN (SELECT id FROM document WHERE jit_id = $1)`,
    { of: "document.edit", nth: 1, reason: "edits-changed" },
  ],
  [
    "who wrote it",
    `UPDATE document_update SET author_id = (SELECT author_id FROM document_update u WHERE u.document_id = document_update.document_id AND sequence = 3)
      WHERE sequence = 2 AND document_id IN (SELECT id FROM document WHERE jit_id = $1)`,
    { of: "document.edit", nth: 0, reason: "edits-changed" },
  ],
  [
    "the state of the arrangement",
    "UPDATE document SET state = 'in_force' WHERE jit_id = $1",
    { of: "signing.open", reason: "state-changed" },
  ],
];

describe("the record beneath an intact trail: someone puts or changes", () => {
  test.each(edits)("%s", async (_, sql, expected) => {
    const { team } = await sealedTeam();
    await behindTheBack(fresh.owner, (db) => db.query(sql, [team.jit]));
    const { rows } = await fresh.owner.query(
      `SELECT seq FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = $2 ORDER BY seq`,
      [team.jit, "of" in expected ? expected.of : "trail.verify"],
    );
    const entry = Number(rows["of" in expected ? (expected.nth ?? 0) : 0].seq);
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({
      verdict: "broken",
      entry,
      reason: expected.reason,
    });
  });

  test("an edit that no entry names", async () => {
    const { team } = await sealedTeam();
    await behindTheBack(fresh.owner, async (db) => {
      await db.query(
        `INSERT INTO document_update SELECT document_id, epoch, 4, NULL, bytes, at FROM document_update
          WHERE document_id = $1 AND sequence = 3`,
        [team.document],
      );
      await db.query("UPDATE document SET head = 4 WHERE id = $1", [team.document]);
      await db.query("UPDATE document_recorded SET up_to = 4 WHERE document_id = $1", [team.document]);
    });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "broken", reason: "edits-invented" });
  });
});

/** After the tables were emptied, the other teams get their trails back. */
async function putBack(db: pg.PoolClient): Promise<void> {
  for (const table of ["entry", "head", "detail"]) {
    const { rows } = await db.query("SELECT to_regclass($1) AS there", [`public.kept_${table}`]);
    if (!rows[0].there) continue;
    await db.query(`TRUNCATE audit.${table}; INSERT INTO audit.${table} TABLE kept_${table}; DROP TABLE kept_${table}`);
  }
}
