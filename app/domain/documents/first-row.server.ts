import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Clause } from "../templates/fields.ts";
import { digestOf } from "./canonical.server.ts";
import type { Fields } from "./field-text.ts";
import type { DocumentKind } from "./kinds.ts";
import { seedText } from "./seed-text.ts";
import type { DocumentState } from "./states.ts";

/** What begins: the arrangement, an annex by its number, or a text of another kind. */
type Beginning = {
  jit: string;
  kind?: DocumentKind;
  annex: string | null;
  about: string | null;
  state: DocumentState;
  template: string;
  clauses: readonly Clause[];
  fields: Fields;
};

/** Makes a document with its starting text as row 1 of its history, which is written here alone (C11). */
export async function beginText(tx: Transaction, beginning: Beginning): Promise<{ id: string; facts: Begun }> {
  const { jit, annex, about, state, template, clauses, fields } = beginning;
  const bytes = seedText({ clauses, fields, newBlockId: newId });
  const id = newId();
  const at = now();
  const kind = beginning.kind ?? (annex === null ? "agreement" : "annex");
  await tx.document.create({
    data: {
      id,
      jitId: jit,
      kind,
      annex,
      about,
      state,
      template,
      head: 1,
      recorded: { create: { upTo: 1 } },
      createdAt: at,
      stateSince: at,
    },
  });
  await tx.documentUpdate.create({
    data: { documentId: id, epoch: 1, sequence: 1, authorId: null, bytes: Uint8Array.from(bytes), at },
  });
  return { id, facts: { document: id, kind, template, sha256: digestOf(bytes) } };
}

/** For the trail. */
type Begun = { document: string; kind: string; template: string; sha256: string };
