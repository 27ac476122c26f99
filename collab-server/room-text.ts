import * as Y from "yjs";
import { limits } from "./limits.ts";
import { answerFrame, onWire } from "./protocol.ts";

/**
 * The text of a room. As bytes it is encoded once for each version, however many people come. As a document it is
 * there only while somebody writes: who only reads needs the bytes, and those take a tenth of the memory.
 */
export class RoomText {
  private document: Y.Doc | null;
  private encoded: { state: Uint8Array; frame: Buffer } | undefined;
  private encodedVector: Uint8Array | undefined;
  private readonly answers = new Map<string, Buffer>();
  private changedAt = 0;
  /** bytes of the state; what was erased or overwritten still counts until it is encoded again */
  size = 0;

  constructor(doc: Y.Doc) {
    this.document = doc;
    this.state();
    this.rest();
  }

  /** The document at exactly what is stored. Made from the bytes when it rests. */
  get doc(): Y.Doc {
    if (!this.document) {
      this.document = new Y.Doc();
      Y.applyUpdate(this.document, this.state());
      this.changedAt = Date.now();
    }
    return this.document;
  }

  get vector(): Uint8Array {
    this.encodedVector ??= Y.encodeStateVector(this.doc);
    return this.encodedVector;
  }

  state(): Uint8Array {
    return this.whole().state;
  }

  /** What someone who has `vector` is missing, as it goes over the socket. */
  answerTo(vector: Uint8Array): Buffer {
    const key = Buffer.from(vector).toString("latin1");
    if (key === "\0") return this.whole().frame;
    // After a restart of the network everybody comes back with the same vector: one encoding serves them all.
    const known = this.answers.get(key);
    if (known) return known;
    // The bytes answer too: nobody's return wakes the document.
    const missing = this.document ? Y.encodeStateAsUpdate(this.document, vector) : Y.diffUpdate(this.state(), vector);
    const answer = onWire(answerFrame(missing));
    if (this.answers.size < 8) this.answers.set(key, answer);
    return answer;
  }

  /** Takes in what was stored. */
  apply(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
    this.encoded = undefined;
    this.encodedVector = undefined;
    this.answers.clear();
    this.size += bytes.length;
    this.changedAt = Date.now();
  }

  /** Lets go of the document when nobody has written for a while. Large ones stay: to make them again takes too long. */
  rest(): void {
    if (!this.document || this.size > limits.restBytes || Date.now() - this.changedAt < limits.restMs) return;
    this.state();
    this.encodedVector ??= Y.encodeStateVector(this.document);
    this.answers.clear();
    this.document.destroy();
    this.document = null;
  }

  private whole() {
    if (!this.encoded) {
      const encoded = Y.encodeStateAsUpdate(this.doc);
      const frame = onWire(answerFrame(encoded));
      // The state stands at the end of its frame: one piece of memory holds both.
      this.encoded = { frame, state: frame.subarray(frame.length - encoded.length) };
      this.size = encoded.length;
    }
    return this.encoded;
  }

  destroy(): void {
    this.document?.destroy();
  }
}
