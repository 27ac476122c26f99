import { describe, expect, test } from "vitest";
import { documentXml, heading, listed, paragraph, partsOf, run, wordFile, zipped } from "#tests/support/word-files.ts";
import { textSchema } from "../documents/schema.ts";
import type { TextNode } from "../documents/text-node.ts";
import { readWordFile } from "./word-file.ts";

const words = (node: TextNode): string => node.text ?? (node.content ?? []).map(words).join("");
const shape = (node: TextNode): string =>
  node.content && !["paragraph", "heading"].includes(node.type)
    ? `${node.type}(${node.content.map(shape).join(", ")})`
    : `${node.type}:${words(node)}`;

async function blocksOf(body: string, extra: Parameters<typeof wordFile>[1] = {}) {
  const { sections, leftOut } = await readWordFile(wordFile(body, extra));
  const blocks = sections.flatMap(({ heading: one, blocks }) => [...(one ? [one.node] : []), ...blocks]);
  // Whatever came in, the schema of every text takes it.
  const clause = { type: "clause", content: [{ type: "clauseTitle" }, ...blocks] };
  textSchema()
    .nodeFromJSON(withoutWordsOfFields({ type: "doc", content: [clause] }))
    .check();
  return { blocks, leftOut, sections };
}

const withoutWordsOfFields = (node: TextNode): TextNode =>
  node.type === "field"
    ? { type: "field", attrs: node.attrs }
    : { ...node, ...(node.content ? { content: node.content.map(withoutWordsOfFields) } : {}) };

describe("what a Word file says", () => {
  test("bold, italic and underlined words, line ends and tabs", async () => {
    const line = `<w:p>${run("a", "<w:b/>")}${run("b", "<w:i/>")}${run("c", '<w:u w:val="single"/>')}<w:r><w:br/><w:t>d</w:t><w:tab/><w:t>e</w:t></w:r></w:p>`;
    const { blocks } = await blocksOf(line);
    expect(blocks[0]?.content).toEqual([
      { type: "text", text: "a", marks: [{ type: "bold" }] },
      { type: "text", text: "b", marks: [{ type: "italic" }] },
      { type: "text", text: "c", marks: [{ type: "underline" }] },
      { type: "hardBreak" },
      { type: "text", text: "d e" },
    ]);
  });

  test("lists inside lists, and tables with cells that span", async () => {
    const cell = (text: string, span = "") => `<w:tc><w:tcPr>${span}</w:tcPr>${paragraph(text)}</w:tc>`;
    const table = `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>${cell("head", '<w:gridSpan w:val="2"/>')}</w:tr><w:tr>${cell("x")}${cell("y")}</w:tr></w:tbl>`;
    const { blocks } = await blocksOf(
      `${listed("one", 1)}${listed("inner", 2, 1)}${listed("two", 1)}${listed("point", 2)}${table}`,
    );
    expect(blocks.map(shape)).toEqual([
      "orderedList(listItem(paragraph:one, bulletList(listItem(paragraph:inner))), listItem(paragraph:two))",
      "bulletList(listItem(paragraph:point))",
      "table(tableRow(tableHeader(paragraph:head)), tableRow(tableCell(paragraph:x), tableCell(paragraph:y)))",
    ]);
    expect(blocks[2]?.content?.[0]?.content?.[0]?.attrs?.colspan).toBe(2);
  });

  test("the way a paragraph runs, from itself or its style, where the letters do not say so", async () => {
    const { blocks } = await blocksOf(
      [
        paragraph("العربية", "<w:bidi/>"),
        paragraph("SGKU-1 تقدم السلطة", "<w:bidi/>"),
        paragraph("Latin", '<w:pStyle w:val="Naskh"/>'),
        paragraph("سايغا is the name"),
        paragraph("Latin", '<w:pStyle w:val="Naskh"/><w:bidi w:val="0"/>'),
      ].join(""),
    );
    expect(blocks.map((block) => block.attrs?.dir)).toEqual([null, "rtl", "rtl", "ltr", null]);
  });

  test("paragraphs that the file numbers as clauses do are paragraphs, not lists", async () => {
    const numbered = (text: string, level: number, style = "") =>
      paragraph(text, `${style}<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`);
    const { blocks } = await blocksOf(
      `${numbered("Duration", 0, '<w:pStyle w:val="H1"/>')}${numbered("First.", 1)}${numbered("Second.", 1)}`,
    );
    expect(blocks.map(shape)).toEqual(["heading:Duration", "paragraph:First.", "paragraph:Second."]);
  });

  test("tracked changes as accepted, notes in brackets, and the count of what a text cannot hold", async () => {
    const notes = `<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">${paragraph("See article 19.")}</w:footnote></w:footnotes>`;
    const picture =
      '<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:link="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    const body = `<w:p>${run("kept ")}<w:ins w:id="1">${run("new")}</w:ins><w:del w:id="2"><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:footnoteReference w:id="2"/></w:r>${run("gone", "<w:strike/>")}${picture}</w:p>`;
    const { blocks, leftOut } = await blocksOf(body, {
      links: [{ id: "p1", target: "http://127.0.0.1:9/secret.png", kind: "image" }],
      more: { "word/footnotes.xml": notes, "word/vbaProject.bin": "macro" },
    });
    expect(blocks.map(words)).toEqual(["kept new [See article 19.]"]);
    expect(leftOut).toEqual({ changes: 2, notes: 1, struck: 1, images: 1, macros: 1 });
  });

  test("a link leads where a browser may go; of others only the words stay", async () => {
    const link = (id: string) => `<w:hyperlink r:id="${id}">${run(id)}</w:hyperlink>`;
    const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "vbscript:x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run("field")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const { blocks, leftOut } = await blocksOf(`<w:p>${link("good")}${link("bad")}${link("file")}${field}</w:p>`, {
      links: [
        { id: "good", target: "https://www.unodc.org/" },
        { id: "bad", target: "javascript:alert(1)" },
        { id: "file", target: "file:///etc/passwd" },
      ],
    });
    expect(words(blocks[0] as TextNode)).toBe("goodbadfilefield");
    expect(JSON.stringify(blocks)).toContain('"href":"https://www.unodc.org/"');
    expect(JSON.stringify(blocks)).not.toMatch(/javascript|vbscript|file:/);
    expect(leftOut).toEqual({ links: 3 });
  });

  test("UTF-16 and a declared Cyrillic code page read as what they say", async () => {
    const utf16 = new Uint8Array(
      Buffer.from(`\ufeff${documentXml(paragraph("Срок"), '<?xml version="1.0" encoding="UTF-16"?>')}`, "utf16le"),
    );
    const cyrillic = documentXml(paragraph("@@@@"), '<?xml version="1.0" encoding="windows-1251"?>');
    const koi = new Uint8Array(Buffer.from(cyrillic, "latin1"));
    const at = cyrillic.indexOf("@@@@");
    koi.set([0xd1, 0xf0, 0xee, 0xea], at);
    for (const document of [utf16, koi]) {
      const { sections } = await readWordFile(zipped(partsOf("", { more: { "word/document.xml": document } })));
      expect(sections.flatMap(({ blocks }) => blocks.map(words))).toEqual(["Срок"]);
    }
  });

  test("control characters and halves of letters never come in", async () => {
    const { blocks } = await blocksOf("<w:p><w:r><w:t>a&#x7;b&#xD800;c</w:t></w:r></w:p>");
    expect(words(blocks[0] as TextNode)).toMatch(/^ab\ufffd?c$/);
  });

  test("headings cut it into sections, and what only looks like one is kept apart", async () => {
    const { sections } = await blocksOf(
      `${paragraph("Before.")}${heading("1. Duration")}${paragraph("Twelve months.")}${paragraph("Costs", "", "<w:b/>")}${paragraph("Shared.")}`,
    );
    expect(sections.map(({ heading: one, blocks }) => [one?.text, one?.styled, blocks.map(words)])).toEqual([
      [undefined, undefined, ["Before."]],
      ["1. Duration", true, ["Twelve months."]],
      ["Costs", false, ["Shared."]],
    ]);
  });
});
