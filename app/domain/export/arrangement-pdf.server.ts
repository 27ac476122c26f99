import { createHash } from "node:crypto";
import { MissingGlyphs, type PdfInput, renderPdf } from "#app/platform/pdf.server.ts";
import type { Content } from "../documents/content.ts";
import type { ArrangementToPrint } from "./arrangement.ts";
import { arrangementData, recordAddress } from "./arrangement-data.ts";
import { exerciseMark } from "./exercise-mark.ts";
import { qrCode } from "./qr.server.ts";
import { controlsIn } from "./script-runs.ts";

/**
 * The arrangement as PDF/A-3a with the canonical text attached. The same input gives the same bytes.
 * Throws MissingGlyphs with the characters that cannot be printed; PdfTimeout, PdfGivenUp and PdfFailed as `renderPdf` does; Error
 * when the digest is not that of the canonical text.
 */
export async function renderArrangement(
  input: ArrangementToPrint,
  { withinMs, signal }: Pick<PdfInput, "withinMs" | "signal"> = {},
): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(input.canonical);
  if (createHash("sha256").update(bytes).digest("hex") !== input.digest) {
    throw new Error("the digest is not that of the canonical text");
  }
  const data = arrangementData(input, JSON.parse(input.canonical) as Content);
  refuseControls(data);
  const utf8 = new TextEncoder();
  return renderPdf({
    template: "#app/domain/export/arrangement.typ",
    data,
    attachments: {
      "arrangement.json": bytes,
      "exercise.svg": utf8.encode(exerciseMark),
      "look-up.svg": utf8.encode(await qrCode(recordAddress(input))),
    },
    at: lastInstant(input),
    withinMs,
    signal,
  });
}

/** The newest thing the paper tells of, so that the instant in the file follows from its contents. */
function lastInstant({ frozenAt, signatories, inForce }: ArrangementToPrint): Date {
  const instants = [frozenAt, inForce?.at, ...signatories.map((signatory) => signatory.signedAt)];
  return new Date(Math.max(...instants.flatMap((instant) => (instant ? [instant.getTime()] : []))));
}

/** Some fonts have an empty glyph for a control character; the author must see it all the same. */
function refuseControls(data: unknown): void {
  const found = new Set<string>();
  JSON.stringify(data, (_name, value) => {
    if (typeof value === "string") for (const control of controlsIn(value)) found.add(control);
    return value;
  });
  if (found.size > 0) throw new MissingGlyphs([...found].sort());
}
