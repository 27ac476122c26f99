import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { addRow } from "#app/domain/documents/field-rows.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textName } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { answerFrame, askFrame, awarenessFrame, updateFrame } from "#collab/protocol.ts";
import { craft } from "#tests/support/updates.ts";

/** What the server holds in these runs: the starting text, and a few words by the victim. */
export const victim = 7;
export const mallory = 9;

export function startingState(): Uint8Array {
  const doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: { duration: "P12M" }, newBlockId: () => `b${next++}` }));
  doc.clientID = victim;
  lettersOf(doc, 0).insert(3, "hello");
  lettersOf(doc, 0).delete(4, 2);
  return Y.encodeStateAsUpdate(doc);
}

function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** Some letters of the clause; what was sent before may have taken its first paragraphs away. */
function lettersOf(doc: Y.Doc, clause: number): Y.XmlText {
  const within = doc.getXmlFragment(textName("en")).get(clause) as Y.XmlElement;
  for (const block of within.toArray().slice(1)) {
    const children = block instanceof Y.XmlElement ? block.toArray() : [];
    const letters = children.find((child) => child instanceof Y.XmlText && child.length > 6);
    if (letters) return letters as Y.XmlText;
  }
  const letters = new Y.XmlText("some letters");
  within.push([element("paragraph", letters)]);
  return letters;
}

/** A state, and the Yjs clients of the two people in it. */
export type Scene = { state: Uint8Array; victim: number; mallory: number };

/** The update that one change makes, written by Mallory as an honest editor would. */
function honest({ state, mallory }: Scene, change: (doc: Y.Doc) => void): Uint8Array {
  const doc = docOf(state);
  doc.clientID = mallory;
  const vector = Y.encodeStateVector(doc);
  doc.transact(() => change(doc));
  return Y.encodeStateAsUpdate(doc, vector);
}

function element(name: string, ...inside: (Y.XmlElement | Y.XmlText)[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.insert(0, inside);
  return made;
}

const clauseOf = (doc: Y.Doc) => doc.getXmlFragment(textName("en")).get(0) as Y.XmlElement;

/** Small honest and hostile updates, from which the others are bred. */
export function updatesOver(scene: Scene): Uint8Array[] {
  const by = (change: (doc: Y.Doc) => void) => honest(scene, change);
  const { victim, mallory } = scene;
  const next = Y.getState(docOf(scene.state).store, victim);
  return [
    by((doc) => lettersOf(doc, 0).insert(1, "typed")),
    by((doc) => lettersOf(doc, 1).delete(0, 4)),
    by((doc) => lettersOf(doc, 0).format(0, 5, { bold: {}, link: { href: "https://a.example" } })),
    by((doc) => doc.getMap("fields").set("duration", "P6M")),
    by((doc) =>
      doc.getMap("fields").set("offences", [{ partyIso: "KZ", maxPenaltyYears: 1.5 }, { offenceLabel: "x" }]),
    ),
    by((doc) => addRow(doc.getMap("fields"), "leaders", "r1", { state: "KZ", from: "start" })),
    by((doc) => doc.getMap("fields").set("leaders/r1/state", [true, null, 1.5])),
    by((doc) => clauseOf(doc).push([element("paragraph", new Y.XmlText("new"))])),
    by((doc) => clauseOf(doc).push([element("bulletList", element("listItem", element("paragraph")))])),
    by((doc) =>
      clauseOf(doc).push([element("table", element("tableRow", element("tableCell", element("paragraph"))))]),
    ),
    by((doc) => clauseOf(doc).push([element("script")])),
    by((doc) => clauseOf(doc).setAttribute("onclick", "x")),
    by((doc) => clauseOf(doc).delete(1, 1)),
    craft([{ client: victim, clock: next, structs: [{ gc: 2 ** 40 }] }]),
    craft([{ client: mallory, clock: 0, structs: [{ skip: 3 }, { gc: 2 }] }]),
    craft(
      [{ client: mallory, clock: 0, structs: [{ text: "x", root: "text:en" }] }],
      [{ client: 1, ranges: [[0, 9]] }],
    ),
    Y.encodeStateAsUpdate(new Y.Doc()),
    // Stood, and left its letters out: marks that Yjs tidies up in a second step.
    Buffer.from(
      "0104090046011c04626f6c64027b7dc60900011c046c696e6b1c7b2268726566223a2268747470733a2f2f612e6578616d706c65227dc60703070404626f6c64046e756c6cc609000704046c696e6b046e756c6c0107010102",
      "hex",
    ),
  ];
}

const here: Scene = { state: startingState(), victim, mallory };
export const updates = updatesOver(here);
export const frames = framesOver(here);

/** Frames of every kind that a socket may bring. */
export function framesOver(scene: Scene): Uint8Array[] {
  const updates = updatesOver(scene);
  const cursors = awarenessFrame([
    { client: scene.mallory, clock: 1, state: { user: { name: "x" }, cursor: { anchor: {}, head: {} } } },
    { client: scene.victim, clock: 2 ** 31, state: null },
  ]);
  const two = encoding.createEncoder();
  encoding.writeUint8Array(two, askFrame(Uint8Array.of(0)));
  encoding.writeUint8Array(two, updateFrame(updates[0] as Uint8Array));
  return [
    askFrame(Uint8Array.of(0)),
    askFrame(Y.encodeStateVectorFromUpdate(scene.state)),
    ...updates.slice(0, 8).map(updateFrame),
    ...updates.slice(8).map(answerFrame),
    cursors,
    awarenessFrame([]),
    Uint8Array.of(3),
    Uint8Array.of(10, 2, 0x7b, 0x7d),
    encoding.toUint8Array(two),
  ];
}
