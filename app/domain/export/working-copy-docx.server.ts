import * as docx from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { fieldLabel } from "../documents/labels.ts";
import { isEditable } from "../documents/states.ts";
import { groups, instantText, languageName, languagesOf, namesOf, partyTable } from "./arrangement-data.ts";
import { english as words } from "./arrangement-words.ts";
import { blockInWord, clauseNumbers, clausesInWord, type Lists, printable } from "./docx-blocks.ts";
import { lineOfText, printedClauses } from "./printable-text.ts";
import { paragraphStyle, partStyle, styleOfField, type WorkingCopy } from "./working-copy.ts";

/** One for each kind of script: Word looks up a font by the letters it meets. */
const fonts = { ascii: "Times New Roman", hAnsi: "Times New Roman", cs: "Times New Roman", eastAsia: "SimSun" };
const rule = { style: docx.BorderStyle.SINGLE, size: 6, color: "999999" };

/** The working copy as DOCX. The same copy gives the same bytes. */
export async function workingCopyInWord(copy: WorkingCopy): Promise<Uint8Array> {
  const lists: Lists = [];
  const languages = languagesOf(copy);
  const texts = languages.flatMap((language) => {
    const clauses = printedClauses(copy.languages[language] ?? { type: "doc" }, copy.fields, language, true);
    return [...(languages.length > 1 ? [nameOfText(language)] : []), ...clausesInWord(clauses, language, lists)];
  });
  const file = new docx.Document({
    title: printable(`${copy.jit.reference}: ${copy.jit.names.en ?? ""} (${words.copy.head})`),
    creator: "JIT workspace",
    lastModifiedBy: "JIT workspace",
    description: words.copy.title,
    features: { updateFields: false },
    styles: stylesOf(copy),
    numbering: { config: [numbersOfClauses, ...lists.map(numbersOfList)] },
    sections: [
      {
        properties: { page: { margin: { top: 1300, bottom: 1200, left: 1420, right: 1420 } } },
        headers: { default: headOf(copy) },
        footers: { default: footOf(copy) },
        children: [...firstPage(copy, lists), ...texts],
      },
    ],
  });
  return settled(new Uint8Array(await docx.Packer.toBuffer(file)), copy.at);
}

function firstPage(copy: WorkingCopy, lists: Lists): docx.FileChild[] {
  const kind = String(copy.fields.instrumentKind ?? "arrangement");
  const centred = (text: string, size: number, bold = false) => centredLine(text, size, bold);
  return [
    ...noticeOf(copy),
    centred(copy.annex ? words.annex(copy.annex) : (words.kinds[kind] ?? words.kinds.arrangement ?? ""), 32, true),
    centred(words.subject, 22),
    ...namesOf(copy.jit.names).map((name, index) => centred(name, index === 0 ? 30 : 24, index === 0)),
    centred(words.basis, 20),
    new docx.Paragraph({ style: partStyle, children: [new docx.TextRun(words.parties)] }),
    ...blockInWord(partyTable(copy.parties, true), lists, { language: "en" }),
  ];
}

function centredLine(text: string, size: number, bold: boolean): docx.Paragraph {
  const line = lineOfText(text, Number.POSITIVE_INFINITY);
  const rightToLeft = line.dir === "rtl";
  return new docx.Paragraph({
    alignment: docx.AlignmentType.CENTER,
    bidirectional: rightToLeft,
    spacing: { after: 100 },
    children: [
      new docx.TextRun({
        text: printable(text),
        size,
        sizeComplexScript: size,
        rightToLeft: rightToLeft || undefined,
        ...(bold ? { bold: true, boldComplexScript: true } : {}),
      }),
    ],
  });
}

/** On page one, in a frame: what this file is not. */
function noticeOf({ state, version, at, digest, jit }: WorkingCopy): docx.Paragraph[] {
  const named = `${version}.0`;
  const lines = [
    digest !== null
      ? words.copy.closed(named, instantText(at), groups(digest).join(" "))
      : isEditable(state)
        ? words.copy.open(named, instantText(at))
        : words.copy.withdrawn(named),
    words.copy.fields,
    ...(jit.exercise ? [words.exerciseNote] : []),
  ];
  return [
    new docx.Paragraph({ style: "JitNotice", children: [new docx.TextRun({ text: words.copy.title, bold: true })] }),
    ...lines.map((line) => new docx.Paragraph({ style: "JitNotice", children: [new docx.TextRun(line)] })),
    new docx.Paragraph({ children: [] }),
  ];
}

function nameOfText(language: string): docx.Paragraph {
  const line = lineOfText(languageName(language));
  return new docx.Paragraph({
    style: partStyle,
    pageBreakBefore: language !== "en",
    bidirectional: line.dir === "rtl",
    children: [new docx.TextRun({ text: languageName(language), rightToLeft: line.dir === "rtl" || undefined })],
  });
}

function headOf({ jit }: WorkingCopy): docx.Header {
  const mark = jit.exercise ? `${words.exercise} · ${words.copy.mark}` : words.copy.mark;
  return new docx.Header({
    children: [new docx.Paragraph({ style: "JitMargin", children: [new docx.TextRun({ text: mark, bold: true })] })],
  });
}

function footOf({ jit, version }: WorkingCopy): docx.Footer {
  const [page, of] = words.page;
  const start = `${jit.reference} · ${words.version(`${version}.0`)} · ${words.copy.head}`;
  const children = [start, "\t", page, docx.PageNumber.CURRENT, of, docx.PageNumber.TOTAL_PAGES];
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        style: "JitMargin",
        tabStops: [{ type: docx.TabStopType.RIGHT, position: 9060 }],
        children: [new docx.TextRun({ children })],
      }),
    ],
  });
}

function stylesOf({ languages }: WorkingCopy): docx.IStylesOptions {
  const heading = (size: number, before: number) => ({
    run: { font: fonts, size, sizeComplexScript: size, bold: true, boldComplexScript: true, color: "000000" },
    paragraph: { spacing: { before, after: 120 }, keepNext: true },
  });
  const notice = { top: rule, bottom: rule, left: rule, right: rule };
  const small = { font: fonts, size: 18, sizeComplexScript: 18 };
  return {
    default: {
      document: {
        run: {
          font: fonts,
          size: 22,
          sizeComplexScript: 22,
          language: { value: "en-GB", eastAsia: "zh-CN", bidirectional: "ar-EG" },
        },
        paragraph: { spacing: { after: 120, line: 276 } },
      },
      heading1: heading(26, 320),
      heading2: heading(22, 200),
      hyperlink: { run: { color: "1F4E79", underline: {} } },
    },
    paragraphStyles: [
      { id: paragraphStyle, name: "Paragraph of a clause", basedOn: "Normal", quickFormat: true },
      { id: partStyle, name: "Part of the arrangement", basedOn: "Normal", ...heading(24, 240) },
      {
        id: "JitNotice",
        name: "Notice of a working copy",
        basedOn: "Normal",
        run: small,
        paragraph: { border: notice, spacing: { after: 0 } },
      },
      { id: "JitMargin", name: "Margin of the page", basedOn: "Normal", run: small },
    ],
    characterStyles: fieldsNamedIn(Object.values(languages)).map((field) => ({
      id: styleOfField(field),
      name: printable(`Value: ${fieldLabel(field)} (${field})`),
      basedOn: "DefaultParagraphFont",
      run: { shading: { type: docx.ShadingType.CLEAR, fill: "E7E7E7", color: "auto" } },
    })),
  };
}

/** Names of the fields whose values stand in these texts. */
function fieldsNamedIn(texts: readonly unknown[]): string[] {
  const names = new Set<string>();
  JSON.stringify(texts, (_key, node) => {
    if (node?.type === "field" && typeof node.attrs?.name === "string") names.add(node.attrs.name);
    return node;
  });
  return [...names];
}

const numbersOfClauses: docx.NumberingDefinition = {
  reference: clauseNumbers,
  levels: [
    // The cover is number 0, as on the screen.
    level({ level: 0, text: "%1", start: 0, left: 560 }),
    level({ level: 1, text: "%1.%2", start: 1, left: 760 }),
  ],
};

function numbersOfList({ reference, start, ordered }: Lists[number]): docx.NumberingDefinition {
  return {
    reference,
    levels: Array.from({ length: 9 }, (_, index) => {
      const place = { level: index, left: 500 * (index + 1) + 260 };
      if (!ordered) return level({ ...place, text: index % 2 === 0 ? "•" : "–", format: docx.LevelFormat.BULLET });
      return level({ ...place, text: `%${index + 1}.`, start });
    }),
  };
}

type Level = { level: number; text: string; left: number; start?: number; format?: docx.ILevelsOptions["format"] };

function level({ left, format = docx.LevelFormat.DECIMAL, ...rest }: Level): docx.ILevelsOptions {
  const hanging = format === docx.LevelFormat.BULLET ? 300 : Math.min(left, 560);
  return { ...rest, format, style: { paragraph: { indent: { start: left, hanging } } } };
}

/**
 * The package gives names by chance, counts on from file to file and writes the time of the machine into the file. Both are set from the
 * copy, so that two people who take the same words hold the same file.
 */
function settled(bytes: Uint8Array, at: Date): Uint8Array {
  const parts = unzipSync(bytes);
  const names = new Map<string, string>();
  const given = (id: string, prefix: string) => {
    if (!names.has(prefix + id)) names.set(prefix + id, `${prefix}${names.size + 1}`);
    return names.get(prefix + id) as string;
  };
  const instant = at.toISOString().replace(/\.\d+Z$/, "Z");
  const fixed = Object.entries(parts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, content]): [string, Uint8Array] => {
      if (!/\.(xml|rels)$/.test(name)) return [name, content];
      let text = strFromU8(content);
      if (name === "docProps/core.xml")
        text = text.replace(/(<dcterms:(?:created|modified)[^>]*>)[^<]*/g, `$1${instant}`);
      text = text.replace(/(?<=\b(?:r:id|Id)=")rId[\w-]{8,}(?=")/g, (id) => given(id, "rLink"));
      // Bookmarks are counted on from those of the file made before.
      text = text.replace(/(<w:bookmark(?:Start|End)[^>]* w:id=")(\d+)/g, (_, start, id) => start + given(id, ""));
      return [name, strToU8(text)];
    });
  // Word wants the list of parts first.
  const ordered = [...fixed].sort(([a], [b]) => Number(b.startsWith("[Content")) - Number(a.startsWith("[Content")));
  return zipSync(Object.fromEntries(ordered), { mtime: new Date(1980, 0, 1), level: 6 });
}
