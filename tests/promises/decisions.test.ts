import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import {
  downloadDecisions,
  listDecisions,
  readDecision,
  recordDecision,
} from "#app/domain/decisions/decisions.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type Colleague, foundTeam, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
let leader: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await foundTeam(fresh.owner);
  leader = await team.bring("kz", ["leader"]);
});
afterAll(() => fresh.drop());

const plain = {
  topic: "First hearing",
  words: "In Almaty",
  reason: "The witness lives there",
  timeZone: "Asia/Almaty",
};
const record = (more: Record<string, string | string[]> = {}, by: Actor = leader) =>
  recordDecision(by, {
    ...DecisionFields.parse({ ...plain, start: "2026-11-02T10:00", parties: team.parties.kz, ...more }),
    jit: team.jit,
  });
const entries = async (action: string) =>
  (
    await fresh.owner.query<{ body: string }>(
      "SELECT body FROM audit.entry WHERE log = $1::uuid AND body::jsonb ->> 'action' = $2 ORDER BY seq",
      [team.jit, action],
    )
  ).rows.map(({ body }) => JSON.parse(body));

describe("the log of decisions", () => {
  test("a decision stands with who took it and who did not agree, and the trail with its digest, not its words", async () => {
    const { number } = await record({ dissent: "Egypt: too far", parties: [team.parties.kz, team.parties.eg] });
    const found = await readDecision(leader, { jit: team.jit, decision: `D-0${number}` });
    expect(found).toMatchObject({ topic: "First hearing", dissent: "Egypt: too far", decidedOn: "2026-11-02T10:00" });
    expect(found.states.sort()).toEqual(["EG", "KZ"]);
    const last = (await entries("decision.record")).at(-1);
    expect(last.facts).toMatchObject({ number, dissent: true, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(JSON.stringify(last)).not.toContain("too far");
  });

  test("a correction names the old decision, which stays as it was", async () => {
    const old = await record({ topic: "Old" });
    const { number } = await record({ topic: "New", corrects: `D-${old.number}` });
    const all = await listDecisions(leader, team.jit);
    expect(all.find((one) => one.number === old.number)).toMatchObject({ topic: "Old", correctedBy: [number] });
    expect(all.find((one) => one.number === number)).toMatchObject({ corrects: old.number });
  });

  test("people recording at the same moment get numbers without a gap", async () => {
    const before = (await listDecisions(leader, team.jit)).length;
    await Promise.all([1, 2, 3, 4].map(() => record()));
    const numbers = (await listDecisions(leader, team.jit)).map(({ number }) => number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: before + 4 }, (_, index) => index + 1));
  });

  test("what cannot be is refused with its reason, and nothing is recorded", async () => {
    const before = (await listDecisions(leader, team.jit)).length;
    const refused = async (more: Record<string, string | string[]>, problems: Record<string, string>) =>
      expect(record(more)).rejects.toMatchObject({ problems });
    await refused({ start: "2099-01-01" }, { start: "decision-to-come" });
    await refused({ start: "2026-03-29T02:30", timeZone: "Europe/Amsterdam" }, { start: "time-skipped" });
    await refused({ parties: [] }, { parties: "decision-by-nobody" });
    await refused({ corrects: "D-99" }, { corrects: "decision-unknown" });
    const other = await foundTeam(fresh.owner);
    await refused({ parties: other.parties.kz }, { parties: "wrong-kind" });
    const long = DecisionFields.safeParse({ ...plain, start: "2026-11-02", words: "x".repeat(10_001) });
    expect(long.error?.issues.map(({ path, message }) => [path[0], message])).toEqual([["words", "decision-too-long"]]);
    expect(await listDecisions(leader, team.jit)).toHaveLength(before);
  });

  test("seconded members read and do not record; signatories and strangers do neither", async () => {
    const seconded = await team.bring("eg", ["seconded_member"]);
    expect((await listDecisions(seconded, team.jit)).length).toBeGreaterThan(0);
    await expect(record({}, seconded)).rejects.toMatchObject({ name: "Forbidden" });
    const signatory = await team.bring("kz", ["signatory"]);
    await expect(listDecisions(signatory, team.jit)).rejects.toMatchObject({ name: "Forbidden" });
    const other = await foundTeam(fresh.owner);
    await expect(listDecisions(other.founder, team.jit)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("the program cannot change or delete what is recorded, and taking the log away is an entry", async () => {
    const { rows } = await fresh.owner.query(
      `SELECT privilege_type FROM information_schema.role_table_grants
        WHERE grantee = 'jit_runtime' AND table_name = 'decision' ORDER BY 1`,
    );
    expect(rows.map((row) => row.privilege_type)).toEqual(["INSERT", "SELECT"]);
    const all = await downloadDecisions(leader, team.jit);
    expect((await entries("decision.download")).at(-1).facts).toEqual({ decisions: all.length });
  });
});
