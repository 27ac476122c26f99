import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderArrangement } from "#app/domain/export/arrangement-pdf.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { overPdf } from "./pdf.ts";
import { saigaArrangement } from "./saiga-arrangement.ts";

/** Cover and signature page of the exercise arrangement, as pictures in the folder. Gives their paths. */
export async function takePaper(folder: string): Promise<string[]> {
  const pdf = await renderArrangement(saigaArrangement());
  stopPdf();
  const pages = /Pages: +(\d+)/.exec(overPdf(pdf, "pdfinfo", "%"))?.[1] ?? "1";
  const pictures: [string, string][] = [
    ["paper-cover.png", "1"],
    ["paper-signatures.png", pages],
  ];
  return pictures.map(([file, page]) => picture(pdf, page, join(folder, file)));
}

function picture(pdf: Uint8Array, page: string, path: string): string {
  const drafts = mkdtempSync(join(tmpdir(), "jit-paper-"));
  try {
    const only = ["-f", page, "-l", page, "-singlefile"];
    overPdf(pdf, "pdftoppm", "-png", "-gray", "-r", "80", ...only, "%", join(drafts, "page"));
    copyFileSync(join(drafts, "page.png"), path);
    return path;
  } finally {
    rmSync(drafts, { recursive: true });
  }
}
