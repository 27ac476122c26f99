import * as idb from "lib0/indexeddb";
import { lookInto } from "./device-copy.ts";
import { type Edition, type Kept, keptHere } from "./device-names.ts";
import { leaveOver } from "./left-over.ts";

/** A text that nobody opened here for so long is deleted. */
const longestMs = 30 * 24 * 3_600_000;

type Answer = { person: string; epochs: Record<string, number> };

/**
 * Deletes what this device must not keep: everything of others than `keeper`; what the keeper may not read any more,
 * what was rebuilt, and what was not opened for 30 days; and, while nobody is signed in, all that is stored anyway. A
 * session also ends by itself, over lunch: what was not stored then waits for the same person. It goes when they sign
 * out, when someone else signs in, or when the text is taken from them; their own words are then left over for them.
 */
export async function tidyDevice(keeper: string | null): Promise<void> {
  const kept = await keptHere();
  await deleteAll(kept.filter(({ person }) => person !== keeper));
  const own = kept.filter(({ person }) => person === keeper);
  if (own.length === 0) return;
  const answer = await whatMayBeRead(own.flatMap(({ edition }) => edition ?? []));
  if (answer === "unknown") return;
  if (answer && answer.person !== keeper) return await deleteAll(own);
  for (const { name, edition } of own) if (edition) await tidyCopy(name, edition, answer);
}

/** True when a copy of this person holds something that is not stored. */
export async function holdsUnsent(person: string): Promise<boolean> {
  for (const { edition } of await keptHere()) {
    if (edition?.person === person && (await lookInto(edition)).words !== null) return true;
  }
  return false;
}

async function tidyCopy(name: string, edition: Edition, answer: Answer | null): Promise<void> {
  const { words, reference, opened } = await lookInto(edition);
  if (!answer) {
    if (words === null) await idb.deleteDB(name);
    return;
  }
  // A copy that was never opened is being made at this moment.
  const recent = opened === 0 || Date.now() - opened < longestMs;
  if (answer.epochs[edition.document] === edition.epoch && recent) return;
  if (words) await leaveOver(edition.person, { document: edition.document, reference, words });
  await idb.deleteDB(name);
}

async function deleteAll(kept: readonly Kept[]): Promise<void> {
  await Promise.all(kept.map(({ name }) => idb.deleteDB(name)));
}

/** Who is signed in, and at which epochs the texts are that they may read; null for nobody. */
async function whatMayBeRead(editions: readonly Edition[]): Promise<Answer | null | "unknown"> {
  const asked = new URLSearchParams(editions.map(({ document }): [string, string] => ["document", document]));
  try {
    const answer = await fetch(`/me/texts?${asked}`, { redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 401) return null;
    return answer.ok ? ((await answer.json()) as Answer) : "unknown";
  } catch {
    return "unknown";
  }
}
