import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { signBytes } from "#app/platform/keys.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import type { Entry } from "../audit/entry.server.ts";
import { blocking, checkAnnex, checkArrangement } from "../checks/check.ts";
import { factsOf } from "../checks/facts.server.ts";
import type { Content } from "../documents/content.ts";
import type { holdDocument } from "../documents/document.server.ts";
import { move } from "../documents/freezing.server.ts";
import { periodFrom } from "../documents/period.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import { plannedEffect, takeEffect } from "../lifecycle/effects.server.ts";
import type { OnBehalfOf } from "./manifest.ts";
import { isComplete, type Method, type SlotRole, type SlotState, slotsBefore } from "./slots.ts";

type Document = Awaited<ReturnType<typeof holdDocument>>;
type Frozen = { id: string; canonical: string };

/** A slot of the text that is open now, with all that a statement on it says. The document must be held. */
export type HeldSlot = Awaited<ReturnType<typeof holdSlot>>;

/** The slot of the document's newest frozen text. Throws Conflict("text-changed") when the parties went back to the text. */
export async function holdSlot(tx: Transaction, document: { id: string }, id: string) {
  const slot = await tx.signatureSlot.findFirst({
    where: { id, frozenText: { documentId: document.id } },
    include: {
      frozenText: { include: { slots: true } },
      party: { include: { authority: true } },
      member: { include: { person: true } },
      delegation: { include: { from: { include: { person: true } } } },
      signatures: { where: { withdrawal: null } },
      originals: { where: { check: null } },
    },
  });
  if (!slot) throw new NotFound();
  if (slot.frozenText.supersededAt || slot.state === "void" || slot.state === "declined") {
    throw new Conflict("text-changed");
  }
  return { ...slot, ...slotWords(slot), frozenText: { ...slot.frozenText, slots: slot.frozenText.slots.map(placed) } };
}

/** The slot, if it is this very person's. */
export async function ownSlot(tx: Transaction, document: { id: string }, actor: Actor, id: string): Promise<HeldSlot> {
  const slot = await holdSlot(tx, document, id);
  if (slot.member.personId !== actor.personId || slot.role === "copy") throw new Forbidden();
  return slot;
}

function slotWords({ role, state, methods }: { role: string; state: string; methods: string[] }) {
  return { role: role as SlotRole, state: state as SlotState, methods: methods as Method[] };
}

function placed<One extends { role: string; state: string; methods: string[] }>(slot: One) {
  return { ...slot, ...slotWords(slot) };
}

/** Throws Conflict when the slot is signed, waits for others of its party, or may not be signed in this way. */
export function refuseUnlessTurn(slot: HeldSlot, method: Method): void {
  if (slot.state === "signed") throw new Conflict("already-signed");
  // One way at a time: the paper is confirmed, refused or taken back first.
  if (slot.state === "checking" && method !== "ink") throw new Conflict("paper-there");
  if (slotsBefore(slot, slot.frozenText.slots).length > 0) throw new Conflict("not-your-turn");
  if (!slot.methods.includes(method)) throw new Conflict("method-not-agreed");
}

/** What every statement on the slot says of it; absent fields are left out of canonical JSON. */
export async function slotStatement(tx: Transaction, { frozenText, party, member, delegation, ...slot }: HeldSlot) {
  const jit = await tx.jit.findUniqueOrThrow({ where: { id: slot.jitId } });
  const from = delegation?.from.person;
  const onBehalfOf: OnBehalfOf | undefined = from && {
    name: from.name,
    latinName: from.latinName,
    mandate: delegation.mandate,
  };
  return {
    jit: jit.reference,
    document: frozenText.documentId,
    version: frozenText.version,
    digest: frozenText.digest,
    slot: slot.id,
    role: slot.role,
    party: party.state,
    authority: (party.authority.names as Record<string, string>).en ?? "",
    signer: { person: member.personId, name: member.person.name, latinName: member.person.latinName },
    ...(onBehalfOf ? { onBehalfOf } : {}),
  };
}

/** The number of the next signature of the slot: one more than were taken back. */
export async function turnOf(tx: Transaction, slot: { id: string }): Promise<number> {
  const signatures = await tx.signature.aggregate({ where: { slotId: slot.id }, _max: { turn: true } });
  const originals = await tx.paperOriginal.aggregate({ where: { slotId: slot.id }, _max: { turn: true } });
  return Math.max(signatures._max.turn ?? 0, originals._max.turn ?? 0) + 1;
}

/**
 * `text`: the statement as canonical JSON, of which `turn` is the number in the slot. `level`: how the signatory proved to
 * be there; null where that happened outside the workspace.
 */
type Stated = {
  text: string;
  turn: number;
  method: Method;
  level: Level | null;
  assertion?: string | null;
  at: Date;
};

/** Signs the statement with the key of the installation and keeps both: from now on the slot is signed. */
export async function signSlot(tx: Transaction, slot: HeldSlot, { text, at, ...stated }: Stated) {
  const signed = await signBytes(new TextEncoder().encode(text));
  const id = newId();
  await tx.signature.create({
    data: {
      ...stated,
      id,
      jitId: slot.jitId,
      slotId: slot.id,
      personId: slot.member.personId,
      manifest: text,
      signature: Uint8Array.from(signed.signature),
      keyId: signed.keyId,
      signedAt: at,
    },
  });
  await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "signed", decidedAt: at } });
  return { id, key: signed.keyId };
}

/**
 * What blocks signature blocks it for everyone, whenever it comes about. A child of the arrangement is signed only as long
 * as it can have its effect (lifecycle/effect.ts): V48 for an extension.
 */
export async function refuseWhileBlocked(
  db: Transaction,
  { jitId, annex }: Pick<Document, "jitId" | "annex">,
  { canonical }: Pick<Frozen, "canonical">,
) {
  const { fields, languages } = JSON.parse(canonical) as Content;
  const check = annex === null ? checkArrangement : checkAnnex;
  const findings = blocking(check({ fields, languages, facts: await factsOf(db, jitId) }), "signature");
  if (findings.length > 0) throw new Conflict("findings-block-signature", { findings });
  await plannedEffect(db, { jitId, annex }, canonical, now());
}

/**
 * With the last slot that counts the text is in force, at this very instant; a child of the arrangement has its effect.
 * Returns the entries for the trail, none while a slot waits. Throws for a child as `effectOf`.
 */
export async function enterIntoForceIfLast(tx: Transaction, document: Document, frozen: Frozen, at: Date) {
  const slots = await tx.signatureSlot.findMany({ where: { frozenTextId: frozen.id } });
  if (!isComplete(slots.map(placed))) return [];
  const entry = (facts: Entry["facts"]) => ({
    action: "document.enterIntoForce" as const,
    facts: { document: document.id, ...facts },
  });
  const { annex } = document;
  if (annex === null) return [entry(await beginTeam(tx, document, frozen, at))];
  const { fields } = JSON.parse(frozen.canonical) as Content;
  const { effect, timeZone, follows } = await takeEffect(tx, { ...document, annex }, fields, at);
  await move(tx, document, "document.enterIntoForce");
  await tx.document.update({
    where: { id: document.id },
    data: { inForceAt: effect.from, referenceTimeZone: timeZone },
  });
  return [entry({ annex, inForceAt: effect.from.toISOString(), timeZone }), ...follows];
}

/** Rule of C05 "last signature": the period is reckoned in the reference zone of the frozen text. */
async function beginTeam(tx: Transaction, document: Document, frozen: Frozen, at: Date) {
  const { fields } = JSON.parse(frozen.canonical) as { fields: { duration: string; referenceTimeZone: string } };
  const period = periodFrom(at, fields.duration, fields.referenceTimeZone);
  await move(tx, document, "document.enterIntoForce");
  await tx.document.update({
    where: { id: document.id },
    data: { inForceAt: at, expiresAt: period.expiresAt, referenceTimeZone: period.timeZone },
  });
  return {
    inForceAt: at.toISOString(),
    expiresAt: period.expiresAt.toISOString(),
    lastDay: period.lastDay,
    timeZone: period.timeZone,
  };
}
