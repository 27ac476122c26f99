import { afterAll, beforeAll, expect, test } from "vitest";
import type * as Y from "yjs";
import type { Actor } from "#app/domain/actor.ts";
import { checkDocument, compareClause } from "#app/domain/checks/checking.server.ts";
import { digestOfClauses } from "#app/domain/checks/comparison.ts";
import { rebuild } from "#app/domain/documents/history.server.ts";
import { beginLanguage } from "#app/domain/documents/languages.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { languagesOf, readText, textName } from "#app/domain/documents/text.ts";
import { Conflict, Forbidden, Invalid } from "#app/domain/errors.ts";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { signInAs } from "#tests/support/account.ts";
import { setFields, write } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { foundTeam } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* A text in several authentic languages: begun once, written like the first, and compared clause by clause. */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

async function ready() {
  const team = await foundTeam(db.owner);
  const egypt = (await signInAs(await team.bring("eg", ["lead_negotiator"]))).actor;
  const founder = (await signInAs(team.founder)).actor;
  const step = await negotiate(team);
  await setFields(step, founder, { authenticLanguages: ["en", "ar", "zh"] });
  const text = () => rebuild(queryOfClient(pool()), { document: step.document, epoch: 1 });
  return { ...team, founder, egypt, step, text };
}

const clausesIn = (doc: Y.Doc, language: string) => readText(doc, language).content ?? [];
const clauseOf = (doc: Y.Doc, language: string, id: string) =>
  clausesIn(doc, language).find(({ attrs }) => attrs?.clauseId === id)!;
const idsOf = (doc: Y.Doc, language: string) => clausesIn(doc, language).map(({ attrs }) => attrs?.clauseId);

test("of two people who begin the same text at once, one does, and no clause is there twice", async () => {
  const { founder, egypt, step, text, jit } = await ready();
  const begin = (actor: Actor, language: string) => beginLanguage(actor, { ...step, language });
  await Promise.all([begin(founder, "ar"), begin(egypt, "ar"), begin(founder, "ar")]);
  await begin(egypt, "zh");
  const doc = await text();
  expect(languagesOf(doc)).toEqual(["ar", "en", "zh"]);
  for (const language of ["ar", "zh"]) expect(idsOf(doc, language)).toEqual(idsOf(doc, "en"));
  // The template has some clauses in Arabic; of the others the values stand in their places.
  expect(JSON.stringify(clauseOf(doc, "ar", "C06"))).toMatch(/[\u0600-\u06ff]{4}/);
  await recordEditsNow({ document: step.document, epoch: 1 });
  const authors = (await entriesOf(db.owner, jit, "document.edit")).map(({ body }) => body.actor);
  expect(authors).toContainEqual(expect.objectContaining({ person: egypt.personId }));
});

test("a clause that is added later comes into the other languages, in its place", async () => {
  const { founder, step, text } = await ready();
  const addedId = newId();
  await beginLanguage(founder, { ...step, language: "ar" });
  await write(step, founder, (doc) => {
    const english = doc.getXmlFragment(textName("en"));
    const added = (english.get(4) as Y.XmlElement).clone() as Y.XmlElement;
    added.setAttribute("clauseId", addedId);
    english.insert(5, [added]);
  });
  await Promise.all([1, 2].map(() => beginLanguage(founder, { ...step, language: "ar" })));
  const doc = await text();
  expect(idsOf(doc, "en")[5]).toBe(addedId);
  expect(idsOf(doc, "ar")).toEqual(idsOf(doc, "en"));
});

test("only a language that clause 23 names, and only by somebody who may write", async () => {
  const { founder, step, bring } = await ready();
  await expect(beginLanguage(founder, { ...step, language: "ru" })).rejects.toThrow(Invalid);
  const observer = (await signInAs(await bring("kz", ["participant_observer"]))).actor;
  await expect(beginLanguage(observer, { ...step, language: "ar" })).rejects.toThrow(Forbidden);
});

test("a clause counts as compared for the very words that were read, and for no others", async () => {
  const { founder, egypt, step, text, jit, ...team } = await ready();
  await beginLanguage(egypt, { ...step, language: "ar" });
  const open = async () => {
    const { findings } = await checkDocument(founder, step);
    return findings.filter(({ rule }) => rule === "V33").map(({ values }) => values.words?.split(", ") ?? []);
  };
  const [before = []] = await open();
  expect(before).toContain("6");
  const doc = await text();
  const digest = digestOfClauses(clauseOf(doc, "en", "C06"), clauseOf(doc, "ar", "C06"));
  const input = { ...step, clause: "C06", language: "ar", digest };
  for (const wrong of [{ digest: "0".repeat(64) }, { clause: "C07" }, { language: "zh" }, { language: "en" }])
    await expect(compareClause(egypt, { ...input, ...wrong })).rejects.toThrow(Conflict);
  expect(await open()).toEqual([before]);
  await compareClause(egypt, input);
  const [after = []] = await open();
  expect(after).not.toContain("6");
  expect(after).toHaveLength(before.length - 1);
  const [entry] = await entriesOf(db.owner, jit, "clause.compare");
  expect(entry?.body.facts).toMatchObject({ clause: "C06", language: "ar", with: "en", digest });
  const observer = await team.bring("kz", ["participant_observer"]);
  await expect(compareClause(observer, input)).rejects.toThrow(Forbidden);
});
