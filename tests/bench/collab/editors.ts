import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import { WebSocket } from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import type { Writer } from "./load.ts";
import { pause } from "./machine.ts";
import type { Person } from "./place.ts";
import type { Running } from "./running.ts";

/** Three clients as editors use them. What was measured counts only when they end with the same, whole text. */
export type Editors = {
  docs: Y.Doc[];
  opened: Promise<unknown>;
  check(writers: readonly Writer[]): Promise<void>;
  leave(): void;
};

export class Void extends Error {
  override name = "Void";
}

export function openEditors(server: Running, name: string, people: readonly Person[]): Editors {
  const opened = people.slice(0, 3).map((person) => openOne(server, name, person));
  const docs = opened.map(({ doc }) => doc);
  return {
    docs,
    opened: Promise.all(opened.map(({ synced }) => synced)),
    check: (writers) => checkAll(docs, writers),
    leave: () => {
      for (const { leave } of opened) leave();
    },
  };
}

function openOne(server: Running, name: string, person: Person) {
  const doc = new Y.Doc();
  const headers = server.headers(person);
  class Socket extends WebSocket {
    constructor(url: string) {
      super(url, { headers, perMessageDeflate: false });
    }
  }
  const url = server.address(name);
  if (server.wire === "hocuspocus") {
    const socket = new HocuspocusProviderWebsocket({ url, WebSocketPolyfill: Socket });
    let whenSynced = () => {};
    const synced = new Promise<void>((resolve) => {
      whenSynced = resolve;
    });
    const provider = new HocuspocusProvider({
      websocketProvider: socket,
      name,
      document: doc,
      token: "token",
      onSynced: () => whenSynced(),
    });
    provider.attach();
    const leave = () => {
      provider.destroy();
      socket.destroy();
    };
    return { doc, synced, leave };
  }
  const provider = new WebsocketProvider(url.slice(0, url.lastIndexOf("/")), name, doc, {
    disableBc: true,
    WebSocketPolyfill: Socket as never,
  });
  // What only our server says.
  for (const type of [10, 11, 12]) provider.messageHandlers[type] = () => {};
  const synced = new Promise<void>((resolve) => provider.on("sync", () => resolve()));
  return { doc, synced, leave: () => provider.destroy() };
}

async function checkAll(docs: Y.Doc[], writers: readonly Writer[]): Promise<void> {
  const end = performance.now() + 10_000;
  const hasAll = (doc: Y.Doc) =>
    writers.every((writer) => Y.getState(doc.store, writer.doc.clientID) === writer.reached);
  while (!docs.every(hasAll)) {
    if (performance.now() > end) throw new Void("the editors do not have what was written");
    await pause(20);
  }
  const texts = new Set(docs.map((doc) => doc.getXmlFragment("text:en").toString()));
  if (texts.size !== 1) throw new Void("the editors ended with different texts");
}
