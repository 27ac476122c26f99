import { clausesOf } from "../documents/clauses.ts";
import type { Content } from "../documents/content.ts";
import type { Fields } from "../documents/field-text.ts";
import type { TextNode } from "../documents/text-node.ts";
import { annexIdOf } from "../templates/annex.ts";

/** A child of the arrangement that all have signed. `from`: since when it has its effect. */
export type SignedChild = { annex: string; from: Date; fields: Fields };

/** What a child changed, as the text for information says it below the clause. Codes become words where it is shown. */
export type Note =
  /** `inText`: the new words stand in the clause; otherwise the old ones could not be found there */
  | { kind: "amended"; annex: string; from: Date; oldText: string; newText: string; inText: boolean }
  | { kind: "extended"; annex: string; from: Date; by: string }
  | { kind: "acceded"; annex: string; from: Date; state: string; authority: string }
  | { kind: "withdrew"; annex: string; from: Date; state: string }
  | { kind: "ended" | "suspended" | "resumed"; annex: string; from: Date };

/** The text for information: the words with what was changed in them, and the notes by the id of their clause. */
export type Consolidated = { doc: TextNode; notes: Record<string, Note[]>; withoutClause: Note[] };

/**
 * The arrangement with the children that have their effect at `at`, in the order of their effect. Old words are replaced
 * where they stand in one piece of the clause that the amendment names; else the note alone says what holds. Nothing of
 * it is signed: what binds are the signed texts themselves.
 */
export function consolidate(
  { languages }: Pick<Content, "languages">,
  language: string,
  children: readonly SignedChild[],
  at: Date,
): Consolidated {
  const doc = structuredClone(languages[language] ?? { type: "doc", content: [] });
  const heads = clausesOf(doc);
  const notes: Record<string, Note[]> = {};
  const withoutClause: Note[] = [];
  const add = (clause: string | undefined, note: Note) => {
    if (clause === undefined || !heads.some(({ id }) => id === clause)) withoutClause.push(note);
    else notes[clause] = [...(notes[clause] ?? []), note];
  };
  const inOrder = children
    .filter(({ from }) => from <= at)
    .sort(
      (one, other) =>
        one.from.getTime() - other.from.getTime() || one.annex.localeCompare(other.annex, "en", { numeric: true }),
    );
  for (const child of inOrder) {
    const { annex, from, fields } = child;
    switch (annexIdOf(annex)) {
      case "A8":
        add("C05", { kind: "extended", annex, from, by: String(fields.extendedBy ?? "") });
        break;
      case "A9":
        for (const row of Array.isArray(fields.amendments) ? (fields.amendments as Fields[]) : []) {
          const clause = clauseNamed(String(row.amendedClause ?? ""), heads);
          const [oldText, newText] = [wordsIn(row.oldText, language), wordsIn(row.newText, language)];
          const inText = clause !== undefined && replaceOnce(doc, clause, oldText, newText);
          add(clause, { kind: "amended", annex, from, oldText, newText, inText });
        }
        break;
      case "A10": {
        const [state, authority] = [String(fields.accedingState ?? ""), wordsIn(fields.accedingAuthority, language)];
        add("C02", { kind: "acceded", annex, from, state, authority });
        break;
      }
      case "A11":
        if (fields.withdrawalKind === "its_withdrawal")
          add("C02", { kind: "withdrew", annex, from, state: String(fields.withdrawingParty ?? "") });
        else add("C05", { kind: endings[String(fields.withdrawalKind)] ?? "ended", annex, from });
    }
  }
  return { doc, notes, withoutClause };
}

const endings: Record<string, "ended" | "suspended" | "resumed"> = {
  the_end_of_the_team: "ended",
  the_suspension_of_the_team: "suspended",
  the_resumption_of_the_team: "resumed",
};

/** "C05", "5", "Clause 5", "clause 5.1": the clause of this id, or of this number in the text. */
function clauseNamed(words: string, heads: readonly { id: string; number: number; title: string }[]) {
  const id = /\bC\d{2}\b/i.exec(words)?.[0].toUpperCase();
  if (id && heads.some((head) => head.id === id)) return id;
  const number = /\d+/.exec(words)?.[0];
  const byNumber = number === undefined ? undefined : heads.find((head) => head.number === Number(number));
  return byNumber?.id ?? heads.find(({ title }) => title !== "" && title === words.trim())?.id;
}

function wordsIn(value: unknown, language: string): string {
  if (typeof value === "string") return value;
  const texts = (value ?? {}) as Record<string, unknown>;
  const words = texts[language] ?? texts.en ?? Object.values(texts)[0];
  return typeof words === "string" ? words : "";
}

/** True when the old words stand exactly once in one piece of the clause, and were replaced there. */
function replaceOnce(doc: TextNode, clause: string, oldText: string, newText: string): boolean {
  if (oldText.trim() === "") return false;
  const node = doc.content?.find(({ attrs }) => attrs?.clauseId === clause);
  const pieces = textsIn(node?.content?.slice(1) ?? []).filter(({ text }) => text?.includes(oldText));
  const [piece] = pieces;
  if (!piece?.text || pieces.length > 1 || piece.text.split(oldText).length > 2) return false;
  piece.text = piece.text.split(oldText).join(newText);
  return true;
}

function textsIn(nodes: readonly TextNode[]): TextNode[] {
  return nodes.flatMap((node) => (node.text === undefined ? textsIn(node.content ?? []) : [node]));
}
