import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import readQr from "jsqr";

/** Runs a tool of Debian's poppler-utils or qpdf over a PDF; "%" stands for its path. Gives what the tool prints. */
export function overPdf(pdf: Uint8Array, tool: string, ...args: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "jit-pdf-"));
  const path = join(folder, "a.pdf");
  try {
    writeFileSync(path, pdf);
    return execFileSync(
      tool,
      args.map((argument) => argument.replace("%", path)),
      { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words of a PDF in order, a space between them, without marks of direction and places to break. */
export function wordsOf(pdf: Uint8Array, ...args: string[]): string {
  const text = overPdf(pdf, "pdftotext", ...args, "%", "-");
  return text
    .normalize("NFC")
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ");
}

/** What the QR code in the foot of a page says, read from the page as a picture; null when there is none. */
export function readCode(pdf: Uint8Array, page: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), "jit-pdf-"));
  const corner = ["-x", "290", "-y", "3000", "-W", "300", "-H", "500"];
  const one = ["-f", String(page), "-l", String(page), "-singlefile"];
  try {
    overPdf(pdf, "pdftoppm", "-r", "300", ...one, ...corner, "%", join(folder, "page"));
    const picture = readFileSync(join(folder, "page.ppm"));
    const [head = "", width, height] = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(picture.toString("latin1", 0, 40)) ?? [];
    const dots = picture.subarray(head.length);
    const withAlpha = new Uint8ClampedArray((dots.length / 3) * 4).map((_, at) =>
      at % 4 === 3 ? 255 : (dots[Math.floor(at / 4) * 3 + (at % 4)] ?? 0),
    );
    return readQr(withAlpha, Number(width), Number(height))?.data ?? null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function attachmentOf(pdf: Uint8Array, name = "arrangement.json"): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "jit-pdf-"));
  try {
    overPdf(pdf, "pdfdetach", "-savefile", name, "-o", join(folder, "attached"), "%");
    return readFileSync(join(folder, "attached"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The words that stand outside a page's margins, in points from its edges. */
export function wordsOutside(pdf: Uint8Array, margins: { start: number; end: number }): string[] {
  const boxes = overPdf(pdf, "pdftotext", "-bbox", "%", "-");
  const width = Number(/<page width="([\d.]+)"/.exec(boxes)?.[1]);
  const words = boxes.matchAll(/<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)<\/word>/g);
  return [...words].flatMap(([, from, to, word]) =>
    Number(from) < margins.start || Number(to) > width - margins.end ? [word ?? ""] : [],
  );
}
