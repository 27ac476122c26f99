import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { spendAttempt } from "../accounts/attempts.server.ts";
import { visitor } from "../actor.ts";
import { type DocumentState, type StoredState, stateAt } from "../documents/states.ts";
import { view } from "../view.server.ts";

/**
 * What anyone may know who holds a digest: a code on paper can be photographed, so there are no names, no States and no
 * words of the text. `replaced`: the parties went back to the text, or a signatory declined.
 */
export type Recorded = {
  version: number;
  exercise: boolean;
  state: Exclude<DocumentState, "draft" | "negotiation" | "withdrawn"> | "replaced";
  frozenAt: Date;
  replacedAt: Date | null;
  inForceAt: Date | null;
  /** first instant after the last day, in the zone */
  expiresAt: Date | null;
  timeZone: string | null;
  /** when each was signed, in that order; null: not yet */
  slots: (Date | null)[];
};

/**
 * What this installation recorded for a digest, or null for one that it does not know. `address`: who asks; too many
 * questions are refused with Conflict("rate-limited…").
 */
export async function findRecorded(digest: string, address: string): Promise<Recorded | null> {
  await spendAttempt("lookUp", address);
  const wanted = digest.toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(wanted)) return null;
  return view(visitor, "record.lookUp", platform, (db) => readRecorded(db, wanted));
}

async function readRecorded(db: Transaction, digest: string): Promise<Recorded | null> {
  // The same words can be frozen again as a later version: the newest is what holds.
  const frozen = await db.frozenText.findFirst({
    // Minutes are for the team alone; their pages show the digest.
    where: { digest, document: { kind: { in: ["agreement", "annex"] } } },
    orderBy: { version: "desc" },
    include: {
      document: { include: { jit: true } },
      slots: { where: { role: { not: "copy" } }, include: { signatures: { where: { withdrawal: null } } } },
    },
  });
  if (!frozen) return null;
  const { document, slots, supersededAt } = frozen;
  const signed = slots.flatMap(({ signatures }) => signatures.map(({ signedAt }) => signedAt));
  const inForce = supersededAt ? null : document;
  return {
    version: frozen.version,
    exercise: document.jit.exercise,
    state: supersededAt ? "replaced" : stateOf(document),
    frozenAt: frozen.frozenAt,
    replacedAt: supersededAt,
    inForceAt: inForce?.inForceAt ?? null,
    expiresAt: inForce?.expiresAt ?? null,
    timeZone: inForce?.referenceTimeZone ?? null,
    slots: [
      ...signed.sort((a, b) => a.getTime() - b.getTime()),
      ...Array<null>(slots.length - signed.length).fill(null),
    ],
  };
}

function stateOf(document: Omit<StoredState, "state"> & { state: string }): Recorded["state"] {
  const current = stateAt({ ...document, state: document.state as DocumentState }, now());
  return current === "draft" || current === "negotiation" || current === "withdrawn" ? "replaced" : current;
}
