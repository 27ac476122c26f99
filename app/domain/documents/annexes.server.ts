import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { orNothing } from "../jits/wording.ts";
import { annexClauses } from "../templates/agreement.ts";
import { annexKinds, findAnnexKind, inOrderOfAnnexes, isChild, isSignedWithArrangement } from "../templates/annex.ts";
import { view } from "../view.server.ts";
import type { ClosedAnnex, Content } from "./content.ts";
import { beginText } from "./first-row.server.ts";
import { type DocumentState, isEditable, isLiving, type StoredState, standingColumns, stateAt } from "./states.ts";

/** An annex of the team, as lists show it. `frozen` is its newest closed version. */
export type AnnexLine = {
  id: string;
  /** "A3", "A2-1" */
  annex: string;
  /** what or whom it is about; null where it needs no telling */
  about: string | null;
  state: DocumentState;
  version: number;
  frozen: { version: number; digest: string; frozenAt: Date } | null;
};

export function listAnnexes(actor: Actor, jit: string): Promise<AnnexLine[]> {
  return view(actor, "jit.read", { jit }, (db) => annexesOf(db, jit));
}

/** `canonical`: the bytes whose SHA-256 is the digest. */
export type NamedAnnex = ClosedAnnex & { about: string | null; canonical: string };

type Row = Omit<AnnexLine, "frozen"> & { frozenVersion: number | null; digest: string; frozenAt: Date };

/** In the order of their numbers, within a door that is already open. */
export async function annexesOf(db: Transaction, jit: string): Promise<AnnexLine[]> {
  const rows = await queryOf(db)<Row>(
    `SELECT d.id, d.annex, d.about, d.state, d.version, f.version AS "frozenVersion",
            f.digest, f.frozen_at AS "frozenAt"
       FROM document d LEFT JOIN LATERAL (SELECT version, digest, frozen_at FROM frozen_text
              WHERE document_id = d.id ORDER BY version DESC LIMIT 1) f ON true
      WHERE d.jit_id = $1::uuid AND d.kind = 'annex'`,
    [jit],
  );
  return rows
    .map(({ frozenVersion, digest, frozenAt, ...annex }) => ({
      ...annex,
      frozen: frozenVersion === null ? null : { version: frozenVersion, digest, frozenAt },
    }))
    .sort((one, other) => inOrderOfAnnexes(one.annex, other.annex));
}

/**
 * The annexes that are signed with the arrangement, by number, version and digest: what its own digest covers. `open`
 * are the numbers of those that are still written; they stand against finalising it.
 */
export async function annexesToSign(db: Transaction, jit: string): Promise<{ closed: ClosedAnnex[]; open: string[] }> {
  const signed = (await annexesOf(db, jit)).filter(
    ({ annex, state }) => isSignedWithArrangement(annex) && state !== "withdrawn",
  );
  return {
    closed: signed.flatMap(({ annex, state, frozen }) =>
      frozen && !isEditable(state) ? [{ annex, version: frozen.version, digest: frozen.digest }] : [],
    ),
    open: signed.filter(({ state }) => isEditable(state)).map(({ annex }) => annex),
  };
}

/** The exact words of the closed annexes that a canonical text names, in its order. Throws NotFound when one is missing. */
export async function annexesNamedBy(db: Transaction, canonical: string, jit: string): Promise<NamedAnnex[]> {
  const named = (JSON.parse(canonical) as Content).annexes ?? [];
  if (named.length === 0) return [];
  const frozen = await db.frozenText.findMany({
    where: { jitId: jit, digest: { in: named.map(({ digest }) => digest) }, document: { kind: "annex" } },
    include: { document: { select: { about: true } } },
  });
  return named.map((annex) => {
    const words = frozen.find(({ digest }) => digest === annex.digest);
    if (!words) throw new NotFound();
    return { ...annex, about: words.document.about, canonical: words.canonical };
  });
}

export const StartAnnex = z.object({
  annex: z.string("required").max(3, "annex-unknown"),
  about: orNothing(z.string().trim().max(200, "too-long")),
});

/**
 * Starts an annex from its template. The starting text is row 1 of its history, as with the arrangement (C11).
 * Throws Invalid for an annex that does not exist or a body without a name, Conflict("annex-exists") for one that can
 * be there only once, Conflict("annex-not-now") when the arrangement is not in a state in which it begins.
 */
export async function startAnnex(
  actor: Actor,
  input: { jit: string } & z.infer<typeof StartAnnex>,
): Promise<{ annex: string }> {
  const kind = findAnnexKind(input.annex);
  if (!kind || kind.id !== input.annex) throw new Invalid({ annex: "annex-unknown" });
  if (kind.id === "A2" && !input.about) throw new Invalid({ about: "required" });
  return change(actor, "annex.start", { jit: input.jit }, async (tx) => {
    const arrangement = await arrangementOf(tx, input.jit);
    const leaders = isOfTheLeaders(arrangement.frozen, kind.id) && arrangement.state === "in_force";
    if (!kind.begins.includes(arrangement.state) && !leaders) throw new Conflict("annex-not-now");
    const annex = kind.several ? await nextNumber(tx, input.jit, kind.id) : kind.id;
    if (await tx.document.findFirst({ where: { jitId: input.jit, annex } })) throw new Conflict("annex-exists");
    const { reference } = await tx.jit.findUniqueOrThrow({ where: { id: input.jit }, select: { reference: true } });
    const { facts } = await beginText(tx, {
      jit: input.jit,
      annex,
      about: input.about ?? null,
      state: arrangement.state === "draft" ? "draft" : "negotiation",
      template: kind.template,
      clauses: annexClauses[kind.id] ?? [],
      fields: { jitReference: reference },
    });
    return {
      result: { annex },
      facts: { ...facts, annex },
      ...(input.about ? { details: { about: input.about } } : {}),
    };
  });
}

/** Held, so that the arrangement cannot be closed while an annex to it begins. */
async function arrangementOf(tx: Transaction, jit: string) {
  const [row] = await queryOf(tx)<StoredState & { canonical: string | null }>(
    `SELECT ${standingColumns},
            (SELECT canonical FROM frozen_text WHERE document_id = d.id AND superseded_at IS NULL
              ORDER BY version DESC LIMIT 1) AS canonical
       FROM document d WHERE d.jit_id = $1::uuid AND d.kind = 'agreement' FOR UPDATE OF d`,
    [jit],
  );
  if (!row) throw new Conflict("annex-not-now");
  return { state: stateAt(row, now()), frozen: row.canonical };
}

async function nextNumber(tx: Transaction, jit: string, kind: string): Promise<string> {
  const there = await tx.document.count({ where: { jitId: jit, annex: { startsWith: `${kind}-` } } });
  return `${kind}-${there + 1}`;
}

/** True when the signed text says that the leaders may change this annex (clause 25, `annexesByLeaders`). */
function leadersMayChange(frozen: string | null, annex: string): boolean {
  if (frozen === null || isChild(annex)) return false;
  const { annexesByLeaders: named } = (JSON.parse(frozen) as Content).fields;
  return Array.isArray(named) && (named.includes(annex) || named.includes(findAnnexKind(annex)?.id));
}

/**
 * True for what the leaders write and change while the arrangement is in force: what it names for that, and the
 * operational plan where it is not signed with the arrangement (domain handbook 3.12: leaders approve A3).
 */
function isOfTheLeaders(frozen: string | null, annex: string): boolean {
  return leadersMayChange(frozen, annex) || isUnsignedPlan(frozen, annex);
}

function isUnsignedPlan(frozen: string | null, annex: string): boolean {
  if (annex !== "A3" || frozen === null) return false;
  return !(JSON.parse(frozen) as Content).annexes?.some((one) => one.annex === annex);
}

type Held = { jitId: string; annex: string | null };

/**
 * Throws Conflict unless an annex may be written on now: one that is signed with the arrangement only while that is
 * still written itself. Once it is in force, the leaders change what it names (`reviseAnnex`).
 */
export async function requireOpenArrangement(tx: Transaction, { jitId, annex }: Held): Promise<void> {
  if (annex === null || !isSignedWithArrangement(annex)) return;
  const { state, frozen } = await arrangementOf(tx, jitId);
  if (isEditable(state) || (isLiving(state) && isUnsignedPlan(frozen, annex))) return;
  throw new Conflict("annex-is-signed");
}

/** T13: throws Conflict("annex-not-by-leaders") unless the arrangement is in force and lets the leaders change this annex. */
export async function requireLeadersMayChange(tx: Transaction, { jitId, annex }: Held): Promise<void> {
  const { state, frozen } = await arrangementOf(tx, jitId);
  if (annex === null || state !== "in_force" || !isOfTheLeaders(frozen, annex))
    throw new Conflict("annex-not-by-leaders");
}

/** True for an annex that is closed anew while the arrangement is in force: that has an entry of its own (T13). */
export async function isNewVersion(tx: Transaction, { jitId, annex }: Held): Promise<boolean> {
  return annex !== null && !isChild(annex) && isLiving((await arrangementOf(tx, jitId)).state);
}

/** The drafts of the annexes go with the arrangement when it is opened for negotiation or given up. */
export async function takeAnnexesAlong(tx: Transaction, jit: string, to: "negotiation" | "withdrawn"): Promise<void> {
  const from = to === "negotiation" ? ["draft"] : ["draft", "negotiation", "finalised"];
  await tx.document.updateMany({
    where: { jitId: jit, kind: "annex", state: { in: from } },
    data: { state: to, stateSince: now() },
  });
}

/** Numbers of the annexes that the leaders change while the arrangement is in force; none before it is. */
export function listLeadersAnnexes(actor: Actor, jit: string): Promise<string[]> {
  return view(actor, "jit.read", { jit }, async (db) => {
    const row = await db.document.findFirst({
      where: { jitId: jit, kind: "agreement", state: "in_force" },
      include: { frozen: { where: { supersededAt: null } } },
    });
    const canonical = row?.frozen[0]?.canonical ?? null;
    return annexKinds.map(({ id }) => id).filter((id) => isOfTheLeaders(canonical, id));
  });
}
