import type pg from "pg";
import * as Y from "yjs";
import { rowsAfter } from "#app/domain/documents/history.server.ts";
import { queryOfClient } from "#app/platform/database.server.ts";
import type { Editor } from "./editor.ts";
import { countWords } from "./words.ts";

/** What is stored of one text, read from the rows alone as they come. */
export class Ledger {
  private readonly doc = new Y.Doc();
  private head = 0;

  constructor(
    readonly document: string,
    private readonly owner: pg.Pool,
  ) {}

  /**
   * What these people were shown as saved before the rows were read, and still know nothing else of, and what the rows
   * do not say. Another server may store more meanwhile.
   */
  async missing(editors: readonly Editor[]): Promise<string[]> {
    const here = editors.filter(({ document }) => document === this.document);
    const before = new Map(here.map((editor) => [editor, new Map(editor.certain())]));
    const edition = { document: this.document, epoch: 1 };
    for (const row of await rowsAfter(queryOfClient(this.owner), edition, this.head)) {
      Y.applyUpdate(this.doc, row.bytes);
      this.head = row.sequence;
    }
    const counts = countWords(this.doc);
    return here.flatMap((editor) => {
      const shown = before.get(editor);
      return unlike(
        counts,
        editor.certain().filter(([word, there]) => shown?.get(word) === there),
      );
    });
  }
}

/** Words that should stand in the text and do not, and the reverse. */
export function unlike(counts: Map<string, number>, journal: Iterable<[string, boolean]>): string[] {
  const found: string[] = [];
  for (const [word, there] of journal) {
    if (there !== counts.has(word)) found.push(there ? word : `${word}(erased)`);
  }
  return found;
}
