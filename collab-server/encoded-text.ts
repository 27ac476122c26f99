import * as Y from "yjs";
import { answerFrame, onWire } from "./protocol.ts";

/** The text of a room as bytes: encoded once for each version of the document, however many people come. */
export class EncodedText {
  private encoded: { state: Uint8Array; frame: Buffer } | undefined;
  private readonly answers = new Map<string, Buffer>();
  /** bytes of the state; what was erased or overwritten still counts until it is encoded again */
  size = 0;

  constructor(private readonly doc: Y.Doc) {
    this.state();
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
    const answer = onWire(answerFrame(Y.encodeStateAsUpdate(this.doc, vector)));
    if (this.answers.size < 8) this.answers.set(key, answer);
    return answer;
  }

  /** The document has changed by so many bytes. */
  changed(bytes: number): void {
    this.encoded = undefined;
    this.answers.clear();
    this.size += bytes;
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
}
