import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as Y from "yjs";
import { newId } from "#app/platform/ids.ts";
import { type Contestant, ours } from "./contestants.ts";
import type { Place } from "./place.ts";

/** A text as it is stored: a full state, or the rows that lead to it. */
export type Text = { rows: Uint8Array[]; snapshot?: boolean };

const words = "The competent authorities of the Parties shall consult one another without delay. ";

export type Texts = Record<"start" | "short" | "long" | "huge" | "typed", Text>;

/** Each is made when it is first asked for, which takes seconds for the large ones. */
export function textsFrom(seed: Uint8Array): Texts {
  const once = (make: () => Text) => {
    let made: Text | undefined;
    return { get: () => (made ??= make()), enumerable: true };
  };
  return Object.defineProperties({} as Texts, {
    start: once(() => ({ rows: [seed] })),
    short: once(() => longText(seed, 100_000)),
    long: once(() => longText(seed, 1_500_000)),
    huge: once(() => longText(seed, 5_000_000)),
    typed: once(() => typedText(seed, 10_000)),
  });
}

/** The arrangement with paragraphs added until its state is this large, written in pieces by ten clients. */
function longText(seed: Uint8Array, bytes: number): Text {
  const doc = openText(seed);
  const fragment = doc.getXmlFragment("text:en");
  for (let n = 0; ; n++) {
    if (n % 50 === 0 && Y.encodeStateAsUpdate(doc).length >= bytes) break;
    doc.clientID = 1_000 + (n % 10);
    doc.transact(() => addParagraph(fragment.get(n % fragment.length) as Y.XmlElement));
  }
  return { rows: [Y.encodeStateAsUpdate(doc)], snapshot: true };
}

function addParagraph(clause: Y.XmlElement): void {
  const letters = new Y.XmlText();
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.setAttribute("id", newId());
  paragraph.insert(0, [letters]);
  clause.insert(clause.length, [paragraph]);
  for (let piece = 0; piece < 5; piece++) letters.insert(Math.floor(letters.length / 2), words);
}

/** The same arrangement with so many letters typed one by one, each a row. */
function typedText(seed: Uint8Array, letters: number): Text {
  const doc = openText(seed);
  const rows = [seed];
  doc.on("update", (bytes: Uint8Array) => rows.push(bytes));
  doc.clientID = 1_000;
  for (let n = 0; n < letters; n++) lettersOf(doc, n % 5).insert(0, "x");
  return { rows };
}

function openText(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** The letters of one of the paragraphs that begin with letters. */
export function lettersOf(doc: Y.Doc, which: number): Y.XmlText {
  const beginnings: Y.XmlText[] = [];
  for (const clause of doc.getXmlFragment("text:en").toArray()) {
    const first = ((clause as Y.XmlElement).get(1) as Y.XmlElement).get(0);
    if (first instanceof Y.XmlText) beginnings.push(first);
  }
  return beginnings[which % beginnings.length] as Y.XmlText;
}

/** Puts a text where this contestant loads it from. Returns its name. */
export async function newDocument(place: Place, contestant: Contestant, text: Text, jit = place.team.jit) {
  const name = newId();
  if (contestant === ours) await storeOurs(place, name, text, jit);
  else if (contestant.storing === "memory") writeFileSync(join(place.folder, name), wholeOf(text));
  else await storeTheirs(place, name, contestant, text);
  return name;
}

const insertText = `WITH document_ AS (
       INSERT INTO document (id, jit_id, kind, state, template, head, created_at, state_since)
       SELECT $1::uuid, $2::uuid, kind, state, template, $4, now(), now() FROM document WHERE id = $3::uuid
       RETURNING id),
     recorded_ AS (INSERT INTO document_recorded (document_id, up_to) SELECT id, $4 FROM document_),
     snapshot_ AS (
       INSERT INTO document_snapshot (document_id, epoch, sequence, state, at)
       SELECT $1::uuid, 1, 1, $6, now() WHERE $6::bytea IS NOT NULL)
     INSERT INTO document_update (document_id, epoch, sequence, author_id, bytes, at)
     SELECT $1::uuid, 1, n, NULL, b, now() FROM unnest($5::bytea[]) WITH ORDINALITY AS t (b, n)`;

async function storeOurs({ owner, model }: Place, name: string, { rows, snapshot }: Text, jit: string): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("BEGIN");
    await client.query(insertText, [
      name,
      jit,
      model,
      rows.length,
      rows.map((row) => Buffer.from(row)),
      snapshot ? rows[0] : null,
    ]);
    await client.query("SELECT audit.append($1, $2, '{}')", [
      jit,
      { actor: { system: true }, action: "document.start" },
    ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

async function storeTheirs({ opponents }: Place, name: string, { wire, storing }: Contestant, text: Text) {
  if (wire === "hocuspocus" && storing === "after")
    await opponents.query("INSERT INTO bench_state VALUES ($1, $2)", [name, wholeOf(text)]);
  else
    await opponents.query("INSERT INTO bench_row (document, bytes) SELECT $1, b FROM unnest($2::bytea[]) AS t (b)", [
      name,
      text.rows.map((row) => Buffer.from(row)),
    ]);
}

function wholeOf({ rows }: Text): Buffer {
  const [first] = rows;
  if (rows.length === 1 && first) return Buffer.from(first);
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const row of rows) Y.applyUpdate(doc, row);
  });
  return Buffer.from(Y.encodeStateAsUpdate(doc));
}
