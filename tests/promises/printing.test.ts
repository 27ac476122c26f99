import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import type { Actor } from "#app/domain/actor.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { finaliseDocument as finalise } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { Forbidden } from "#app/domain/errors.ts";
import { renderArrangement } from "#app/domain/export/arrangement-pdf.server.ts";
import { findUnprintable } from "#app/domain/export/unprintable.server.ts";
import { changeNationalCase } from "#app/domain/jits/parties.server.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { saigaArrangement } from "#tests/support/saiga-arrangement.ts";
import { foundTeam, type Team } from "#tests/support/team.ts";

/* What is frozen can be printed: whatever stands against it is said before anything is fixed. */
let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
const node = process.execPath;
beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
});
afterEach(() => {
  process.execPath = node;
  stopPdf();
});
afterAll(() => db.drop());

type Ready = Team & { step: { jit: string; document: string } };

async function ready(): Promise<Ready> {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  return { ...team, step };
}

/** Stores what was written, as the collaboration server would. */
async function write({ step, founder }: Ready, work: (doc: Y.Doc) => void): Promise<void> {
  const edition = { document: step.document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => work(doc));
  const part = { actor: founder, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
  const { refused } = await appendBatch({ ...edition, jit: step.jit, expected: head }, [part]);
  expect([...refused]).toEqual([]);
}

const clauseIn = (doc: Y.Doc) => doc.getXmlFragment("text:en").get(17) as Y.XmlElement;

function paragraph(words: string): (doc: Y.Doc) => void {
  return (doc) => {
    const element = new Y.XmlElement("paragraph");
    element.push([new Y.XmlText(words)]);
    clauseIn(doc).push([element]);
  };
}

/** With everybody's yes to the text as it stands. */
async function finaliseDocument(by: Actor, step: Ready["step"]) {
  await agreeForAll(step);
  return finalise(by, step);
}

async function expectNothingFrozen({ founder, step }: Ready): Promise<void> {
  expect(await database().frozenText.count({ where: { documentId: step.document } })).toBe(0);
  expect((await findAgreement(founder, step.jit))?.state).toBe("negotiation");
}

const refusal = (reason: string, characters?: string) => ({
  name: "Conflict",
  reason,
  values: characters === undefined ? {} : { characters },
});

test("characters that no font has are listed, nothing is frozen, and without them the text is finalised", async () => {
  const team = await ready();
  await write(team, paragraph("ok ქ 😀 bell\u0007 fine"));
  await write(team, (doc) => doc.getMap("fields").set("fallbackChannel", "한"));
  await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject(
    refusal("characters-unprintable", "U+0007"),
  );
  await expectNothingFrozen(team);
  await write(team, (doc) => {
    const clause = clauseIn(doc);
    clause.delete(clause.length - 1, 1);
    paragraph("ok ქ 😀 fine")(doc);
  });
  const shown = "\u2068ქ\u2069 (U+10E5), \u2068한\u2069 (U+D55C), \u2068😀\u2069 (U+1F600)";
  await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject(
    refusal("characters-unprintable", shown),
  );
  await expectNothingFrozen(team);
  await write(team, (doc) => {
    const clause = clauseIn(doc);
    clause.delete(clause.length - 1, 1);
    doc.getMap("fields").set("fallbackChannel", "By telephone.");
  });
  expect((await finaliseDocument(team.founder, team.step)).digest).toMatch(/^[0-9a-f]{64}$/);
});

test("the names of the team and its parties are printed too", async () => {
  const team = await ready();
  await changeNationalCase(team.founder, { jit: team.jit, party: team.parties.eg, nationalCase: "ქ-1" });
  await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject({ reason: "characters-unprintable" });
  await expectNothingFrozen(team);
});

test("the page of finalising names them clause by clause before anything is tried, and what stands in names", async () => {
  const team = await ready();
  expect(await findUnprintable(team.founder, team.step)).toEqual([]);
  await write(team, (doc) => {
    paragraph("ok ქ fine 😀")(doc);
    doc.getMap("fields").set("fallbackChannel", "By 한 telephone \u0007.");
  });
  await changeNationalCase(team.founder, { jit: team.jit, party: team.parties.eg, nationalCase: "ა-1" });
  const found = await findUnprintable(team.founder, team.step);
  const ids = clauses.map(({ id }) => id);
  expect(found.map(({ clause, number }) => [clause && ids.indexOf(clause), number])).toContainEqual([17, 17]);
  expect(found.find(({ number }) => number === 17)?.characters).toBe(
    "\u2068ქ\u2069 (U+10E5), \u2068😀\u2069 (U+1F600)",
  );
  expect(found.map(({ characters }) => characters).join()).toMatch(/U\+0007.*U\+D55C/);
  expect(found.at(-1)).toMatchObject({ clause: null, characters: "\u2068ა\u2069 (U+10D0)" });
  const cookie = await cookieOf(team.founder);
  const page = await (await pages.ask(`/jits/${team.reference}/agreement/finalise`, { cookie })).text();
  expect(page).toContain("Cannot be printed");
  expect(page).toContain("(U+10E5)");
  expect(page).toContain("Some characters cannot be printed. Replace them first.");
});

test("a form that is sent past the page gets the same sentence", async () => {
  const team = await ready();
  await write(team, paragraph("ქ"));
  await agreeForAll(team.step);
  const asked = { cookie: await cookieOf(team.founder), method: "POST" as const };
  const response = await pages.ask(`/jits/${team.reference}/agreement/finalise`, asked);
  expect(response.status).toBe(409);
  expect(await response.text()).toContain(
    "No font of the printed arrangement has these characters: \u2068ქ\u2069 (U+10E5). Nothing was finalised.",
  );
  await expectNothingFrozen(team);
});

test("what is written while the text is tried on paper keeps it from being frozen, agreed to or not", async () => {
  const team = await ready();
  await agreeForAll(team.step);
  const before = renderArrangement(saigaArrangement());
  const [finalised] = await Promise.allSettled([
    finalise(team.founder, team.step),
    write(team, paragraph("ქ")).then(() => agreeForAll(team.step)),
    before,
  ]);
  // Whichever is noticed first: that not everybody agreed anew yet, or that what was tried is another text.
  const reason = expect.stringMatching(/^(not-agreed|words-changed)$/);
  expect(finalised).toMatchObject({ status: "rejected", reason: { reason } });
  await expectNothingFrozen(team);
});

test("without the program that prints, the person reads so, and nothing is frozen until it is back", async () => {
  const team = await ready();
  stopPdf();
  process.execPath = "/nowhere/node";
  await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject(refusal("printing-unavailable"));
  await expectNothingFrozen(team);
  process.execPath = node;
  await finaliseDocument(team.founder, team.step);
});

test("who may not finalise learns nothing from paper", async () => {
  const team = await ready();
  await write(team, paragraph("ქ"));
  const negotiator = await team.bring("eg", ["lead_negotiator"]);
  await expect(finalise(negotiator, team.step)).rejects.toThrow(Forbidden);
});
