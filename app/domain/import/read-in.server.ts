import { queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { digestOf } from "../documents/canonical.server.ts";
import { rebuild } from "../documents/history.server.ts";
import { fieldsOf, languageIn, languagesOf, textOf } from "../documents/text.ts";
import { Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { UnreadableFile, type WordFile } from "./file.ts";
import { linesOf, type Part, placeInText } from "./placing.ts";
import { readInThread } from "./reading.server.ts";

/** What the person looks through before anything is changed: the file beside the text as it stands. */
export type ReadIn = Omit<ReturnType<typeof placeInText>, "parts"> & {
  parts: (Part & { lines: { text: string; dir: string }[] })[];
};

/** `asked`: the language of the text for which the file is read. */
type Input = { jit: string; document: string; asked: string | null; file: Uint8Array };

/**
 * Reads a Word file for a text that the person may write. The text stays as it is: what the person chooses is put in
 * by the own editor, as an edit of that person like any other, through the same guard, history and undo. That a file
 * was read is an entry in the trail, with its SHA-256. Throws Invalid with a reason for the field "file".
 */
export async function readIn(actor: Actor, { file, asked, ...target }: Input): Promise<ReadIn> {
  // Asked before the work is done, and again when its outcome is given.
  await view(actor, "document.edit", target, async () => {});
  const read = await readOrRefuse(file);
  return view(
    actor,
    "document.readIn",
    target,
    async (db) => {
      const row = await db.document.findFirst({ where: { id: target.document, jitId: target.jit } });
      if (!row) throw new NotFound();
      const doc = await rebuild(queryOf(db), { document: row.id, epoch: row.epoch });
      const language = languageIn(languagesOf(doc), asked);
      const fields = fieldsOf(doc);
      const placed = placeInText(read, textOf(doc, language), fields, language);
      return {
        ...placed,
        parts: placed.parts.map((part) => ({ ...part, lines: linesOf(part.blocks, fields, language) })),
      };
    },
    ({ parts }) => ({
      document: target.document,
      format: "docx",
      bytes: file.byteLength,
      sha256: digestOf(file),
      parts: parts.length,
    }),
  );
}

async function readOrRefuse(file: Uint8Array): Promise<WordFile> {
  try {
    return await readInThread(file);
  } catch (error) {
    throw error instanceof UnreadableFile ? new Invalid({ file: error.reason }) : error;
  }
}
