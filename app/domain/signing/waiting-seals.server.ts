import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { database, type Prisma, queryOf, sqlState } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import type { Actor } from "../actor.ts";
import { appendEntry } from "../audit/entry.server.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import { view } from "../view.server.ts";
import { readRecord } from "./record.server.ts";
import { keep, sealed } from "./sealing.server.ts";
import { outsideTimestamps, TimestampsUnavailable } from "./timestamp-authority.server.ts";

/*
 * What is in force and not sealed, where the timestamps come from outside. With the built-in ones nothing waits: the
 * first who asks for the file has it sealed.
 */
const unsealedAt = (at: Date): Prisma.FrozenTextWhereInput => ({
  supersededAt: null,
  sealed: null,
  slots: { some: {} },
  document: { inForceAt: { lte: at } },
});

/** Whether whoever takes the file or the record now is given the paper without a seal, or may be. */
export function awaitsSeal(actor: Actor, { jit, document }: { jit: string; document: string }): Promise<boolean> {
  return view(actor, "document.read", { jit, document }, async (db) => {
    if (!config().TIMESTAMP_URL) return false;
    return (await db.frozenText.count({ where: { ...unsealedAt(now()), documentId: document } })) > 0;
  });
}

/**
 * Seals what waits, oldest first, until the authority gives no more timestamps. Safe to repeat and to run on several
 * machines: there is one seal. Returns how many it made, and how many it left.
 */
export async function sealWaiting(): Promise<{ made: number; left: number }> {
  if (!outsideTimestamps()) return { made: 0, left: 0 };
  const waiting = await database().frozenText.findMany({
    where: unsealedAt(now()),
    select: { documentId: true, jitId: true },
    orderBy: { frozenAt: "asc" },
  });
  for (const [made, { documentId: document, jitId: jit }] of waiting.entries()) {
    try {
      await sealOne({ jit, document });
    } catch (error) {
      if (error instanceof TimestampsUnavailable) return { made, left: waiting.length - made };
      // Somebody asked at the same time and was first.
      if (sqlState(error) !== "23505") throw error;
    }
  }
  return { made: waiting.length, left: 0 };
}

async function sealOne(target: { jit: string; document: string }): Promise<void> {
  const record = await readRecord(database(), target);
  const seal = await sealed(await renderArrangement(record.arrangement), record.arrangement, "alone");
  await database().$transaction(async (tx) => {
    const facts = await keep(tx, target, record, seal);
    await appendEntry(queryOf(tx), target.jit, { actor: "system", action: "document.seal", facts });
  });
}

const pause = { usual: 60_000, most: 15 * 60_000 };

/**
 * Tries again while the web process runs, ever more seldom while the authority is away. Returns the function that stops
 * it: nobody waits for an answer then, and what was under way is made after the next start.
 */
export function startSealingWaiting(): () => void {
  let timer: NodeJS.Timeout | undefined;
  let next = pause.usual;
  let stopped = false;
  const look = async () => {
    try {
      const { left } = await sealWaiting();
      next = left > 0 ? Math.min(next * 2, pause.most) : pause.usual;
    } catch (error) {
      if (!stopped) log().error({ err: error }, "what waits for its seal was not sealed");
    }
    if (!stopped) timer = setTimeout(look, next).unref();
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
