import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import { MissingGlyphs, PdfFailed, PdfTimeout } from "#app/platform/pdf.server.ts";
import { annexesNamedBy } from "../documents/annexes.server.ts";
import { Conflict } from "../errors.ts";
import type { ArrangementToPrint } from "./arrangement.ts";
import { renderArrangement } from "./arrangement-pdf.server.ts";
import { namedCharacters } from "./character-names.ts";
import { partyToPrint } from "./party-to-print.ts";

type ToFreeze = { jit: string; annex: string | null; version: number; canonical: string; digest: string };

/** The arrangement on paper as it would be frozen now, before anyone is named to sign it. */
export async function readTrial(db: Transaction, { jit: id, ...text }: ToFreeze): Promise<ArrangementToPrint> {
  const jit = await db.jit.findUniqueOrThrow({
    where: { id },
    include: { parties: { orderBy: { position: "asc" }, include: { authority: true } } },
  });
  return {
    ...text,
    annexes: await annexesNamedBy(db, text.canonical, id),
    origin: config().PUBLIC_ORIGIN,
    frozenAt: now(),
    jit: { reference: jit.reference, names: jit.names as Record<string, string>, exercise: jit.exercise },
    parties: jit.parties.map(partyToPrint),
    signatories: [],
  };
}

/**
 * Throws Conflict when this arrangement cannot be printed: "characters-unprintable" with the characters that no font
 * has, "printing-busy" when it is not done in time, waiting included, "printing-unavailable" when printing itself fails.
 */
export async function tryPrinting(arrangement: ArrangementToPrint, withinMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PdfTimeout(`not done within ${withinMs} ms`)), withinMs);
  });
  try {
    await Promise.race([late, renderArrangement(arrangement, { withinMs })]);
  } catch (error) {
    throw refusalOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function refusalOf(error: unknown): unknown {
  if (error instanceof MissingGlyphs) {
    return new Conflict("characters-unprintable", { characters: namedCharacters(error.characters) });
  }
  if (!(error instanceof PdfTimeout || error instanceof PdfFailed)) return error;
  log().error({ err: error }, "an arrangement could not be tried on paper");
  return new Conflict(error instanceof PdfTimeout ? "printing-busy" : "printing-unavailable");
}
