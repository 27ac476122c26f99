import type { Content } from "../documents/content.ts";
import { isChild } from "../templates/annex.ts";
import { annexTitle } from "../templates/annex-titles.ts";
import { type AnnexInPrint, annexesInPrint } from "./annexes-in-print.ts";
import type { ArrangementToPrint, PartyToPrint, SignatoryToPrint } from "./arrangement.ts";
import { english as words } from "./arrangement-words.ts";
import {
  type Block,
  directionOf,
  type Line,
  lineOfText,
  type PrintedClause,
  printedClauses,
  tableOf,
} from "./printable-text.ts";
import { type Direction, isolated } from "./script-runs.ts";
import { type ClauseInTwo, clausesInTwo, sidesOf } from "./two-columns.ts";

type PrintedText = { lang: string; name: Line; dir: Direction; title: Line; clauses: PrintedClause[] };
type TextInTwo = { sides: [PrintedText, PrintedText]; clauses: ClauseInTwo[] };
type PrintedParty = { state: Line; authority: Line; names: Line[]; signatories: PrintedSignatory[] };
type PrintedSignatory = { lines: Line[]; signed: Line[] | null; record: Line | null };
/** What stands on a paper that is for information only, made by information-data.ts. */
export type Information = {
  mark: string;
  title: string;
  note: string;
  changes: string;
  table: Block | null;
  none: string;
  beyondTitle: string;
  beyond: Block[];
};

/** What stands below the words of a clause, on a paper that says more than what was signed. */
type Below = (language: string, clause: string) => Block[];

/** What arrangement.typ lays out. */
export function arrangementData(input: ArrangementToPrint, canonical: Content, below: Below = () => []) {
  const { jit, digest } = input;
  const kind = String(canonical.fields.instrumentKind ?? "arrangement");
  const parties = [...input.parties].sort((a, b) => a.position - b.position);
  const version = `${input.version}.0`;
  const texts = languagesOf(canonical).map((language) => printedText(language, input, canonical, below));
  return {
    title: `${jit.reference}: ${jit.names.en ?? Object.values(jit.names)[0] ?? ""}`,
    information: null as Information | null,
    exercise: jit.exercise ? { mark: words.exercise, note: words.exerciseNote } : null,
    words: {
      kind: input.annex ? words.annex(input.annex) : (words.kinds[kind] ?? words.kinds.arrangement),
      subject: input.annex ? words.annexSubject : words.subject,
      between: words.between,
      basis: words.basis,
      parties: words.parties,
      contents: words.contents,
      signatures: words.signatures,
      attached: words.attached,
      annexesNamed: words.annexesNamed,
      page: words.page,
      signature: words.signature,
      placeAndDate: words.placeAndDate,
      for: words.for,
      waiting: words.waiting,
      digest: words.record.digest,
      code: words.code(recordAddress(input)),
    },
    names: namesOf(jit.names).map((name, index) => (index === 0 ? lineOfText(name) : besideOthers(name))),
    closed: words.closedOn(dayText(input.frozenAt)),
    foot: { start: `${jit.reference} · ${words.version(version)}`, digest: groups(digest).slice(0, 4).join(" ") },
    lookUp: { address: lineOfText(recordAddress(input), 32), note: words.lookUp, name: words.record.lookUp },
    partyNames: parties.map((party) => ({ ...authorityLines(party), state: lineOfText(party.stateName) })),
    partyTable: partyTable(parties),
    record: record(input, canonical, version),
    digest: groups(digest),
    texts,
    columns: inTwo(texts),
    annexes: annexesInPrint(input.annexes ?? [], canonical).map(printedAnnex),
    signing: signing(input),
    outside: (input.outside ?? []).map(({ name }) => name),
  };
}

/** An annex that stands in the arrangement is signed with it; a child of it is signed for itself, by whoever it binds. */
function signing({ annex, digest, parties, signatories }: ArrangementToPrint) {
  if (annex && !isChild(annex)) return { text: words.annexSigned, note: "", blocks: [] };
  const bound = signatories.length > 0 && annex ? parties.filter((one) => signs(one, signatories)) : parties;
  return {
    text: words.signedText(groups(digest).slice(0, 4).join("\u00a0")),
    note: words.attestation,
    blocks: bound.map((party) => signatureBlock(party, signatories)),
  };
}

const signs = ({ state }: PartyToPrint, all: readonly SignatoryToPrint[]) => all.some(({ party }) => party === state);

/** Where this installation says what it recorded for the digest. */
export function recordAddress({ origin, digest }: Pick<ArrangementToPrint, "origin" | "digest">): string {
  return `${origin}/d/${digest}`;
}

/** Two authentic languages stand side by side; more stand one after the other. */
function inTwo([first, second, ...more]: PrintedText[]): TextInTwo | null {
  if (!first || !second || more.length > 0) return null;
  const sides = sidesOf<PrintedText>([first, second]);
  return { sides, clauses: clausesInTwo(sides) };
}

/** An annex behind the signatures: its words, or the sentence why they are not there. The body it is for stands once. */
function printedAnnex({ annex, about, version, digest, content }: AnnexInPrint) {
  const title = annexTitle(annex, "en");
  const texts = content
    ? languagesOf(content).map((language) => textInPrint(language, annexTitle(annex, language), content))
    : [];
  return {
    label: annex,
    title: lineOfText(about ? `${title} – ${about}` : title),
    version: lineOfText(words.annexOf(annex, `${version}.0`, groups(digest).slice(0, 4).join(" "))),
    texts,
    columns: inTwo(texts),
    withheld: content ? null : words.annexWithheld,
  };
}

function printedText(
  language: string,
  { jit, annex }: ArrangementToPrint,
  content: Content,
  below: Below,
): PrintedText {
  const title = annex ? annexTitle(annex, language) : (jit.names[language] ?? jit.names.en ?? "");
  const text = textInPrint(language, title, content);
  const clauses = text.clauses.map((one) => ({ ...one, blocks: [...one.blocks, ...below(language, one.id)] }));
  return { ...text, clauses };
}

function textInPrint(language: string, title: string, { languages, fields }: Content): PrintedText {
  return {
    lang: /^[a-z]{2,3}(?=$|-)/.exec(language)?.[0] ?? "en",
    name: lineOfText(languageName(language)),
    dir: directionOf(language),
    title: lineOfText(title),
    clauses: printedClauses(languages[language] ?? { type: "doc" }, fields, language),
  };
}

/** In the order in which the parties named their authentic languages, then the others. */
export function languagesOf({ languages, fields }: Pick<Content, "languages" | "fields">): string[] {
  const named = Array.isArray(fields.authenticLanguages) ? fields.authenticLanguages.map(String) : [];
  const there = Object.keys(languages).sort();
  return [...named.filter((language) => there.includes(language)), ...there.filter((one) => !named.includes(one))];
}

/** English first, then the others as they are kept; a name that two languages share stands once. */
export function namesOf(names: Record<string, string>): string[] {
  return [...new Set([names.en, ...Object.values(names)].filter((name): name is string => !!name))];
}

/** The name in the authority's own language above, the others and the English one below. */
function authorityLines(party: PartyToPrint): { name: Line; others: Line[] } {
  const { en, ...own } = party.authorityNames;
  const [first = en ?? "", ...others] = [...new Set(Object.values(own))];
  const below = first === en ? others : [...others, en ?? ""];
  return { name: lineOfText(first), others: below.filter(Boolean).map((name) => lineOfText(name)) };
}

export function partyTable(parties: readonly PartyToPrint[], toWrite = false): Block {
  const table = tableOf(
    [words.state, words.authority, words.nationalCase],
    parties.map((party) => [party.stateName, "", party.nationalCase]),
    "ltr",
    toWrite,
  );
  if (table.kind !== "table") return table;
  for (const [index, party] of parties.entries()) {
    const cell = table.rows[index]?.[1];
    const names = namesOf(party.authorityNames);
    if (cell) cell.blocks = names.map((name) => ({ kind: "paragraph", label: null, line: besideOthers(name) }));
  }
  return { ...table, weights: [3, 9, 4] };
}

/** A name in a column of names: its letters run in their own direction, but it begins where the others begin. */
function besideOthers(name: string): Line {
  return { ...lineOfText(isolated(name, "ltr")), dir: "ltr" };
}

function record(input: ArrangementToPrint, canonical: Content, version: string): { name: string; value: Line }[] {
  const { inForce } = input;
  const languages = languagesOf(canonical).map((code) => nameIn("en", code));
  const force = inForce
    ? inForce.expiresAt === null
      ? words.forceFrom(instantText(inForce.at))
      : words.force(instantText(inForce.at), zonedDay(inForce.expiresAt, inForce.timeZone), inForce.timeZone)
    : words.notInForce;
  const annexes = (canonical.annexes ?? []).map(({ annex, version: of, digest }) => ({
    name: words.annex(annex),
    value: lineOfText(words.annexOf(annex, `${of}.0`, groups(digest).slice(0, 4).join(" "))),
  }));
  return [
    { name: words.record.reference, value: lineOfText(input.jit.reference) },
    { name: words.record.version, value: lineOfText(version) },
    { name: words.record.frozen, value: lineOfText(instantText(input.frozenAt)) },
    { name: words.record.languages, value: lineOfText(new Intl.ListFormat("en").format(languages)) },
    ...annexes,
    { name: words.record.force, value: lineOfText(force) },
  ];
}

function signatureBlock(party: PartyToPrint, all: SignatoryToPrint[]): PrintedParty {
  const lines = authorityLines(party);
  return {
    state: lineOfText(party.stateName),
    authority: lines.name,
    names: lines.others,
    signatories: all.filter((signatory) => signatory.party === party.state).map(printedSignatory),
  };
}

function printedSignatory(signatory: SignatoryToPrint): PrintedSignatory {
  const { latinName, name, capacity, state, signedAt, signatureId, role, onBehalfOf } = signatory;
  const names = [...new Set([latinName, name])].filter(Boolean);
  const [ways, proof] = waysOf(signatory);
  const signed = state === "signed" && signedAt ? [...ways, instantText(signedAt), ...proof] : null;
  const about = role && role !== "signatory" ? [words.slotRoles[role] ?? role] : [];
  const instead = onBehalfOf
    ? [...new Set([onBehalfOf.latinName, onBehalfOf.name])]
        .map(words.insteadOf)
        .concat(words.mandate(onBehalfOf.mandate))
    : [];
  return {
    lines: [...names, capacity, ...about, ...instead].map((text) => lineOfText(text)),
    signed: signed?.map((text) => lineOfText(text)) ?? null,
    record: signed && signatureId ? lineOfText(words.recordOf(signatureId)) : null,
  };
}

/** How it was signed, and what stands behind it: said before and after the instant. */
function waysOf({ paper, outside, level }: SignatoryToPrint): [string[], string[]] {
  if (paper) return [words.signedInInk(paper.signedOn), []];
  if (outside) return [[words.signedOutside], outside.attachment ? [words.inAttachment(outside.attachment)] : []];
  return [[words.signed], level ? [words.levels[level]] : []];
}

export function groups(digest: string): string[] {
  return digest.match(/.{1,4}/g) ?? [];
}

/** The language in its own words, with a capital where its script has them. */
export function languageName(code: string): string {
  const name = nameIn(code, code);
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

function nameIn(language: string, code: string): string {
  try {
    return new Intl.DisplayNames(language, { type: "language", fallback: "code" }).of(code) ?? code;
  } catch {
    return code;
  }
}

const utc = { timeZone: "UTC", day: "numeric", month: "long", year: "numeric" } as const;

function dayText(instant: Date): string {
  return new Intl.DateTimeFormat("en-GB", utc).format(instant);
}

/** Legal instants carry seconds and UTC. */
export function instantText(instant: Date): string {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", timeStyle: "medium" }).format(instant);
  return `${dayText(instant)}, ${time} UTC`;
}

/** The last day before an exclusive end, in the reference zone. */
function zonedDay(end: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-GB", { ...utc, timeZone }).format(new Date(end.getTime() - 1));
}
