import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { requireAssents } from "../agreeing/agreeing.server.ts";
import { change } from "../change.server.ts";
import { blocking, checkAnnex, checkArrangement } from "../checks/check.ts";
import { factsOf } from "../checks/facts.server.ts";
import { Conflict } from "../errors.ts";
import { readTrial, tryPrinting } from "../export/trial-print.server.ts";
import { heldAt } from "../jits/validity.ts";
import type { JitRole } from "../roles.ts";
import { view } from "../view.server.ts";
import {
  annexesToSign,
  isNewVersion,
  requireLeadersMayChange,
  requireOpenArrangement,
  takeAnnexesAlong,
} from "./annexes.server.ts";
import { canonicalText } from "./canonical.server.ts";
import { holdDocument } from "./document.server.ts";
import { rebuild } from "./history.server.ts";
import { recordEdits } from "./recording.server.ts";
import { next } from "./states.ts";

const reason = z.string("required").trim().min(1, "required").max(2000, "too-long");
export const Step = z.object({ jit: z.string(), document: z.string() });
export const StepWithReason = Step.extend({ reason });
type Step = z.infer<typeof Step>;
type StepWithReason = z.infer<typeof StepWithReason>;

/** T04: every delegation edits from now on. Needs someone of each party who may write. */
export function openForNegotiation(actor: Actor, input: Step) {
  return change(actor, "document.openForNegotiation", input, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const without = await partiesWithout(tx, input.jit, ["space_admin", "leader", "deputy_leader", "lead_negotiator"]);
    if (without.length > 0) throw new Conflict("drafter-missing");
    await move(tx, document, "document.openForNegotiation");
    await takeAnnexesAlong(tx, input.jit, "negotiation");
    return { result: undefined, facts: { document: document.id, version: document.version } };
  });
}

/** A trial on paper takes a second or two. */
const longestTrialMs = 30_000;

/**
 * T05: freezes the text. Whoever appends an edit waits for the same row lock, so an edit is either inside the frozen
 * bytes or refused. Throws Conflict when someone else was first, when a party has not agreed to these very words, when
 * the text cannot be printed, when an annex to it is still written, and with the findings when the rules stand against it.
 * An annex is closed by the same step; while the arrangement is in force that makes a new version of it (T13).
 */
export async function finaliseDocument(actor: Actor, input: Step): Promise<{ digest: string }> {
  // Tried on paper before anything is held, so that nobody's writing waits for it, or for its turn to be printed.
  const tried = await view(actor, "document.finalise", input, async (db) => {
    const document = await db.document.findFirstOrThrow({ where: { id: input.document, jitId: input.jit } });
    const text = await textToFreeze(db, document);
    await requireAssents(db, document, text.digest);
    return readTrial(db, text);
  });
  await tryPrinting(tried, longestTrialMs);
  return change(actor, "document.finalise", input, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    // First the trail of what was written, so that it stands before the entry that freezes it.
    await recordEdits(queryOf(tx), { document: document.id, epoch: document.epoch });
    const { canonical, digest } = await textToFreeze(tx, document);
    await requireAssents(tx, document, digest);
    // Written on meanwhile, and agreed to anew by everybody: what was tried is not what would be frozen.
    if (digest !== tried.digest) throw new Conflict("words-changed");
    await supersedeFrozen(tx, document.id);
    await tx.frozenText.create({
      data: {
        id: newId(),
        jitId: input.jit,
        documentId: document.id,
        version: document.version,
        canonical,
        digest,
        head: document.head,
        frozenAt: now(),
      },
    });
    await move(tx, document, "document.finalise");
    const facts = { document: document.id, version: document.version, digest };
    const versioned = await isNewVersion(tx, document);
    return {
      result: { digest },
      facts: { ...facts, head: document.head },
      follows: versioned ? [{ action: "annex.versioned", facts: { ...facts, annex: document.annex } }] : [],
    };
  });
}

type Written = { id: string; jitId: string; annex: string | null; epoch: number; template: string; version: number };

/** The bytes that would be frozen now. Throws Conflict for an arrangement that could not enter into force, or that the rules stand against. */
async function textToFreeze(db: Transaction, document: Written) {
  const { id, jitId, annex, epoch, template, version } = document;
  // From the rows themselves: what is signed must not rest on a snapshot, which only saves time.
  const text = await rebuild(queryOf(db), { document: id, epoch, fromFirstRow: true });
  const annexes = annex === null ? await annexesToSign(db, jitId) : { closed: [], open: [] };
  if (annexes.open.length > 0) throw new Conflict("annexes-open");
  const { canonical, digest, fields, languages } = canonicalText(text, template, annexes.closed);
  if (annex === null && fields.entryIntoForceRule !== "last_signature") throw new Conflict("entry-rule-unsupported");
  const check = annex === null ? checkArrangement : checkAnnex;
  const findings = blocking(check({ fields, languages, facts: await factsOf(db, jitId) }), "finalising");
  if (findings.length > 0) throw new Conflict("findings-block-finalising", { findings });
  return { jit: jitId, annex, version, canonical, digest };
}

/** T06 and T09: back to the text. Signatures given so far stay in the record as superseded; the next text is a new version. */
export function reopenDocument(actor: Actor, input: StepWithReason) {
  return change(actor, "document.reopen", { jit: input.jit, document: input.document }, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    await requireOpenArrangement(tx, document);
    const superseded = await supersedeFrozen(tx, document.id);
    await move(tx, document, "document.reopen", { version: document.version + 1 });
    return {
      result: undefined,
      facts: { document: document.id, version: document.version + 1, superseded },
      details: { reason: input.reason },
    };
  });
}

/**
 * T13, where the arrangement lets its leaders change an annex: the annex is written on as a new version. The one before
 * stays as it was signed, and in force until the new one is closed. Throws Conflict("annex-not-by-leaders").
 */
export function reviseAnnex(actor: Actor, input: StepWithReason) {
  return change(actor, "annex.revise", { jit: input.jit, document: input.document }, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    await requireLeadersMayChange(tx, document);
    await move(tx, document, "annex.revise", { version: document.version + 1 });
    return {
      result: undefined,
      facts: { document: document.id, version: document.version + 1, annex: document.annex },
      details: { reason: input.reason },
    };
  });
}

/** T22: given up before signature; kept with the reason. */
export function withdrawDocument(actor: Actor, input: StepWithReason) {
  return change(actor, "document.withdraw", { jit: input.jit, document: input.document }, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    if (document.annex === null) await takeAnnexesAlong(tx, input.jit, "withdrawn");
    await move(tx, document, "document.withdraw");
    return { result: undefined, facts: { document: document.id }, details: { reason: input.reason } };
  });
}

type Held = Awaited<ReturnType<typeof holdDocument>>;

/** Takes the step of the transition table; Conflict when the table does not know it from here. */
export async function move(tx: Transaction, document: Held, by: string, also: { version?: number } = {}) {
  const to = next(document.state, by);
  if (!to) throw new Conflict("not-in-this-state");
  await tx.document.update({ where: { id: document.id }, data: { state: to, stateSince: now(), ...also } });
}

/** Ends the life of the newest frozen text and of its slots; returns its digest, or null when there was none. */
export async function supersedeFrozen(tx: Transaction, document: string, declined?: string): Promise<string | null> {
  const frozen = await tx.frozenText.findFirst({ where: { documentId: document, supersededAt: null } });
  if (!frozen) return null;
  await tx.frozenText.update({ where: { id: frozen.id }, data: { supersededAt: now() } });
  await tx.signatureSlot.updateMany({
    // A copy is received, not signed: there is nothing in it to be void.
    where: { frozenTextId: frozen.id, state: { not: "copy" }, ...(declined ? { id: { not: declined } } : {}) },
    data: { state: "void", decidedAt: now() },
  });
  return frozen.digest;
}

/** States of the parties that have nobody with one of the roles today. */
export async function partiesWithout(tx: Transaction, jit: string, roles: readonly JitRole[]): Promise<string[]> {
  const parties = await tx.party.findMany({
    where: { jitId: jit, leftAt: null, members: { none: { roles: { some: heldAt(now(), roles) } } } },
  });
  return parties.map((party) => party.state);
}
