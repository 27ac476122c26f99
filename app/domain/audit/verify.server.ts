import { now } from "#app/platform/clock.ts";
import { database, type Query, queryOf, sqlState } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";
import { sealTrail } from "./checkpoint.server.ts";
import type { Facts } from "./entry.server.ts";
import { findRecordFault, Told } from "./record.server.ts";
import { readersTarget } from "./scope.server.ts";
import type { Verdict } from "./verdict.ts";
import { walkTrail } from "./walk.server.ts";

/**
 * Recomputes the whole trail of a team and compares it with what is kept outside the database and with the record it
 * speaks of. The check is itself an entry, and a trail that is intact is sealed up to it.
 * Throws NotFound and Forbidden as `view` does.
 */
export async function verifyTrail(actor: Actor, jit: string): Promise<Verdict> {
  const target = await readersTarget(actor, jit);
  await view(actor, "trail.read", target, async () => undefined);
  const verdict = await judgeNow(jit);
  try {
    await view(actor, "trail.verify", target, async () => verdict, factsOf);
  } catch (error) {
    // A trail may be broken so that nothing can be appended; the answer matters more than its entry.
    if (verdict.verdict !== "broken" || sqlState(error) === null) throw error;
    log().error({ error, jit }, "the check of a broken trail could not be recorded");
  }
  if (verdict.verdict === "intact") await sealTrail(queryOf(database()), jit);
  return verdict;
}

/** One snapshot for all of it: a signature made while we read must not look like one without an entry. */
function judgeNow(jit: string): Promise<Verdict> {
  return database().$transaction((db) => judgeTrail(queryOf(db), jit), {
    isolationLevel: "RepeatableRead",
    timeout: 120_000,
    maxWait: 10_000,
  });
}

/** Judges a trail as one snapshot of the database shows it. */
async function judgeTrail(query: Query, jit: string): Promise<Verdict> {
  const told = new Told();
  const walked = await walkTrail(query, jit, (body) => told.see(body));
  const at = now().toISOString();
  if (walked.fault) return { verdict: "broken", at, ...walked.fault };
  const { size } = walked.frontier;
  const fault = await findRecordFault(query, jit, told, size);
  if (fault) return { verdict: "broken", at, ...fault };
  return { verdict: "intact", size, root: walked.root, at, erased: walked.erased };
}

function factsOf(verdict: Verdict): Facts {
  return verdict.verdict === "intact"
    ? { verdict: "intact", size: verdict.size, root: verdict.root }
    : { verdict: "broken", entry: verdict.entry, reason: verdict.reason };
}
