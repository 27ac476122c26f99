import { type Zippable, zipSync } from "fflate";
import { controlsIn } from "#app/domain/export/script-runs.ts";

/* Word files written by hand, good and bad, so that each test says what stands in its file. */
const utf8 = new TextEncoder();
const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

const types = `${declaration}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const root = `${declaration}<Relationships xmlns="${packages}/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`;
const styles = `${declaration}<w:styles xmlns:w="${word}"><w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style><w:style w:type="paragraph" w:styleId="Naskh"><w:name w:val="Naskh"/><w:pPr><w:bidi/></w:pPr></w:style></w:styles>`;
const numbering = `${declaration}<w:numbering xmlns:w="${word}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`;

export type Link = { id: string; target: string; kind?: "hyperlink" | "image" };

export const documentXml = (body: string, before = declaration) =>
  `${before}<w:document xmlns:w="${word}" xmlns:r="${office}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${body}</w:body></w:document>`;

/** The parts of a file with this body; `more` adds parts or takes the place of some. */
export function partsOf(body: string, { links = [] as Link[], more = {} as Record<string, string | Uint8Array> } = {}) {
  const relations = links.map(
    ({ id, target, kind = "hyperlink" }) =>
      `<Relationship Id="${id}" Type="${office}/${kind}" Target="${escaped(target)}" TargetMode="External"/>`,
  );
  return {
    "[Content_Types].xml": types,
    "_rels/.rels": root,
    "word/document.xml": documentXml(body),
    "word/_rels/document.xml.rels": `${declaration}<Relationships xmlns="${packages}/relationships">${relations.join("")}</Relationships>`,
    "word/styles.xml": styles,
    "word/numbering.xml": numbering,
    ...more,
  };
}

export function zipped(parts: Record<string, string | Uint8Array>): Uint8Array {
  const files: Zippable = {};
  for (const [name, part] of Object.entries(parts)) files[name] = typeof part === "string" ? utf8.encode(part) : part;
  return zipSync(files, { level: 6, mtime: new Date(1990, 0, 1) });
}

export const wordFile = (body: string, extra: Parameters<typeof partsOf>[1] = {}) => zipped(partsOf(body, extra));

/** As text of XML; characters that XML cannot hold are taken out. */
export function escaped(text: string): string {
  const controls = controlsIn(text);
  const holdable = [...text].filter((letter) => !controls.includes(letter)).join("");
  return holdable.replace(/\p{Surrogate}/gu, "").replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

export const run = (text: string, properties = "") =>
  `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;

export const paragraph = (text: string, properties = "", runProperties = "") =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${run(text, runProperties)}</w:p>`;

export const heading = (text: string, level = 1) => paragraph(text, `<w:pStyle w:val="H${level}"/>`);

export const listed = (text: string, list: number, level = 0) =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`);

/** A stored entry whose place in the list of a ZIP says what size it has once unpacked, whatever it really has. */
export function withClaimedSize(zip: Uint8Array, name: string, size: number): Uint8Array {
  const bytes = Uint8Array.from(zip);
  const view = new DataView(bytes.buffer);
  const wanted = utf8.encode(name);
  for (let at = 0; at + 46 < bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const length = view.getUint16(at + 28, true);
    const own = bytes.subarray(at + 46, at + 46 + length);
    if (length === wanted.length && own.every((byte, index) => byte === wanted[index]))
      view.setUint32(at + 24, size, true);
  }
  return bytes;
}
