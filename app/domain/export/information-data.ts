import type { Content } from "../documents/content.ts";
import type { ForInformation } from "../lifecycle/consolidated.server.ts";
import type { Note } from "../lifecycle/consolidated.ts";
import { stateName } from "../names/names.ts";
import type { ArrangementToPrint } from "./arrangement.ts";
import { arrangementData, groups, type Information, instantText, languagesOf } from "./arrangement-data.ts";
import { english } from "./arrangement-words.ts";
import { type Block, lineOfText, tableOf } from "./printable-text.ts";

const words = english.information;

/**
 * What arrangement.typ lays out for a paper that is for information only: the words as they are changed, below each
 * clause what changed it, and instead of a signature page the list of what was signed. Every page says that it is not
 * signed; no signature, no annex and no canonical text stand in it.
 */
export function informationData(signed: ArrangementToPrint, changed: ForInformation) {
  const { annexes: _, ...content } = JSON.parse(signed.canonical) as Content;
  const languages = Object.fromEntries(Object.entries(changed.texts).map(([language, { doc }]) => [language, doc]));
  const version = `${signed.version}.0`;
  const data = arrangementData(
    { ...signed, signatories: [], annexes: [], outside: [] },
    { ...content, languages },
    (language, clause) => (changed.texts[language]?.notes[clause] ?? []).flatMap(noteBlocks),
  );
  const [first = ""] = languagesOf({ ...content, languages });
  const information: Information = {
    mark: words.mark,
    title: words.title,
    note: words.note(instantText(changed.at), version),
    changes: words.changes,
    table: changesTable(changed),
    none: words.none,
    beyondTitle: words.beyond,
    beyond: changed.texts[first]?.withoutClause.flatMap(noteBlocks) ?? [],
  };
  return {
    ...data,
    information,
    words: { ...data.words, digest: words.digest, attached: words.source },
    foot: { ...data.foot, start: `${signed.jit.reference} · ${words.version(version)} · ${words.head}` },
  };
}

/** Only what has its effect: the rest has changed nothing yet. */
function changesTable({ signed, at }: ForInformation): Block | null {
  const rows = signed
    .filter(({ from }) => from <= at)
    .sort((one, other) => one.from.getTime() - other.from.getTime())
    .map(({ annex, from, digest }) => [annex, instantText(from), groups(digest).slice(0, 4).join(" ")]);
  return rows.length > 0 ? tableOf(words.columns, rows) : null;
}

/** In italics, so that nobody takes what is said about the text for the text. */
function noteBlocks(note: Note): Block[] {
  const kind = note.kind === "amended" && !note.inText ? "amendedBeside" : note.kind;
  const said = words.notes[kind]({
    annex: note.annex,
    day: instantText(note.from),
    by: note.kind === "extended" ? note.by : "",
    state: "state" in note ? stateName(note.state, "en") : "",
    authority: note.kind === "acceded" ? note.authority : "",
  });
  const before = note.kind === "amended" ? [words.old(note.oldText), words.new(note.newText)] : [];
  return [said, ...before].map((text) => {
    const line = lineOfText(text);
    const runs = line.runs.map((run) => ("text" in run ? { ...run, italic: true as const } : run));
    return { kind: "paragraph", label: null, line: { ...line, runs } };
  });
}
