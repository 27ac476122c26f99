/** Hocuspocus, with one of three ways to store. */
import { Database } from "@hocuspocus/extension-database";
import { type Extension, Server } from "@hocuspocus/server";
import * as Y from "yjs";
import { addRow, loadRows, loadState, saveState, startingText, storing, updateIn } from "./storage.ts";

const lines = new Map<string, Promise<void>>();

/** Runs before a message is read, and so before anybody is sent it. In order: the hook itself would let frames overtake. */
const storeFirst: Extension = {
  beforeHandleMessage: ({ documentName: name, update: frame }) => {
    const bytes = updateIn(frame, 1 + name.length);
    const stored = (lines.get(name) ?? Promise.resolve()).then(() => (bytes ? addRow(name, bytes) : undefined));
    lines.set(name, stored);
    return stored;
  },
  onLoadDocument: async ({ documentName, document }) => {
    for (const row of await loadRows(documentName)) Y.applyUpdate(document, row);
  },
};

const extensions: Record<typeof storing, Extension> = {
  memory: {
    onLoadDocument: async ({ documentName, document }) => Y.applyUpdate(document, startingText(documentName)),
  },
  after: new Database({
    fetch: ({ documentName }) => loadState(documentName),
    store: ({ documentName, state }) => saveState(documentName, state),
  }),
  first: storeFirst,
};

const port = Number(process.env.PORT);
const settings = { port, quiet: true, stopOnSignals: false, ...(storing === "after" ? { debounce: 0 } : {}) };
const server = new Server({ ...settings, extensions: [extensions[storing]] }, { perMessageDeflate: false });
await server.listen();
process.send?.({ ready: true });
process.on("disconnect", () => process.exit());
