import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "./limits.ts";
import { RoomText } from "./room-text.ts";

const letters = fc.array(fc.record({ client: fc.integer({ min: 1, max: 4 }), at: fc.nat(), erase: fc.boolean() }), {
  minLength: 1,
  maxLength: 30,
});

function written(acts: { client: number; at: number; erase: boolean }[]): Y.Doc {
  const doc = new Y.Doc();
  const text = doc.getText("t");
  for (const { client, at, erase } of acts) {
    doc.clientID = client;
    if (erase && text.length > 0) text.delete(at % text.length, 1);
    else text.insert(at % (text.length + 1), "x");
  }
  return doc;
}

/** What is in an answer, past the head of the socket and of the message. */
function answerIn(wire: Buffer): Uint8Array {
  const head = wire[1] === 127 ? 10 : wire[1] === 126 ? 4 : 2;
  let at = head + 2;
  while ((wire[at] as number) >= 128) at++;
  return wire.subarray(at + 1);
}

test("[C9] a text that rests gives everybody what they miss, and is the same when it wakes", () => {
  fc.assert(
    fc.property(letters, letters, (before, after) => {
      const doc = written(before);
      const theirs = Y.encodeStateAsUpdate(doc);
      for (const { client, at } of after) {
        doc.clientID = client;
        doc.getText("t").insert(at % (doc.getText("t").length + 1), "y");
      }
      const whole = Y.encodeStateAsUpdate(doc);
      const vector = Y.encodeStateVector(doc);
      const text = new RoomText(doc);
      expect(text.vector).toEqual(vector);
      for (const known of [theirs, whole, null]) {
        const reader = new Y.Doc();
        if (known) Y.applyUpdate(reader, known);
        Y.applyUpdate(reader, answerIn(text.answerTo(Y.encodeStateVector(reader))));
        expect(Y.encodeStateAsUpdate(reader)).toEqual(whole);
      }
      expect(Y.encodeStateAsUpdate(text.doc)).toEqual(whole);
    }),
  );
});

test("what is written wakes it, and is in the next answer; a text written in just now does not rest", () => {
  const text = new RoomText(written([{ client: 1, at: 0, erase: false }]));
  const writer = new Y.Doc();
  Y.applyUpdate(writer, text.state());
  writer.getText("t").insert(1, " more");
  text.apply(Y.encodeStateAsUpdate(writer));
  const awake = text.doc;
  text.rest();
  expect(text.doc).toBe(awake);
  const usual = limits.restMs;
  limits.restMs = -1;
  text.rest();
  limits.restMs = usual;
  expect(text.doc).not.toBe(awake);
  expect(text.doc.getText("t").toString()).toBe("x more");
});
