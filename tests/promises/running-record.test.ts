import { unzipSync } from "fflate";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { buildBundle } from "#app/domain/export/bundle.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { exportRecord } from "#app/domain/signing/record.server.ts";
import { installationKey } from "#app/platform/keys.server.ts";
import { behindTheBack, type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type TeamInForce, teamInForce } from "#tests/support/in-force.ts";
import { runTeam } from "#tests/support/running-team.ts";
import { foundTeam, type Team } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";
import { commandsHold } from "#tests/support/verify-commands.ts";

/*
 * What a team records while it runs stands in tables, and the trail names it by digest: minutes, meetings, decisions,
 * approved plans, who said go. Someone who owns the database changes the tables and leaves the trail as it is; the
 * check of the trail must name the entry that the tables no longer bear out.
 */
let fresh: FreshDatabase;
let team: Team;
const tables = ["frozen_text", "meeting_edition", "decision", "plan_version", "plan_approval", "plan_day_word"];
beforeAll(async () => {
  fresh = await freshDatabase();
  const founded = await foundTeam(fresh.owner);
  team = founded;
  await runTeam({
    ...founded,
    leaders: { kz: await founded.bring("kz", ["leader"]), eg: await founded.bring("eg", ["leader"]) },
  });
  // The owner of the database may drop its rules too: what remains must be enough.
  await fresh.owner.query("ALTER TABLE plan_version DROP CONSTRAINT plan_version_is_what_its_digest_says");
  for (const table of tables) await fresh.owner.query(`CREATE TABLE kept_${table} AS TABLE ${table}`);
});
afterAll(() => fresh.drop());

async function entryOf(action: string, nth: number): Promise<number> {
  const { rows } = await fresh.owner.query<{ seq: string }>(
    "SELECT seq FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = $2 ORDER BY seq",
    [team.jit, action],
  );
  return Number(rows[nth]?.seq);
}

/** The change, and the entry that it must be told of: the action, or which of several; none for what was put in. */
const forgeries: [string, string, { of?: string; nth?: number; reason: string }][] = [
  [
    "a byte of approved minutes",
    "UPDATE frozen_text SET canonical = replace(canonical, 'Money', 'Honey') WHERE version = 2",
    { of: "minutes.approve", nth: 1, reason: "frozen-changed" },
  ],
  [
    "approved minutes that were replaced, with their digest",
    `UPDATE frozen_text SET canonical = c, digest = encode(sha256(convert_to(c, 'UTF8')), 'hex')
       FROM (SELECT id AS of, replace(canonical, 'Money', 'Honey') AS c FROM frozen_text) AS n WHERE id = n.of AND version = 1`,
    { of: "minutes.approve", reason: "frozen-changed" },
  ],
  [
    "approved minutes away",
    "DELETE FROM frozen_text WHERE version = 1",
    { of: "minutes.approve", reason: "frozen-missing" },
  ],
  [
    "where a meeting was held",
    `UPDATE meeting_edition SET values = jsonb_set(values, '{place}', '"Minsk"') WHERE edition = 2`,
    { of: "meeting.change", reason: "meeting-changed" },
  ],
  [
    "who wrote an edition of a meeting",
    "UPDATE meeting_edition SET written_by_id = (SELECT written_by_id FROM meeting_edition WHERE edition = 2) WHERE edition = 1",
    { of: "meeting.call", reason: "meeting-changed" },
  ],
  [
    "an edition of a meeting away",
    "DELETE FROM meeting_edition WHERE edition = 1",
    { of: "meeting.call", reason: "meeting-missing" },
  ],
  [
    "an edition of a meeting in",
    `INSERT INTO meeting_edition SELECT meeting_id, 3, jit_id, values, starts_at, ends_at, written_at, written_by_id
       FROM meeting_edition WHERE edition = 2`,
    { reason: "meeting-invented" },
  ],
  [
    "the dissent in a decision away",
    "UPDATE decision SET dissent = ''",
    { of: "decision.record", reason: "decision-changed" },
  ],
  ["the number of a decision", "UPDATE decision SET number = 7", { of: "decision.record", reason: "decision-changed" }],
  [
    "a decision to another meeting",
    "UPDATE decision SET meeting_id = NULL",
    { of: "decision.record", reason: "decision-changed" },
  ],
  ["a decision away", "DELETE FROM decision", { of: "decision.record", reason: "decision-missing" }],
  [
    "a byte of an approved plan",
    "UPDATE plan_version SET canonical = replace(canonical, 'Money', 'Honey')",
    { of: "plan.versioned", reason: "planVersion-changed" },
  ],
  [
    "an approved plan, with its digest wherever that stands",
    `UPDATE plan_version SET canonical = c, digest = encode(sha256(convert_to(c, 'UTF8')), 'hex')
       FROM (SELECT replace(canonical, 'Money', 'Honey') AS c FROM plan_version) AS n`,
    { of: "plan.versioned", reason: "planVersion-changed" },
  ],
  ["an approved plan away", "DELETE FROM plan_version", { of: "plan.versioned", reason: "planVersion-missing" }],
  [
    "a second version of the plan in",
    `INSERT INTO plan_version SELECT gen_random_uuid(), jit_id, 2, round_id, repeat('0', 64), canonical, approved_at FROM plan_version`,
    { reason: "planVersion-invented" },
  ],
  [
    "who approved the plan for a party",
    "UPDATE plan_approval SET member_id = (SELECT written_by_id FROM meeting_edition WHERE edition = 1)",
    { of: "plan.approve", nth: 1, reason: "planApproval-changed" },
  ],
  [
    "a party's approval away",
    "DELETE FROM plan_approval WHERE at = (SELECT max(at) FROM plan_approval)",
    { of: "plan.approve", nth: 1, reason: "planApproval-missing" },
  ],
  [
    "who said go",
    "UPDATE plan_day_word SET member_id = (SELECT written_by_id FROM meeting_edition WHERE edition = 2)",
    { of: "actionDay.decide", reason: "dayWord-changed" },
  ],
  [
    "a go to a no-go",
    "UPDATE plan_day_word SET word = 'noGo', reason = 'No order yet'",
    { of: "actionDay.decide", reason: "dayWord-changed" },
  ],
  [
    "a second person's go in",
    `INSERT INTO plan_day_word SELECT gen_random_uuid(), jit_id, 2, day, party_id, member_id, word, reason, gen_random_uuid(),
            pressed_at, said_at FROM plan_day_word`,
    { reason: "dayWord-invented" },
  ],
];

describe("the check of the trail", () => {
  afterEach(() =>
    behindTheBack(fresh.owner, async (db) => {
      for (const table of tables) await db.query(`DELETE FROM ${table}; INSERT INTO ${table} TABLE kept_${table}`);
    }),
  );

  test("finds a team that ran as it recorded it", async () => {
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
  });

  test.each(forgeries)("tells when someone puts or changes %s", async (_, sql, { of, nth = 0, reason }) => {
    await behindTheBack(fresh.owner, (db) => db.query(sql));
    const verdict = await verifyTrail(team.founder, team.jit);
    expect(verdict).toMatchObject({ verdict: "broken", reason });
    if (of) expect(verdict).toMatchObject({ entry: await entryOf(of, nth) });
  });
});

describe("the record that is taken away", () => {
  let running: TeamInForce;
  const take = (by: Actor) => exportRecord(by, { ...running.step, with: "approved" });
  beforeAll(async () => {
    running = await teamInForce(fresh.owner);
    const fields = rowForm("line").parse({ title: "Sources", handling: "LEADERS", status: "open" });
    await addRow(running.leaders.kz, { jit: running.jit, kind: "line", fields });
    await runTeam(running);
  }, 120_000);

  test("holds minutes and plan when they are asked for, to the byte, and its own commands find them good", async () => {
    const { arrangement, approved, trail } = await take(running.leaders.kz);
    const names = ["minutes/M-01-v1", "minutes/M-01-v2", "plan/v1"];
    expect(approved.map(({ name }) => name)).toEqual(names);
    const files = unzipSync(
      buildBundle({
        ...{ reference: running.reference, version: 1, pdf: new Uint8Array([1]), sealedPdf: "no", signatures: [] },
        ...{ canonical: arrangement.canonical, digest: arrangement.digest, approved, trail },
        publicKeyPem: installationKey().publicKeyPem,
      }),
    );
    const holds = (all: typeof files) => commandsHold(all, "5b. ", "WHAT A SIGNATURE");
    expect(holds(files)).toBe(true);
    for (const name of ["minutes/M-01-v1.json", "plan/v1.json"]) {
      const flipped = Uint8Array.from(files[name]!);
      flipped[40] = (flipped[40] ?? 0) ^ 1;
      expect(holds({ ...files, [name]: flipped }), name).toBe(false);
    }
    const [last] = (await entriesOf(fresh.owner, running.jit, "document.export")).slice(-1);
    expect(last?.body.facts.approved).toEqual(names);
  });

  test("holds none of them when the arrangement is asked for, and no plan for whoever may not see all of it", async () => {
    expect((await exportRecord(running.founder, running.step)).approved).toEqual([]);
    // The founder administers the team and leads no party.
    const { approved } = await take(running.founder);
    expect(approved.map(({ name }) => name)).toEqual(["minutes/M-01-v1", "minutes/M-01-v2"]);
  });
});
