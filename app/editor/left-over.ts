import * as idb from "lib0/indexeddb";
import { keptHere, leftNameOf } from "./device-names.ts";

/** Words a person typed that cannot be stored any more: the text was rebuilt, or taken from them. */
export type LeftOver = { document: string; reference: string; words: string };

/** Heard when words were left over. */
export const leftOverEvent = "words-left-over";

/** Keeps words until their author has them or does not want them. What was left before from the same text stays. */
export async function leaveOver(person: string, left: LeftOver): Promise<void> {
  const before = (await leftOversOf(person)).find(({ document }) => document === left.document)?.words;
  const all = before && before !== left.words ? `${before}\n\n${left.words}` : left.words;
  await within(person, (store) => idb.put(store, { ...left, words: all } as never, left.document));
  window.dispatchEvent(new Event(leftOverEvent));
}

export async function leftOversOf(person: string): Promise<LeftOver[]> {
  const name = leftNameOf(person);
  if (!(await keptHere()).some((kept) => kept.name === name)) return [];
  return (await within(person, (store) => idb.getAll(store))) as LeftOver[];
}

export async function forgetLeftOver(person: string, document: string): Promise<void> {
  await within(person, (store) => idb.del(store, document));
  if ((await leftOversOf(person)).length === 0) await idb.deleteDB(leftNameOf(person));
  window.dispatchEvent(new Event(leftOverEvent));
}

async function within<Result>(person: string, act: (store: IDBObjectStore) => Promise<Result>): Promise<Result> {
  const database = await idb.openDB(leftNameOf(person), (made) => idb.createStores(made, [["words"]]));
  try {
    const [store] = idb.transact(database, ["words"]);
    return await act(store as IDBObjectStore);
  } finally {
    database.close();
  }
}
