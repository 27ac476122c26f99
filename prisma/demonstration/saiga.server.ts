import * as Y from "yjs";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { fieldsName, textName } from "#app/domain/documents/text.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import authorities from "./authorities.json" with { type: "json" };
import people from "./people.json" with { type: "json" };
import type { Cast } from "./people.server.ts";
import saiga from "./saiga.json" with { type: "json" };
import { daysAgo } from "./story.server.ts";

type Text = { jit: string; document: string };
let nextClient = 100;

/** One sitting of one person: what `edit` changes is stored as that person's row, as the collaboration server does. */
async function write(cast: Cast, login: string, { jit, document }: Text, edit: (doc: Y.Doc) => void): Promise<void> {
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

/** The delegations fill in the values, word three clauses for the case, and set the tables beside their sentences. */
export async function writeSaiga(cast: Cast, text: Text): Promise<void> {
  const { fields, texts } = saiga as { fields: Record<string, unknown>; texts: Record<string, string> };
  const values = Object.entries(fields).map(([name, value]) => [name, readable(value)] as const);
  const third = Math.ceil(values.length / 3);
  const writers = ["aigul", "sanne", "noha"];
  for (const [index, login] of writers.entries()) {
    await daysAgo(30 - index, () =>
      write(cast, login, text, (doc) => {
        for (const [name, value] of values.slice(index * third, (index + 1) * third))
          doc.getMap(fieldsName).set(name, value);
      }),
    );
  }
  const authors: Record<string, string> = { C03: "aigul", C05: "wenjing", C06: "noha" };
  for (const [clause, words] of Object.entries(texts)) {
    await daysAgo(12, () => write(cast, authors[clause] ?? "aigul", text, (doc) => addParagraph(doc, clause, words)));
  }
  await daysAgo(6, () => write(cast, "sanne", text, (doc) => addTables(doc)));
}

/** References to people and authorities become their names: the text is read by people who have no list. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, readable(inner)]));
  }
  if (typeof value !== "string") return value;
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
