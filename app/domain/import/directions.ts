import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import { UnreadableFile } from "./file.ts";
import { isMainPart } from "./package.ts";

/*
 * The package that reads Word files forgets which way a paragraph runs (mammoth.js#336). It keeps bookmarks; so each
 * paragraph and table from right to left gets one, which is taken out again when the words are read.
 */
export const rightToLeftMark = "jit.rtl";
export const rightToLeftTableMark = "jit.rtl.table";

/** Puts the marks into the main part. */
export function markDirections(parts: Map<string, string>): void {
  const styles = rightToLeftStyles(parts.get("word/styles.xml"));
  for (const [name, text] of parts) {
    if (!isMainPart(name) || !(text.includes("bidi") || styles.size > 0)) continue;
    const document = parse(text);
    for (const paragraph of elements(document, "p")) {
      if (runsFromRight(paragraph, styles)) mark(document, paragraph, rightToLeftMark);
    }
    for (const table of elements(document, "tbl")) {
      const first = elements(table, "p")[0];
      const properties = child(table, "tblPr");
      if (first && properties && isOn(child(properties, "bidiVisual"))) mark(document, first, rightToLeftTableMark);
    }
    parts.set(name, new XMLSerializer().serializeToString(document));
  }
}

function parse(text: string): Document {
  const refuse = () => {
    throw new UnreadableFile("file-damaged");
  };
  const ignore = () => {};
  return new DOMParser({ errorHandler: { warning: ignore, error: refuse, fatalError: refuse } }).parseFromString(
    text,
    "text/xml",
  );
}

function runsFromRight(paragraph: Element, styles: ReadonlySet<string>): boolean {
  const properties = child(paragraph, "pPr");
  const own = properties && child(properties, "bidi");
  if (own) return isOn(own);
  const style = properties && child(properties, "pStyle");
  return styles.has((style && value(style)) ?? "");
}

/** Ids of the paragraph styles that run from right to left, also by what they rest on; "" when the file's standard does. */
function rightToLeftStyles(text: string | undefined): Set<string> {
  const found = new Set<string>();
  if (!text?.includes("bidi")) return found;
  const document = parse(text);
  const styles = elements(document, "style").filter((style) => attribute(style, "type") === "paragraph");
  const byId = new Map(styles.map((style) => [attribute(style, "styleId") ?? "", style]));
  const standard = elements(document, "pPrDefault").some((each) => elements(each, "bidi").some((bidi) => isOn(bidi)));
  const ofStyle = (id: string, seen: number): boolean => {
    const style = byId.get(id);
    if (!style || seen > 20) return standard;
    const own = child(style, "pPr") && child(child(style, "pPr") as Element, "bidi");
    if (own) return isOn(own);
    const base = child(style, "basedOn");
    return base ? ofStyle(value(base) ?? "", seen + 1) : standard;
  };
  for (const id of byId.keys()) if (ofStyle(id, 0)) found.add(id);
  const normal = styles.find((style) => attribute(style, "default") === "1");
  if (normal ? found.has(attribute(normal, "styleId") ?? "") : standard) found.add("");
  return found;
}

function mark(document: Document, paragraph: Element, name: string): void {
  const bookmark = document.createElementNS(paragraph.namespaceURI, `${paragraph.prefix}:bookmarkStart`);
  bookmark.setAttributeNS(paragraph.namespaceURI, `${paragraph.prefix}:name`, name);
  const properties = child(paragraph, "pPr");
  paragraph.insertBefore(bookmark, properties ? properties.nextSibling : paragraph.firstChild);
}

// By their names alone: the standard has two namespaces for the same words.
const elements = (within: Document | Element, name: string) => Array.from(within.getElementsByTagNameNS("*", name));

function child(parent: Element, name: string): Element | null {
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (node.nodeType === 1 && (node as Element).localName === name) return node as Element;
  }
  return null;
}

const attribute = (element: Element, name: string) => element.getAttributeNS(element.namespaceURI, name);
const value = (element: Element) => attribute(element, "val");
const isOn = (element: Element | null) => element !== null && !/^(0|false|off)$/.test(value(element) ?? "");
