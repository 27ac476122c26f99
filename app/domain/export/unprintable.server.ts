import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import { MissingGlyphs, renderPdf } from "#app/platform/pdf.server.ts";
import type { Actor } from "../actor.ts";
import { canonicalText } from "../documents/canonical.server.ts";
import type { Content } from "../documents/content.ts";
import { rebuild } from "../documents/history.server.ts";
import { view } from "../view.server.ts";
import { arrangementData } from "./arrangement-data.ts";
import { namedCharacters } from "./character-names.ts";
import { controlsIn } from "./script-runs.ts";
import { readTrial } from "./trial-print.server.ts";

/** Characters that no font has, by the clause they stand in; null: in the names of the team, its parties or authorities. */
export type Unprintable = { clause: string | null; number: number | null; characters: string };

const longestLookMs = 10_000;

/**
 * What of the text as it stands could not be printed, for the authors to replace before they freeze it. Looks at one of
 * each character instead of the whole paper, which takes a tenth of the time. Empty too when nothing can be printed at
 * present: finalising itself tries the whole paper and says so.
 */
export async function findUnprintable(actor: Actor, target: { jit: string; document: string }): Promise<Unprintable[]> {
  const places = await view(actor, "document.finalise", target, async (db) => {
    const { id, annex, epoch, template, version } = await db.document.findFirstOrThrow({
      where: { id: target.document, jitId: target.jit },
    });
    const text = canonicalText(await rebuild(queryOf(db), { document: id, epoch }), template);
    const arrangement = await readTrial(db, { jit: target.jit, annex, version, ...text });
    return placesIn(arrangementData(arrangement, JSON.parse(text.canonical) as Content));
  });
  const missing = await missingAmong(new Set(places.flatMap(({ characters }) => [...characters])));
  return places.flatMap(({ characters, ...place }) => {
    const here = missing.filter((one) => [...characters].some((character) => character.includes(one)));
    return here.length > 0 ? [{ ...place, characters: namedCharacters(here) }] : [];
  });
}

type Place = { clause: string | null; number: number | null; characters: Set<string> };

/** Every clause once, whatever the number of languages, after what stands outside the clauses. */
function placesIn({ texts, columns: _, ...around }: ReturnType<typeof arrangementData>): Place[] {
  const clauses = new Map<string, Place>();
  for (const { id, number, ...words } of texts.flatMap((text) => text.clauses)) {
    const place = clauses.get(id) ?? { clause: id, number, characters: new Set<string>() };
    gather(words, place.characters);
    clauses.set(id, place);
  }
  const names = { clause: null, number: null, characters: new Set<string>() };
  gather(around, names.characters);
  return [...clauses.values(), names];
}

/** A letter with the marks that stand on it is one character. */
function gather(data: unknown, into: Set<string>): void {
  JSON.stringify(data, (_name, value) => {
    if (typeof value === "string") for (const one of value.match(/\P{M}\p{M}*|\p{M}+/gu) ?? []) into.add(one);
    return value;
  });
}

async function missingAmong(all: ReadonlySet<string>): Promise<string[]> {
  const controls = [...all].flatMap(controlsIn);
  const characters = [...all].filter((one) => controlsIn(one).length === 0).sort();
  try {
    await renderPdf({
      template: "#app/domain/export/characters.typ",
      data: { characters },
      at: now(),
      withinMs: longestLookMs,
    });
    return controls;
  } catch (error) {
    if (error instanceof MissingGlyphs) return [...controls, ...error.characters];
    log().warn({ err: error }, "the characters of a text could not be looked at");
    return controls;
  }
}
