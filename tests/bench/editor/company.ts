import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { newId } from "#app/platform/ids.ts";

const words = "The competent authorities of the Parties shall consult one another without delay. ";

/** A colleague with the text open, without a browser. */
export type Colleague = { doc: Y.Doc; leave(): void };

export async function comeIn(origin: string, cookie: string, document: string): Promise<Colleague> {
  class WithCookie extends WebSocket {
    constructor(address: string | URL) {
      super(address, { headers: { Cookie: cookie, Origin: origin } });
    }
  }
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${origin.replace(/^http/, "ws")}/collab`, document, doc, {
    WebSocketPolyfill: WithCookie as never,
    disableBc: true,
  });
  // Saved, people and assents: messages of the server that only the page reads.
  for (const type of [10, 11, 12]) provider.messageHandlers[type] = () => {};
  await new Promise<void>((resolve) => {
    provider.on("sync", (synced: boolean) => synced && resolve());
  });
  return {
    doc,
    leave: () => {
      provider.destroy();
      doc.destroy();
    },
  };
}

/** Adds paragraphs, a few at a time as one who pastes, until the text has this many letters. */
export async function writeLong(doc: Y.Doc, letters: number): Promise<void> {
  const fragment = doc.getXmlFragment("text:en");
  for (let written = 0; written < letters; ) {
    doc.transact(() => {
      for (let n = 0; n < 10; n++) {
        const clause = fragment.get(((written / words.length + n) % fragment.length) | 0) as Y.XmlElement;
        const text = new Y.XmlText(words.repeat(5));
        const paragraph = new Y.XmlElement("paragraph");
        paragraph.setAttribute("id", newId());
        paragraph.insert(0, [text]);
        clause.insert(clause.length, [paragraph]);
        written += words.length * 5;
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
