import * as idb from "lib0/indexeddb";
import { IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from "y-indexeddb";
import * as Y from "yjs";
import type { Copy } from "./connection.ts";
import { type Edition, nameOf } from "./device-names.ts";
import { leaveOver } from "./left-over.ts";
import { unsentWords } from "./unsent.ts";

/** What a copy says of itself beside the text: whose team's text, when opened (ms), what is unsent (client → clock). */
type About = { reference: string; opened: number; unsent: Map<number, number> };

const stores: [string, IDBObjectStoreParameters?][] = [["updates", { autoIncrement: true }], ["custom"]];
const mark = (client: number) => `unsent ${client}`;
const longestLoad = 5_000;

/**
 * Opens the copy of a text on this device and loads what it holds into `doc`. Throws when the browser stores nothing.
 * The library keeps and loads the updates; how they are written is done here, because the library says nothing of a
 * full disk, and because an update and the mark that it is unsent must be kept together or not at all.
 */
async function load(edition: Edition, doc: Y.Doc): Promise<IndexeddbPersistence> {
  const name = nameOf(edition);
  // A browser that refuses does so here: the library would wait for ever.
  (await idb.openDB(name, (database) => idb.createStores(database, stores as never))).close();
  const store = new IndexeddbPersistence(name, doc);
  doc.off("update", store._storeUpdate);
  await Promise.race([
    store.whenSynced,
    new Promise((_, reject) => setTimeout(() => reject(new Error("the copy could not be read")), longestLoad)),
  ]);
  return store;
}

async function readAbout(store: IndexeddbPersistence): Promise<About> {
  const [custom] = idb.transact(await store._db, ["custom"], "readonly");
  const entries: { k: string; v: unknown }[] = await idb.getAllKeysValues(custom as IDBObjectStore);
  const about: About = { reference: "", opened: 0, unsent: new Map() };
  for (const { k, v } of entries) {
    if (k === "reference") about.reference = String(v);
    else if (k === "opened") about.opened = Number(v);
    else about.unsent.set(Number(k.split(" ")[1]), Number(v));
  }
  return about;
}

/** Opens the copy for writing. `failed` is called once when the browser stops storing; what was stored stays. */
export async function openCopy(
  { reference, ...edition }: Edition & { reference: string },
  doc: Y.Doc,
  failed: () => void,
): Promise<Copy> {
  const store = await load(edition, doc);
  const { unsent } = await readAbout(store);
  let writing = 0;
  let over = false;

  const fail = () => {
    if (over) return;
    over = true;
    failed();
  };
  const write = (act: (updates: IDBObjectStore, custom: IDBObjectStore) => void) => {
    if (over) return;
    writing++;
    try {
      const [updates, custom] = idb.transact(store.db as IDBDatabase, ["updates", "custom"]);
      const { transaction } = updates as IDBObjectStore;
      transaction.addEventListener("complete", () => writing--);
      // A full disk is often found only when all of it is to be written.
      transaction.addEventListener("abort", fail);
      act(updates as IDBObjectStore, custom as IDBObjectStore);
      transaction.commit();
    } catch {
      fail();
    }
  };

  write((_updates, custom) => {
    custom.put(Date.now(), "opened");
    custom.put(reference, "reference");
  });
  return {
    unsent,
    isFrom: (origin) => origin === store,
    keep(update, unsentFrom) {
      write((updates, custom) => {
        updates.add(update);
        for (const [client, clock] of unsentFrom) custom.put(clock, mark(client));
      });
      if (++store._dbsize === PREFERRED_TRIM_SIZE) storeState(store, false).catch(fail);
    },
    confirm(clients) {
      write((_updates, custom) => {
        for (const client of clients) custom.delete(mark(client));
      });
    },
    isWriting: () => writing > 0,
    async wipe(words) {
      over = true;
      if (words) await leaveOver(edition.person, { document: edition.document, reference, words });
      await store.destroy();
      await idb.deleteDB(store.name);
    },
    close() {
      over = true;
      void store.destroy();
    },
  };
}

/** What a copy holds that was never stored: null when nothing; its words, perhaps none, when something. */
export async function lookInto(edition: Edition): Promise<{ reference: string; opened: number; words: string | null }> {
  const doc = new Y.Doc();
  const store = await load(edition, doc);
  try {
    const { reference, opened, unsent } = await readAbout(store);
    return { reference, opened, words: unsent.size > 0 ? unsentWords(doc, unsent) : null };
  } finally {
    await store.destroy();
  }
}
