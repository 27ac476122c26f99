/** The server of y-websocket, as its own server.js sets it up, with one of three ways to store. */
import { createServer } from "node:http";
import { getYDoc, setPersistence, setupWSConnection } from "@y/websocket-server/utils";
import { type WebSocket, WebSocketServer } from "ws";
import * as Y from "yjs";
import { addRow, loadRows, startingText, storing, updateIn } from "./storage.ts";

const loading = new Map<string, Promise<void>>();

async function load(name: string, doc: Y.Doc): Promise<void> {
  for (const row of await loadRows(name)) Y.applyUpdate(doc, row, "storage");
  if (storing === "first") return;
  doc.on("update", (bytes: Uint8Array) => void addRow(name, bytes));
}

setPersistence({
  provider: null,
  bindState: (name, doc) => {
    if (storing === "memory") Y.applyUpdate(doc, startingText(name));
    else loading.set(name, load(name, doc));
  },
  writeState: async () => {},
});

/** Its persistence is told after the others were sent to: here each frame waits until it is stored. */
function storeFirst(socket: WebSocket, name: string): void {
  const on = socket.on.bind(socket);
  let line = Promise.resolve();
  const waiting = (listener: (data: ArrayBuffer) => void) => (data: ArrayBuffer) => {
    line = line.then(async () => {
      const update = updateIn(new Uint8Array(data));
      if (update) await addRow(name, update);
      listener(data);
    });
  };
  socket.on = ((event: string, listener: never) =>
    on(event as "message", event === "message" ? (waiting(listener) as never) : listener)) as typeof socket.on;
}

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
server.on("upgrade", async (request, connection, head) => {
  const name = (request.url ?? "").slice(1);
  getYDoc(name);
  await loading.get(name);
  sockets.handleUpgrade(request, connection, head, (socket) => {
    if (storing === "first") storeFirst(socket, name);
    setupWSConnection(socket, request);
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.({ ready: true }));
process.on("disconnect", () => process.exit());
