import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDocument } from "#app/domain/documents/document.server.ts";
import type { Row } from "#app/domain/documents/field-rows.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { differencesFromTeam, type TeamFacts } from "#app/domain/documents/team-rows.ts";
import { NotFound } from "#app/domain/errors.ts";
import { readTeamFacts } from "#app/domain/jits/team-facts.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { addColleague, foundTeam, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await foundTeam(fresh.owner);
});
afterAll(() => fresh.drop());

describe("what the records of the team say", () => {
  test("is read by members, and by nobody else", async () => {
    const leader = await team.bring("eg", ["leader"], { name: "نهى السيد", latinName: "Noha El-Sayed" });
    const facts = await readTeamFacts(leader, team.jit);
    expect(facts.parties).toEqual([
      { state: "KZ", authority: "Prosecution KZ" },
      { state: "EG", authority: "Prosecution EG" },
    ]);
    expect(facts.people).toContainEqual({
      name: "Noha El-Sayed",
      state: "EG",
      authority: "Prosecution EG",
      function: "prosecutor",
      roles: ["leader"],
    });
    const stranger = await addColleague(fresh.owner, team.offices.nl);
    await expect(readTeamFacts(stranger, team.jit)).rejects.toBeInstanceOf(NotFound);
  });

  test("comes with the page to who may write the text", async () => {
    const pages = await openPages();
    const { id: document } = await startDocument(team.founder, {
      jit: team.jit,
      instrumentKind: "arrangement",
      duration: "P12M",
      referenceTimeZone: "UTC",
    });
    await openForNegotiation(team.founder, { jit: team.jit, document });
    const page = async (person: Parameters<typeof cookieOf>[0]) =>
      (await pages.ask(`/jits/${team.reference}/agreement`, { cookie: await cookieOf(person) })).text();
    expect(await page(team.founder)).toContain("Prosecution EG");
  });
});

describe("a table of the text beside the team", () => {
  const facts: TeamFacts = {
    parties: [
      { state: "KZ", authority: "Office A" },
      { state: "EG", authority: "Office B" },
    ],
    people: [
      { name: "Aigul", state: "KZ", authority: "Office A", function: "prosecutor", roles: ["leader"] },
      { name: "Noha", state: "EG", authority: "Office B", function: "registrar", roles: ["leader", "member"] },
      { name: "Omar", state: "EG", authority: "Office B", function: "police", roles: ["seconded_member"] },
      { name: "Ann", state: null, authority: "UNODC", function: "analyst", roles: ["participant_observer"] },
    ],
  };
  const rows = (...cells: Row["cells"][]): Row[] =>
    cells.map((one, n) => ({ id: `r${n}`, place: `a${n}`, cells: one }));

  test("agrees, or differs by what is missing, changed, or no longer a party", () => {
    const agreeing = rows(
      { state: "KZ", competentAuthority: "Office A", stage: "trial" },
      { state: "EG", competentAuthority: "Office B" },
    );
    expect(differencesFromTeam("parties", agreeing, facts)).toEqual([]);
    const other = rows({ state: "KZ", competentAuthority: "Office Z" }, { state: "NL" });
    expect(differencesFromTeam("parties", other, facts)).toEqual([
      { kind: "change", id: "r0", cells: { competentAuthority: "Office A" }, before: other[0]?.cells },
      { kind: "add", cells: { state: "EG", competentAuthority: "Office B" } },
      { kind: "remove", id: "r1", before: { state: "NL" } },
    ]);
  });

  test("names the leader of today, and one who led before only where there is a row for it", () => {
    const led = rows(
      { state: "KZ", personRef: "Aigul", authority: "Office A" },
      { state: "EG", personRef: "Hisham", authority: "Office B", to: "2026-12-01" },
      { state: "EG", personRef: "Noha", authority: "Office B", from: "2026-12-02" },
    );
    expect(differencesFromTeam("leaders", led, facts)).toEqual([]);
    expect(differencesFromTeam("leaders", led.slice(0, 2), facts)).toEqual([
      { kind: "change", id: "r1", cells: { personRef: "Noha" }, before: led[1]?.cells },
    ]);
  });

  test("keeps members who are only in the text, and takes in those who act for the team", () => {
    const listed = rows({ person: "Service number 17" }, { person: "Noha", authority: "Office B", function: "judge" });
    expect(differencesFromTeam("members", listed, facts)).toEqual([
      { kind: "add", cells: { person: "Aigul", authority: "Office A", function: "prosecutor" } },
      { kind: "add", cells: { person: "Omar", authority: "Office B", function: "police", seconded: true } },
    ]);
  });
});
