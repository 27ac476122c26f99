import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { compareClause } from "#app/domain/checks/checking.server.ts";
import { digestOfClauses } from "#app/domain/checks/comparison.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { plainText } from "#app/domain/documents/clauses.ts";
import { writeFields } from "#app/domain/documents/field-rows.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { textSchema } from "#app/domain/documents/schema.ts";
import { textInLanguage } from "#app/domain/documents/seed-text.ts";
import { fieldsName, textName, textOf } from "#app/domain/documents/text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { now } from "#app/platform/clock.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { agreedValues } from "./agreed-values.ts";
import authorities from "./authorities.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import type { Cast } from "./people.server.ts";
import saiga from "./saiga.json" with { type: "json" };
import { daysAgo } from "./story.server.ts";
import type { Team } from "./teams.ts";

type Text = { jit: string; document: string };
let nextClient = 100;

/** One sitting of one person: what `edit` changes is stored as that person's row, as the collaboration server does. */
export async function write(
  cast: Cast,
  login: string,
  { jit, document }: Text,
  edit: (doc: Y.Doc) => void,
): Promise<void> {
  const edition = { document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.clientID = nextClient++;
  doc.transact(() => edit(doc));
  const part = { actor: cast.actor(login), clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
  const { refused } = await appendBatch({ ...edition, jit, expected: head }, [part]);
  if (refused.size > 0) throw new Error(`${login} could not write`);
  await recordEditsNow(edition);
}

/** One who wrote for the whole team: values that leave nothing open. */
export async function writeAgreed(cast: Cast, team: Team, text: Text): Promise<void> {
  const offices = [...new Set(team.seats.map((seat) => seat.authority))];
  const values = agreedValues(
    offices.map((authority) => {
      const seats = team.seats.filter((seat) => seat.authority === authority);
      const signatory = seats.find((seat) => seat.roles.includes("signatory"));
      const leader = seats.find((seat) => seat.roles.includes("leader"));
      return {
        state: authorities.find(({ key }) => key === authority)?.state ?? "",
        leader: nameOf(leader?.login ?? team.founder),
        signatory: nameOf(signatory?.login ?? ""),
        capacity: signatory?.capacity ?? "",
      };
    }),
  );
  await write(cast, team.founder, text, (doc) => {
    for (const [name, value] of Object.entries({ ...values, ...team.agreed })) doc.getMap(fieldsName).set(name, value);
  });
}

function nameOf(login: string): string {
  return people.find((person) => person.login === login)?.latinName ?? login;
}

/** The delegations fill in the values, word three clauses for the case, and set the tables beside their sentences. */
export async function writeSaiga(cast: Cast, text: Text): Promise<void> {
  const { fields, texts } = saiga as { fields: Record<string, unknown>; texts: Record<string, string> };
  const today = now();
  const values = Object.entries(fields).map(([name, value]) => [name, readable(value, today)] as const);
  const third = Math.ceil(values.length / 3);
  const writers = ["aigul", "sanne", "noha"];
  for (const [index, login] of writers.entries()) {
    await daysAgo(30 - index, () =>
      write(cast, login, text, (doc) => {
        const part = values.slice(index * third, (index + 1) * third);
        writeFields(doc.getMap(fieldsName), Object.fromEntries(part), newId);
      }),
    );
  }
  const authors: Record<string, string> = { C03: "aigul", C05: "wenjing", C06: "noha" };
  for (const [clause, words] of Object.entries(texts)) {
    await daysAgo(12, () => write(cast, authors[clause] ?? "aigul", text, (doc) => addParagraph(doc, clause, words)));
  }
  const translators: Record<string, string> = { ru: "aigul", ar: "noha", zh: "wenjing" };
  for (const [language, clauses] of Object.entries(saiga.translations)) {
    await daysAgo(9, () =>
      write(cast, translators[language] ?? "aigul", text, (doc) => addTranslation(doc, language, clauses)),
    );
    await daysAgo(8, () => compareWithEnglish(cast, translators[language] ?? "aigul", text, language));
  }
  await daysAgo(6, () => write(cast, "sanne", text, (doc) => addTables(doc)));
}

/**
 * References to people and authorities become their names: the text is read by people who have no list. Days that are
 * counted from the day of the story become days.
 */
function readable(value: unknown, today: Date): unknown {
  if (Array.isArray(value)) return value.map((inner) => readable(inner, today));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner, today)]));
  }
  if (typeof value !== "string") return value;
  const days = /^T([+-]\d+)$|^([+]\d+)d$/.exec(value);
  if (days) return new Date(today.getTime() + Number(days[1] ?? days[2]) * 86_400_000).toISOString().slice(0, 10);
  const number = /^u(\d\d)$/.exec(value);
  if (number) return people[Number(number[1]) - 1]?.latinName ?? value;
  return authorities.find(({ key }) => key === value)?.names.en ?? value;
}

function clauseElement(doc: Y.Doc, clause: string): Y.XmlElement | undefined {
  return doc
    .getXmlFragment(textName("en"))
    .toArray()
    .find((child): child is Y.XmlElement => child instanceof Y.XmlElement && child.getAttribute("clauseId") === clause);
}

function addParagraph(doc: Y.Doc, clause: string, words: string): void {
  const element = clauseElement(doc, clause);
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.setAttribute("id", newId());
  paragraph.insert(0, [new Y.XmlText(words)]);
  element?.insert(element.length, [paragraph]);
}

/**
 * The text in another language, as it is begun, with the clauses that are translated so far. In the Chinese one a number
 * is wrong, for the exercise (V34).
 */
function addTranslation(doc: Y.Doc, language: string, words: Record<string, string>): void {
  const { content = [] } = textInLanguage(textOf(doc, "en"), language, newId);
  const translated = content.map((clause): TextNode => {
    const text = words[String(clause.attrs?.clauseId)];
    if (text === undefined) return clause;
    const paragraph = { type: "paragraph", attrs: { id: newId() }, content: [{ type: "text", text }] };
    return { ...clause, content: [...(clause.content?.slice(0, 1) ?? []), paragraph] };
  });
  const made = { type: "doc", content: translated };
  prosemirrorJSONToYXmlFragment(textSchema(), made, doc.getXmlFragment(textName(language)));
}

/** The translator says of each clause that has words by now that it says the same as the English. */
async function compareWithEnglish(cast: Cast, login: string, text: Text, language: string): Promise<void> {
  const { doc } = await rebuildWithHead(queryOf(database()), { document: text.document, epoch: 1 });
  const english = textOf(doc, "en").content ?? [];
  for (const clause of textOf(doc, language).content ?? []) {
    const there = english.find(({ attrs }) => attrs?.clauseId === clause.attrs?.clauseId);
    const words = clause.content?.slice(1).map(plainText).join("").trim();
    if (!there || !words) continue;
    const id = String(clause.attrs?.clauseId);
    await compareClause(cast.actor(login), { ...text, clause: id, language, digest: digestOfClauses(there, clause) });
  }
}

const tables: Record<string, string[]> = {
  C00: ["legalBases"],
  C02: ["parties"],
  C03: ["offences"],
  C07: ["leaders"],
  C09: ["powers"],
  C10: ["weapons"],
  C12: ["evidenceStandards"],
  C15: ["disclosureRules"],
  C16: ["retention"],
  C22: ["costLines"],
};

function addTables(doc: Y.Doc): void {
  for (const [clause, names] of Object.entries(tables)) {
    const element = clauseElement(doc, clause);
    for (const name of names) {
      const table = new Y.XmlElement("fieldTable");
      table.setAttribute("name", name);
      table.setAttribute("id", newId());
      element?.insert(element.length, [table]);
    }
  }
}
