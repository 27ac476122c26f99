import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import { z } from "zod";
import { queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { comparedWith } from "../checks/comparison.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { appendBatch, Overtaken } from "./appending.server.ts";
import { rebuildWithHead } from "./history.server.ts";
import { textSchema } from "./schema.ts";
import { textInLanguage } from "./seed-text.ts";
import { fieldsOf, languagesOf, textName, textOf } from "./text.ts";

export const BeginLanguage = z.object({ language: z.string("required").max(35, "too-long") });

/** The languages in which the text has words already, for everybody who may read it. */
export function readLanguages(actor: Actor, { jit, document }: { jit: string; document: string }): Promise<string[]> {
  return view(actor, "document.read", { jit, document }, async (db) => {
    const row = await db.document.findFirst({ where: { id: document, jitId: jit }, select: { epoch: true } });
    if (!row) throw new NotFound();
    return languagesOf((await rebuildWithHead(queryOf(db), { document, epoch: row.epoch })).doc);
  });
}

/** How often somebody else may write in between before the person is asked to try again. */
const attempts = 5;

/**
 * Begins the text in one of the languages that clause 23 calls authentic, beside the text that is there; one that is
 * begun gets the clauses that were added to the other since. It is an edit of the person like any other: a row of the
 * history (C3, C4), refused where the person may not write, named in the trail. Of two people who do it at once, one
 * does and the other finds it done: nothing is there twice.
 * Throws Invalid where the language is not authentic, Forbidden, Conflict("document-busy").
 */
export async function beginLanguage(
  actor: Actor,
  input: { jit: string; document: string; language: string },
): Promise<void> {
  for (let n = 0; n < attempts; n++) {
    try {
      return await beginOnce(actor, input);
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
    }
  }
  throw new Conflict("document-busy");
}

async function beginOnce(
  actor: Actor,
  { jit, document, language }: { jit: string; document: string; language: string },
): Promise<void> {
  const { epoch, doc, head } = await view(actor, "document.read", { jit, document }, async (db) => {
    const row = await db.document.findFirst({ where: { id: document, jitId: jit }, select: { epoch: true } });
    if (!row) throw new NotFound();
    return { ...row, ...(await rebuildWithHead(queryOf(db), { document, epoch: row.epoch })) };
  });
  const authentic = fieldsOf(doc).authenticLanguages;
  if (!Array.isArray(authentic) || !authentic.includes(language)) throw new Invalid({ language: "not-authentic" });
  const known = Y.encodeStateVector(doc);
  if (!addClauses(doc, language)) return;
  const bytes = Y.encodeStateAsUpdate(doc, known);
  const part = { actor, clients: [doc.clientID], bytes };
  const { refused } = await appendBatch({ jit, document, epoch, expected: head }, [part]);
  const refusal = refused.get(part);
  // A client of this number is someone else's already: the next attempt draws another.
  if (refusal === "not-yours") throw new Overtaken();
  if (refusal !== undefined) throw new Forbidden();
}

/** Puts in what the text of this language lacks, each clause behind the one it follows; false when it lacks nothing. */
function addClauses(doc: Y.Doc, language: string): boolean {
  const base = comparedWith(languagesOf(doc));
  if (base === undefined || base === language) return false;
  const whole = textInLanguage(textOf(doc, base), language, newId);
  const text = doc.getXmlFragment(textName(language));
  const idsOf = (clauses: readonly unknown[]) =>
    clauses.map((clause) => String(clause instanceof Y.XmlElement && clause.getAttribute("clauseId")));
  const there = idsOf(text.toArray());
  const made = new Y.Doc().getXmlFragment(textName(language));
  prosemirrorJSONToYXmlFragment(textSchema(), whole, made);
  const clauses = made.toArray();
  const ids = idsOf(clauses);
  if (ids.every((id) => there.includes(id))) return false;
  doc.transact(() => {
    let place = 0;
    for (const [n, id] of ids.entries()) {
      const at = there.indexOf(id);
      if (at < 0) {
        text.insert(place, [(clauses[n] as Y.XmlElement).clone()]);
        there.splice(place, 0, id);
        place++;
      } else place = at + 1;
    }
  });
  return true;
}
