import { PDF } from "@libpdf/core";

/** Scans that are taken: what a scanner or a telephone makes. */
export const paperTypes = { "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" } as const;
export type PaperType = keyof typeof paperTypes;

/** Bytes of a scan, and pages of a PDF. A signed arrangement has far fewer. */
export const mostPaperBytes = 6 * 1024 * 1024;
const mostPages = 500;

export type Unreadable =
  | "paper-unknown-type"
  | "paper-locked"
  | "paper-damaged"
  | "paper-too-large"
  | "paper-too-long"
  | "required";
export type Paper = { type: PaperType; pages: number };

/** What a scan is by its bytes, whatever its name says, or why it is not taken. A picture is one page. */
export async function readPaper(bytes: Uint8Array): Promise<Paper | Unreadable> {
  if (bytes.length === 0) return "required";
  if (bytes.length > mostPaperBytes) return "paper-too-large";
  const type = typeOf(bytes);
  if (type === null) return "paper-unknown-type";
  if (type === "application/pdf") return readPdf(bytes);
  return (type === "image/png" ? isWholePng(bytes) : isWholeJpeg(bytes)) ? { type, pages: 1 } : "paper-damaged";
}

function typeOf(bytes: Uint8Array): PaperType | null {
  const begins = (...start: number[]) => start.every((byte, index) => bytes[index] === byte);
  if (begins(0x25, 0x50, 0x44, 0x46, 0x2d)) return "application/pdf";
  if (begins(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (begins(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  return null;
}

async function readPdf(bytes: Uint8Array): Promise<Paper | Unreadable> {
  try {
    const pdf = await PDF.load(Uint8Array.from(bytes));
    if (pdf.isEncrypted) return "paper-locked";
    const pages = pdf.getPageCount();
    if (pages < 1) return "paper-damaged";
    return pages > mostPages ? "paper-too-long" : { type: "application/pdf", pages };
  } catch {
    return "paper-damaged";
  }
}

/** Chunks of length, name, data and sum, from the header to the end and nothing after it (PNG, section 5.3). */
function isWholePng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  let at = 8;
  if (bytes.length < 33 || nameAt(at) !== "IHDR" || view.getUint32(16) === 0 || view.getUint32(20) === 0) return false;
  while (at + 12 <= bytes.length) {
    const next = at + 12 + view.getUint32(at);
    if (nameAt(at) === "IEND") return next === bytes.length;
    at = next;
  }
  return false;
}

/** Segments to the frame that gives a size, and the end-of-image marker at the end (ITU-T T.81, annex B). */
function isWholeJpeg(bytes: Uint8Array): boolean {
  if (bytes[bytes.length - 2] !== 0xff || bytes[bytes.length - 1] !== 0xd9) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return false;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) > 0 && view.getUint16(at + 7) > 0;
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return false;
}
