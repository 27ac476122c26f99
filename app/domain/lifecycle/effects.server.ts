import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Entry } from "../audit/entry.server.ts";
import type { Content } from "../documents/content.ts";
import type { Fields } from "../documents/field-text.ts";
import { lastDayBefore } from "../documents/period.ts";
import type { DocumentState } from "../documents/states.ts";
import { Conflict } from "../errors.ts";
import { boundAt } from "../jits/bound.ts";
import { isChild } from "../templates/annex.ts";
import { type Effect, effectOf, type Parent } from "./effect.ts";
import { letPartyIn } from "./joining.server.ts";
import { letPartyGo } from "./leaving.server.ts";

type Child = { id: string; jitId: string; annex: string | null };
type Held = Parent & { id: string };

/**
 * The arrangement that a child hangs under, held to the end of the transaction: no two children have their effect at the
 * same time, and it does not end meanwhile. Throws Conflict("team-has-ended") when there is none with a frozen text.
 */
async function holdParent(tx: Transaction, jit: string, at: Date): Promise<Held> {
  await queryOf(tx)("SELECT id FROM document WHERE jit_id = $1::uuid AND kind = 'agreement' FOR UPDATE", [jit]);
  return parentOf(tx, jit, at);
}

async function parentOf(tx: Transaction, jit: string, at: Date): Promise<Held> {
  const row = await tx.document.findFirst({
    where: { jitId: jit, kind: "agreement" },
    include: { frozen: { where: { supersededAt: null } } },
  });
  const canonical = row?.frozen[0]?.canonical;
  if (!row || !canonical) throw new Conflict("team-has-ended");
  const parties = await tx.party.findMany({ where: { jitId: jit, ...boundAt(at) }, orderBy: { position: "asc" } });
  return {
    ...row,
    state: row.state as DocumentState,
    timeZone: row.referenceTimeZone ?? "UTC",
    fields: (JSON.parse(canonical) as Content).fields,
    parties,
  };
}

/** What signing the child would bring about if the last signature were made at `at`; null for other texts. Throws as `effectOf`. */
export async function plannedEffect(
  db: Transaction,
  child: Pick<Child, "jitId" | "annex">,
  canonical: string,
  at: Date,
): Promise<Effect | null> {
  if (child.annex === null || !isChild(child.annex)) return null;
  const { fields } = JSON.parse(canonical) as Content;
  return effectOf(child.annex, fields, await parentOf(db, child.jitId, at), at);
}

/**
 * The last signature under a child is made at `at`: the arrangement is extended, changed, enlarged, suspended or ended.
 * Returns the instant from which the child holds, and the entries that follow from it. Throws as `effectOf`.
 */
export async function takeEffect(
  tx: Transaction,
  child: Child & { annex: string },
  fields: Fields,
  at: Date,
): Promise<{ effect: Effect; timeZone: string; follows: Omit<Entry, "actor">[] }> {
  const parent = await holdParent(tx, child.jitId, at);
  const effect = effectOf(child.annex, fields, parent, at);
  const facts = { document: parent.id, by: child.id, annex: child.annex, from: effect.from.toISOString() };
  const follow = (action: Entry["action"], more: Entry["facts"] = {}) => [{ action, facts: { ...facts, ...more } }];
  const done = (follows: Omit<Entry, "actor">[]) => ({ effect, timeZone: parent.timeZone, follows });
  switch (effect.kind) {
    case "extend":
      await tx.document.update({ where: { id: parent.id }, data: { expiresAt: effect.expiresAt } });
      return done(
        follow("arrangement.extend", {
          before: parent.expiresAt?.toISOString() ?? null,
          expiresAt: effect.expiresAt.toISOString(),
          lastDay: effect.lastDay,
          timeZone: parent.timeZone,
        }),
      );
    case "amend":
      return done(follow("arrangement.amend"));
    case "accede": {
      const { party } = await letPartyIn(tx, { jit: child.jitId, document: child.id, from: effect.from });
      return done(follow("party.accede", { party, state: effect.state }));
    }
    case "withdraw": {
      const gone = await letPartyGo(tx, { jit: child.jitId, state: effect.state, from: effect.from, at });
      const left = follow("party.withdraw", { ...gone, evidence: String(fields.evidenceAfterWithdrawal ?? "") });
      return done(effect.last ? [...left, ...(await end(effect.from))] : left);
    }
    case "endEarly":
      return done(await end(effect.from));
    case "suspend":
      await tx.document.update({
        where: { id: parent.id },
        data: { suspendedFrom: effect.from, suspendedUntil: null },
      });
      return done(follow("arrangement.suspend"));
    case "resume":
      await tx.document.update({ where: { id: parent.id }, data: { suspendedUntil: effect.from } });
      return done(follow("arrangement.resume"));
  }

  async function end(from: Date) {
    await tx.document.update({ where: { id: parent.id }, data: { expiresAt: from, endsEarly: true } });
    return follow("arrangement.endEarly", {
      before: parent.expiresAt?.toISOString() ?? null,
      expiresAt: from.toISOString(),
      lastDay: lastDayBefore(from, parent.timeZone),
      timeZone: parent.timeZone,
    });
  }
}
