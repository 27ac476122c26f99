import type { Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { blocking, checkArrangement } from "../checks/check.ts";
import { factsOf } from "../checks/facts.server.ts";
import type { Content } from "../documents/content.ts";
import type { holdDocument } from "../documents/document.server.ts";
import { move } from "../documents/freezing.server.ts";
import { periodFrom } from "../documents/period.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
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

/** What blocks signature blocks it for everyone, whenever it comes about. */
export async function refuseWhileBlocked(db: Transaction, jit: string, { canonical }: Pick<Frozen, "canonical">) {
  const { fields, languages } = JSON.parse(canonical) as Content;
  const findings = blocking(checkArrangement({ fields, languages, facts: await factsOf(db, jit) }), "signature");
  if (findings.length > 0) throw new Conflict("findings-block-signature", { findings });
}

/**
 * Rule of C05 "last signature": with the last slot that counts the arrangement is in force, at this very instant, and
 * the period is reckoned in the reference zone of the frozen text. Returns the entry for the trail, or none.
 */
export async function enterIntoForceIfLast(tx: Transaction, document: Document, frozen: Frozen, at: Date) {
  const slots = await tx.signatureSlot.findMany({ where: { frozenTextId: frozen.id } });
  if (!isComplete(slots.map(placed))) return [];
  const { fields } = JSON.parse(frozen.canonical) as { fields: { duration: string; referenceTimeZone: string } };
  const period = periodFrom(at, fields.duration, fields.referenceTimeZone);
  await move(tx, document, "document.enterIntoForce");
  await tx.document.update({
    where: { id: document.id },
    data: { inForceAt: at, expiresAt: period.expiresAt, referenceTimeZone: period.timeZone },
  });
  const facts = {
    document: document.id,
    inForceAt: at.toISOString(),
    expiresAt: period.expiresAt.toISOString(),
    lastDay: period.lastDay,
    timeZone: period.timeZone,
  };
  return [{ action: "document.enterIntoForce" as const, facts }];
}
