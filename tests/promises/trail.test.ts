import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listActivity } from "#app/domain/audit/activity.server.ts";
import { sealTrail } from "#app/domain/audit/checkpoint.server.ts";
import { startCheckpointing } from "#app/domain/audit/checkpointing.server.ts";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { exportTrail } from "#app/domain/audit/export.server.ts";
import { ActivityFilters } from "#app/domain/audit/filters.ts";
import { readKept } from "#app/domain/audit/kept.server.ts";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { describeJit } from "#app/domain/jits/founding.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { changeNationalCase } from "#app/domain/jits/parties.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { type LivedTeam, livedTeam } from "#tests/support/lived-team.ts";
import { foundTeam, memberOf } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: LivedTeam;
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await livedTeam(fresh.owner);
});
afterAll(() => fresh.drop());

const sizeOf = async (log: string) =>
  Number((await fresh.owner.query("SELECT size FROM audit.head WHERE log = $1", [log])).rows[0]?.size ?? 0);
const noFilters = ActivityFilters.parse({});
const list = (actor = team.founder, filters: Record<string, string> = {}) =>
  listActivity(actor, team.jit, ActivityFilters.parse(filters), "Asia/Almaty");

describe("verifying", () => {
  test("an honest trail is intact, the check is an entry, and the trail is sealed up to it", async () => {
    const before = await sizeOf(team.jit);
    const verdict = await verifyTrail(team.founder, team.jit);
    expect(verdict).toMatchObject({ verdict: "intact", size: before, erased: 0 });
    expect(await sizeOf(team.jit)).toBe(before + 1);
    const kept = await readKept(team.jit);
    expect(kept).toMatchObject({ sound: true, newest: { size: before + 1 } });
    expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact", size: before + 1 });
  });

  test("details that were erased leave the trail intact", async () => {
    const other = await foundTeam(fresh.owner);
    await fresh.owner.query("DELETE FROM audit.detail WHERE log = $1 AND seq = 1", [other.jit]);
    expect(await verifyTrail(other.founder, other.jit)).toMatchObject({ verdict: "intact", erased: 1 });
  });

  test("whoever may read the own part only may verify, a stranger learns nothing", async () => {
    expect(await verifyTrail(team.negotiator, team.jit)).toMatchObject({ verdict: "intact" });
    const stranger = (await foundTeam(fresh.owner)).founder;
    await expect(verifyTrail(stranger, team.jit)).rejects.toMatchObject({ name: "NotFound" });
    const signatory = await team.bring("eg", ["member"]);
    await revokeMember(team.founder, {
      jit: team.jit,
      member: await memberOf(fresh.owner, team.jit, signatory),
      reason: "left",
    });
    await expect(verifyTrail(signatory, team.jit)).rejects.toMatchObject({ name: "NotFound" });
  });

  test("whatever is done, the trail stays intact", async () => {
    const other = await foundTeam(fresh.owner);
    const member = await memberOf(fresh.owner, other.jit, await other.bring("eg", ["member"]));
    const acts = {
      describe: (word: string) =>
        describeJit(other.founder, { jit: other.jit, names: { en: `X${word}` }, summary: word }),
      case: (word: string) =>
        changeNationalCase(other.founder, { jit: other.jit, party: other.parties.kz, nationalCase: word.slice(0, 40) }),
      roles: (word: string) =>
        changeRoles(other.founder, {
          jit: other.jit,
          member,
          roles: word.length % 2 ? ["member"] : ["translator", "lead_negotiator"],
          from: {},
          until: {},
        } as never),
      bring: () => other.bring("eg", ["member"]),
      verify: () => verifyTrail(other.founder, other.jit),
      seal: () => sealTrail(queryOf(database()), other.jit),
    };
    // Control characters do not reach the domain: the forms refuse them.
    const word = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => text.replace(/\p{C}/gu, ""));
    const step = fc.tuple(fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])), word);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.boolean(), async (steps, atOnce) => {
        const does = steps.map(
          ([name, text]) =>
            () =>
              Promise.resolve(acts[name](text)).catch(expectRefusal),
        );
        if (atOnce) await Promise.all(does.map((act) => act()));
        else for (const act of does) await act();
        expect(await verifyTrail(other.founder, other.jit)).toMatchObject({ verdict: "intact" });
      }),
      { numRuns: 12 },
    );
  });

  test("five thousand entries (the time is printed)", async () => {
    const { jit, founder } = await foundTeam(fresh.owner);
    await fresh.owner.query(
      `SELECT audit.append($1::uuid, jsonb_build_object('actor', '{"system": true}'::jsonb, 'action', 'document.open', 'facts',
         jsonb_build_object('document', ($1::uuid)::text, 'n', n)), jsonb_build_object('reason', 'number ' || n))
         FROM generate_series(1, 5000) AS n`,
      [jit],
    );
    const start = performance.now();
    const verdict = await verifyTrail(founder, jit);
    const first = performance.now() - start;
    await verifyTrail(founder, jit);
    const again = performance.now() - start - first;
    console.log(
      `verify ${(await sizeOf(jit)) - 2} entries: ${first.toFixed(0)} ms with the first sealing, then ${again.toFixed(0)} ms`,
    );
    expect(verdict).toMatchObject({ verdict: "intact" });
  });
});

function expectRefusal(error: { name: string }): void {
  expect(["Conflict", "Invalid"], String(error)).toContain(error.name);
}

describe("sealing", () => {
  test("the kept file is for the owner alone, and holds a note that names trail, size and root", async () => {
    const checkpoint = await sealTrail(queryOf(database()), team.jit);
    const path = join(fresh.dataDir, "checkpoints", `${team.jit}.jsonl`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const [origin, size] = checkpoint!.note.split("\n");
    expect(origin).toMatch(new RegExp(`/jit/${team.jit}$`));
    expect(size).toBe(String(checkpoint!.size));
    const before = readFileSync(path, "utf8");
    await sealTrail(queryOf(database()), team.jit);
    expect(readFileSync(path, "utf8"), "nothing new, nothing written").toBe(before);
  });

  test("a line that a crash cut short does not count, and the next sealing continues", async () => {
    const { jit, founder } = await foundTeam(fresh.owner);
    await verifyTrail(founder, jit);
    const path = join(fresh.dataDir, "checkpoints", `${jit}.jsonl`);
    writeFileSync(path, `${readFileSync(path, "utf8")}{"size":9,"ro`);
    expect(await verifyTrail(founder, jit)).toMatchObject({ verdict: "intact" });
    expect(await readKept(jit)).toMatchObject({ sound: true, newest: { size: await sizeOf(jit) } });
  });

  test("two processes that seal at once spoil nothing", async () => {
    const { jit, founder } = await foundTeam(fresh.owner);
    const path = join(fresh.dataDir, "checkpoints", `${jit}.jsonl`);
    await sealTrail(queryOf(database()), jit);
    const first = readFileSync(path, "utf8");
    await verifyTrail(founder, jit);
    const second = readFileSync(path, "utf8").slice(first.length);
    writeFileSync(path, first + second + first + second);
    expect(await readKept(jit)).toMatchObject({ sound: true, newest: { size: await sizeOf(jit) } });
    expect(await verifyTrail(founder, jit)).toMatchObject({ verdict: "intact" });
  });

  test("happens by itself after an entry, and for what grew while nobody listened", async () => {
    const { jit, founder } = await foundTeam(fresh.owner);
    const stop = startCheckpointing();
    try {
      await expect.poll(async () => (await readKept(jit)).newest?.size, { timeout: 10_000 }).toBe(await sizeOf(jit));
      await expect.poll(async () => (await readKept(platformLog)).newest?.size, { timeout: 10_000 }).toBeGreaterThan(0);
      await describeJit(founder, { jit, names: { en: "OTTER" }, summary: "" });
      const grown = await sizeOf(jit);
      await expect.poll(async () => (await readKept(jit)).newest?.size, { timeout: 10_000 }).toBe(grown);
    } finally {
      await stop();
    }
  });

  test("a folder that cannot be written stops the sealing with an error, not in silence", async () => {
    const { jit } = await foundTeam(fresh.owner);
    const path = join(fresh.dataDir, "checkpoints", `${jit}.jsonl`);
    mkdirSync(path, { recursive: true });
    await expect(sealTrail(queryOf(database()), jit)).rejects.toThrow();
    rmSync(path, { recursive: true });
  });
});

describe("taking away", () => {
  test("holds the exact texts that were hashed and a checkpoint over just these", async () => {
    const trail = await database().$transaction((tx) => exportTrail(tx, team.jit));
    expect(trail.lines.length).toBe(await sizeOf(team.jit));
    expect(trail.checkpoint?.size).toBe(trail.lines.length);
    expect(trail.lines.every((line, at) => !line.includes("\n") && JSON.parse(line).seq === at + 1)).toBe(true);
    expect(trail.details.some(({ details }) => details.includes("4471/2025"))).toBe(true);
  });
});

describe("reading", () => {
  test("newest first, with names instead of ids", async () => {
    const page = await list();
    expect(page.entries.map(({ seq }) => seq)).toEqual([...page.entries.map(({ seq }) => seq)].sort((a, b) => b - a));
    const signed = page.entries.find(({ action }) => action === "signature.sign")!;
    expect(signed.who).toMatchObject({ kind: "person", state: "KZ", person: { name: "Ayşe Őz" } });
    expect(signed.about.digest).toMatch(/^[0-9a-f]{64}$/);
    const invited = page.entries.find(({ action }) => action === "member.invite")!;
    expect(invited.about.email).toMatch(/@exercise\.example$/);
    expect(page).toMatchObject({ whole: true, states: ["EG", "KZ"] });
  });

  test("pages follow each other without gap or repetition", async () => {
    const { jit, founder } = await foundTeam(fresh.owner);
    for (let n = 0; n < 60; n++) await describeJit(founder, { jit, names: { en: `N${n}` }, summary: "" });
    const first = await listActivity(founder, jit, noFilters, "UTC");
    const second = await listActivity(founder, jit, { ...noFilters, before: first.next! }, "UTC");
    const seen = [...first.entries, ...second.entries].map(({ seq }) => seq);
    expect(seen).toEqual(Array.from({ length: first.size }, (_, n) => first.size - n));
    expect(second.next).toBeNull();
  });

  test("filters by person, State, kind and period of the reader's days", async () => {
    const byPerson = await list(team.founder, { person: team.negotiator.personId });
    expect(byPerson.entries.length).toBeGreaterThan(0);
    expect(byPerson.entries.map(({ action }) => action)).toContain("document.edit");
    expect((await list(team.founder, { state: "EG" })).entries.every(({ who }) => who.state === "EG")).toBe(true);
    const signatures = (await list(team.founder, { kind: "signature" })).entries.map(({ action }) => action);
    expect(new Set(signatures)).toEqual(new Set(["signature.sign", "signing.open"]));
    expect((await list(team.founder, { until: "2020-01-01" })).entries).toEqual([]);
    expect((await list(team.founder, { from: "2020-01-01" })).entries.length).toBeGreaterThan(10);
  });

  test.each([
    [{ from: "2026-02-30" }, "from", "date-invalid"],
    [{ until: "yesterday" }, "until", "date-invalid"],
    [{ from: "2026-03-02", until: "2026-03-01" }, "until", "date-order"],
    [{ person: "1' OR 1=1" }, "person", "wrong-kind"],
    [{ kind: "everything" }, "kind", "wrong-kind"],
    [{ before: "-1" }, "before", "wrong-kind"],
    [{ state: "kz" }, "state", "wrong-kind"],
  ])("refuses %o with a reason", (filters, field, reason) => {
    const { error } = ActivityFilters.safeParse(filters);
    expect(error?.issues.map(({ path, message }) => [path.join("."), message])).toContainEqual([field, reason]);
  });

  test("who may read the own party's part sees no act of another", async () => {
    const page = await list(team.negotiator);
    expect(page.whole).toBe(false);
    expect(page.entries.length).toBeGreaterThan(0);
    for (const { who, about } of page.entries) {
      expect(who.kind === "system" || who.state === "EG" || about.states.includes("EG"), JSON.stringify(who)).toBe(
        true,
      );
    }
    const seen = page.entries.map(({ action }) => action);
    expect(seen).not.toContain("jit.found");
    expect(seen).toContain("document.edit");
  });

  test("who has no right to the trail is refused, a stranger finds nothing", async () => {
    const translator = await team.bring("eg", ["translator"]);
    await expect(list(translator)).rejects.toMatchObject({ name: "Forbidden" });
    const stranger = (await foundTeam(fresh.owner)).founder;
    await expect(list(stranger)).rejects.toMatchObject({ name: "NotFound" });
  });
});
