import { createHash } from "node:crypto";
import { MissingGlyphs, type PdfInput, renderPdf } from "#app/platform/pdf.server.ts";
import type { Content } from "../documents/content.ts";
import { isDisclosed } from "./annexes-in-print.ts";
import type { AnnexToPrint, ArrangementToPrint } from "./arrangement.ts";
import { arrangementData, recordAddress } from "./arrangement-data.ts";
import { exerciseMark } from "./exercise-mark.ts";
import { qrCode } from "./qr.server.ts";
import { controlsIn } from "./script-runs.ts";

/**
 * The arrangement as PDF/A-3a with the canonical text attached. The same input gives the same bytes.
 * Throws MissingGlyphs with the characters that cannot be printed; PdfTimeout, PdfGivenUp and PdfFailed as `renderPdf` does; Error
 * when a digest is not that of the words, or an annex is not one that the canonical text names.
 */
export async function renderArrangement(
  input: ArrangementToPrint,
  { withinMs, signal }: Pick<PdfInput, "withinMs" | "signal"> = {},
): Promise<Uint8Array> {
  const bytes = bytesOf(input, "text");
  const content = JSON.parse(input.canonical) as Content;
  const annexes = attachedAnnexes(input.annexes ?? [], content);
  const data = arrangementData(input, content);
  refuseControls(data);
  const utf8 = new TextEncoder();
  return renderPdf({
    template: "#app/domain/export/arrangement.typ",
    data,
    attachments: {
      "arrangement.json": bytes,
      ...annexes,
      ...Object.fromEntries((input.outside ?? []).map(({ name, bytes }) => [name, bytes])),
      "exercise.svg": utf8.encode(exerciseMark),
      "look-up.svg": utf8.encode(await qrCode(recordAddress(input))),
    },
    at: lastInstant(input),
    withinMs,
    signal,
  });
}

function bytesOf({ canonical, digest }: Pick<AnnexToPrint, "canonical" | "digest">, what: string): Uint8Array {
  const bytes = new TextEncoder().encode(canonical);
  if (createHash("sha256").update(bytes).digest("hex") !== digest) {
    throw new Error(`the digest is not that of the canonical ${what}`);
  }
  return bytes;
}

/** "annex-A2-1.json" → its bytes. What is signed names the digests, so nothing else can stand behind it. */
function attachedAnnexes(annexes: readonly AnnexToPrint[], content: Content): Record<string, Uint8Array> {
  return Object.fromEntries(
    annexes.flatMap((one) => {
      const bytes = bytesOf(one, "annex");
      const isNamed = content.annexes?.some(({ annex, digest }) => annex === one.annex && digest === one.digest);
      if (!isNamed) throw new Error("an annex is not one that the canonical text names");
      return isDisclosed(one.annex, content) ? [[`annex-${one.annex}.json`, bytes] as const] : [];
    }),
  );
}

/** The newest thing the paper tells of, so that the instant in the file follows from its contents. */
function lastInstant({ frozenAt, signatories, inForce }: ArrangementToPrint): Date {
  // A child of the arrangement may hold from a day that lies ahead.
  const force = inForce?.expiresAt ? inForce.at : null;
  const instants = [frozenAt, force, ...signatories.map((signatory) => signatory.signedAt)];
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
