import { unzipSync, zipSync } from "fflate";
import { type LeftOut, limits, UnreadableFile } from "./file.ts";

/*
 * A Word file is a ZIP of XML. Nothing of it is believed: sizes are checked before a byte is unpacked, only the parts
 * that hold words are unpacked at all, and what reads them further gets a new ZIP made here.
 */
const wanted =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(_rels\/)?(document\d*|styles|numbering|footnotes|endnotes|comments)\.xml(\.rels)?)$/;
const mainPart = /^word\/document\d*\.xml$/;

/** Parts by name, as text. Throws UnreadableFile. */
export function openPackage(bytes: Uint8Array): { parts: Map<string, string>; leftOut: LeftOut } {
  const leftOut: LeftOut = {};
  const unpacked = unpack(checkKind(bytes), leftOut);
  const parts = new Map(Object.entries(unpacked).map(([name, content]) => [name, checkedXml(content)]));
  if (![...parts.keys()].some((name) => mainPart.test(name))) throw new UnreadableFile("file-not-word");
  return { parts, leftOut };
}

/** The same parts as a new ZIP, not packed, for the reader that wants one. */
export function repack(parts: ReadonlyMap<string, string>): Uint8Array {
  const utf8 = new TextEncoder();
  return zipSync(Object.fromEntries([...parts].map(([name, text]) => [name, utf8.encode(text)])), { level: 0 });
}

export const isMainPart = (name: string) => mainPart.test(name);

function checkKind(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0) throw new UnreadableFile("file-missing");
  if (bytes.length > limits.fileBytes) throw new UnreadableFile("file-too-large");
  // The old format of Word, and the frame around a new one that has a password.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new UnreadableFile("file-old-or-locked");
  if (!startsWith(bytes, [0x50, 0x4b])) throw new UnreadableFile("file-not-word");
  return bytes;
}

const startsWith = (bytes: Uint8Array, start: number[]) => start.every((byte, index) => bytes[index] === byte);

function unpack(bytes: Uint8Array, leftOut: LeftOut): Record<string, Uint8Array> {
  let entries = 0;
  let all = 0;
  const count = (kind: keyof LeftOut) => {
    leftOut[kind] = (leftOut[kind] ?? 0) + 1;
  };
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++entries > limits.entries) throw new UnreadableFile("file-inflates");
        if (/vbaProject\.bin$/i.test(name)) count("macros");
        if (/^word\/embeddings\/./i.test(name)) count("objects");
        if (!wanted.test(name)) return false;
        all += originalSize;
        // The package unpacks into a space of just this size: an entry that lies about it is cut, not grown.
        if (originalSize > limits.partBytes || all > limits.allBytes) throw new UnreadableFile("file-inflates");
        return true;
      },
    });
  } catch (error) {
    throw error instanceof UnreadableFile ? error : new UnreadableFile("file-damaged");
  }
}

/** The part as text that any reader of XML may be given: no entities of its own, not too deep, not too much. */
function checkedXml(content: Uint8Array): string {
  const text = decoded(content);
  // The standard of Word files has no document types; what they are good for here is entities that multiply.
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new UnreadableFile("file-doctype");
  checkShape(text);
  return text.replace(/^\s*<\?xml[^>]*\?>/, '<?xml version="1.0" encoding="UTF-8"?>');
}

function decoded(content: Uint8Array): string {
  const label = encodingOf(content);
  try {
    return new TextDecoder(label, { fatal: true }).decode(content);
  } catch {
    throw new UnreadableFile("file-encoding");
  }
}

function encodingOf(content: Uint8Array): string {
  if (startsWith(content, [0xff, 0xfe]) || startsWith(content, [0x3c, 0x00])) return "utf-16le";
  if (startsWith(content, [0xfe, 0xff]) || startsWith(content, [0x00, 0x3c])) return "utf-16be";
  const head = new TextDecoder("latin1").decode(content.subarray(0, 200));
  return /^[^<]*<\?xml[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(head)?.[1] ?? "utf-8";
}

/** Counted without recursion: the very thing to find out is whether recursion would be safe. */
function checkShape(text: string): void {
  let depth = 0;
  let elements = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    const next = text.charCodeAt(at + 1);
    if (next === 0x3f || next === 0x21) continue;
    if (next === 0x2f) depth--;
    else {
      if (++elements > limits.elements) throw new UnreadableFile("file-too-long");
      const end = endOfTag(text, at);
      if (text.charCodeAt(end - 1) !== 0x2f && ++depth > limits.depth) throw new UnreadableFile("file-too-deep");
      at = end;
    }
  }
}

/** Where the tag ends; a ">" inside a value is none. */
function endOfTag(text: string, at: number): number {
  let quote = 0;
  for (let index = at + 1; index < text.length; index++) {
    const letter = text.charCodeAt(index);
    if (quote) quote = letter === quote ? 0 : quote;
    else if (letter === 0x22 || letter === 0x27) quote = letter;
    else if (letter === 0x3e) return index;
  }
  throw new UnreadableFile("file-damaged");
}
