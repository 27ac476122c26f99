import { afterAll, beforeAll, expect, test } from "vitest";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { instrumentKindOf } from "#app/domain/documents/instrument.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { edit } from "#tests/support/lived-team.ts";
import { foundTeam } from "#tests/support/team.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

test("the word of the navigation follows what the parties chose in clause 0, a minute later at the latest", async () => {
  const team = await foundTeam(fresh.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const { id: document } = await startDocument(team.founder, {
    jit: team.jit,
    instrumentKind: "memorandum",
    duration: "P12M",
    referenceTimeZone: "Asia/Almaty",
  });
  const text = { jit: team.jit, document };
  const wordIn = (minutes: number) =>
    atInstant(new Date(Date.now() + minutes * 61_000), () => instrumentKindOf(team.founder, text));
  expect(await wordIn(0)).toBe("memorandum");
  await openForNegotiation(team.founder, text);
  await edit(text, team.founder, "agreement", "instrumentKind");
  expect(await wordIn(1)).toBe("agreement");
  await edit(text, team.founder, "arrangement", "instrumentKind");
  expect(await wordIn(2)).toBe("arrangement");
  await edit(text, team.founder, "treaty", "instrumentKind");
  expect(await wordIn(3), "a word that nobody may choose").toBe("arrangement");
});
