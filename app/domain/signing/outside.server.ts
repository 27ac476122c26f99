import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import { view } from "../view.server.ts";
import { trustedAnchors } from "./anchors.server.ts";
import { type OutsideManifest, outsideChecks, outsideManifestType } from "./manifest.ts";
import { checkOutside, mostOutsideBytes, type OutsideSignature } from "./outside-check.ts";
import { readRecord } from "./record.server.ts";
import {
  enterIntoForceIfLast,
  type HeldSlot,
  ownSlot,
  refuseUnlessTurn,
  refuseWhileBlocked,
  signSlot,
  slotStatement,
  turnOf,
} from "./slot.server.ts";

/*
 * Signing outside: the signatory takes out the newest revision of the file, signs it with the tool of the own State, and
 * hands it in. Nobody else takes that revision out for half an hour. Signing in the workspace goes on meanwhile and does
 * not touch the file. If the file went on all the same, or time was up while somebody else had it, the upload is kept as
 * a counterpart: it counts just as well, because it is a signature over the same text.
 */
export const checkoutMinutes = 30;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
type Place = { jit: string; document: string; slot: string };

/**
 * Takes the newest revision out until the instant returned; once more gives the same. Throws Conflict: "checked-out"
 * while somebody else has it, "already-signed", "not-your-turn", "method-not-agreed", "findings-block-signature".
 */
export async function checkOut(actor: Actor, target: Place): Promise<{ until: Date }> {
  const paper = await paperIfFirst(actor, target);
  return change(actor, "outside.checkOut", target, async (tx) => {
    const { slot } = await ownTurn(tx, actor, target);
    const { frozenText: frozen } = slot;
    const head = await headOf(tx, frozen.id);
    if (!head) {
      if (!paper || paper.frozenText !== frozen.id) throw new Conflict("text-changed");
      const { bytes } = paper;
      const row = { frozenTextId: frozen.id, number: 0, jitId: target.jit, sha256: sha256(bytes), at: now() };
      await tx.pdfRevision.create({ data: { ...row, bytes: Uint8Array.from(bytes) } });
    }
    const number = head?.number ?? 0;
    const open = await openCheckout(tx, frozen.id);
    if (open && open.slotId !== slot.id) throw new Conflict("checked-out");
    const until = open?.until ?? new Date(now().getTime() + checkoutMinutes * 60_000);
    if (!open) {
      const row = { id: newId(), jitId: target.jit, frozenTextId: frozen.id, slotId: slot.id, number };
      await tx.pdfCheckout.create({ data: { ...row, at: now(), until } });
    }
    const facts = { document: target.document, digest: frozen.digest, slot: slot.id, revision: number };
    return { result: { until }, facts: { ...facts, until: until.toISOString() } };
  });
}

/** The paper is made before the transaction, because it takes seconds; null when there is a file already. */
async function paperIfFirst(actor: Actor, { jit, document }: Place) {
  const found = await view(actor, "document.read", { jit, document }, async (db) => {
    const record = await readRecord(db, { jit, document });
    return (await headOf(db, record.frozenText)) ? null : record;
  });
  return found && { frozenText: found.frozenText, bytes: await renderArrangement(found.arrangement) };
}

async function headOf(db: Transaction, frozenTextId: string) {
  return db.pdfRevision.findFirst({
    where: { frozenTextId },
    orderBy: { number: "desc" },
    select: { number: true, sha256: true },
  });
}

/** Who has the file now: taken out, time not up, and not handed in since. */
async function openCheckout(db: Transaction, frozenTextId: string) {
  const checkout = await db.pdfCheckout.findFirst({
    where: { frozenTextId, until: { gt: now() } },
    orderBy: { at: "desc" },
  });
  if (!checkout) return null;
  const handedIn = await db.outsideSignature.findFirst({
    where: { slotId: checkout.slotId, at: { gte: checkout.at } },
  });
  return handedIn ? null : checkout;
}

async function ownTurn(tx: Transaction, actor: Actor, { jit, document: id, slot: slotId }: Place) {
  const document = await holdDocument(tx, jit, id);
  const slot = await ownSlot(tx, document, actor, slotId);
  refuseUnlessTurn(slot, "national_qualified");
  await refuseWhileBlocked(tx, document, slot.frozenText);
  return { document, slot };
}

/** How it stands with the file, as the page shows it. */
export function findCheckout(actor: Actor, { jit, document, slot }: Place) {
  return view(actor, "document.read", { jit, document }, async (db) => {
    const found = await db.signatureSlot.findFirst({ where: { id: slot, jitId: jit } });
    if (!found) throw new NotFound();
    const open = await openCheckout(db, found.frozenTextId);
    const anchors = await trustedAnchors(db, found.partyId);
    return {
      own: open?.slotId === slot ? { until: open.until } : null,
      taken: open && open.slotId !== slot ? { until: open.until } : null,
      earlier: (await db.pdfCheckout.count({ where: { slotId: slot } })) > 0,
      trusted: anchors.filter(({ revoked }) => !revoked).length,
    };
  });
}

/** The revision that was last taken out for the slot. That it was fetched is an entry in the trail. */
export function readCheckedOut(actor: Actor, { jit, document, slot }: Place) {
  return view(
    actor,
    "outside.read",
    { jit, document },
    async (db) => {
      const checkout = await db.pdfCheckout.findFirst({
        where: { slotId: slot, jitId: jit, frozenText: { documentId: document } },
        orderBy: { at: "desc" },
      });
      if (!checkout) throw new NotFound();
      return db.pdfRevision.findUniqueOrThrow({
        where: { frozenTextId_number: { frozenTextId: checkout.frozenTextId, number: checkout.number } },
      });
    },
    ({ sha256, number }) => ({ document, slot, revision: number, sha256 }),
  );
}

/** The file that was handed in for the slot and counts. */
export function readOutside(actor: Actor, { jit, document, slot }: Place) {
  return view(
    actor,
    "outside.read",
    { jit, document },
    async (db) => {
      const kept = await db.outsideSignature.findFirst({
        where: { slotId: slot, jitId: jit, slot: { frozenText: { documentId: document } } },
        orderBy: { at: "desc" },
      });
      if (!kept) throw new NotFound();
      return kept;
    },
    ({ sha256 }) => ({ document, slot, sha256 }),
  );
}

const line = z.string("required").trim().min(1, "required").max(200, "too-long");
export const HandInOutside = z.object({ capacity: line, place: line });
export type HandInOutside = Place & z.infer<typeof HandInOutside>;
export { mostOutsideBytes };

/**
 * Checks a file that was signed outside and counts it as the signature of the slot. Throws Invalid({ file }) with the one
 * reason for which it is not taken (outside-check.ts), Conflict as `checkOut` does, and "not-checked-out".
 */
export async function handInOutside(
  actor: Actor,
  input: HandInOutside,
  bytes: Uint8Array,
): Promise<{ inForce: boolean; kind: OutsideManifest["outside"]["kind"] }> {
  const { capacity, place, ...target } = input;
  const { bases, found } = await checkFile(actor, target, bytes);
  return change(actor, "outside.handIn", target, async (tx) => {
    const { document, slot } = await ownTurn(tx, actor, target);
    const { frozenText: frozen } = slot;
    const base = bases[found.base]!;
    if (base.frozenTextId !== frozen.id) throw new Conflict("text-changed");
    // Asked again under the lock: it may have been revoked since the file was checked.
    const anchors = await trustedAnchors(tx, slot.partyId);
    const anchor = anchors.find(({ fingerprint, revoked }) => fingerprint === found.anchor && !revoked);
    if (!anchor) throw new Invalid({ file: "outside-anchor-revoked" });
    const kind = await kindOf(tx, slot, base.number);
    const at = now();
    const file = { sha256: sha256(bytes), base: base.sha256, kind };
    const text = await statement(tx, { slot, found, anchor: anchor.id, file, capacity, place, at });
    const turn = await turnOf(tx, slot);
    const signature = await signSlot(tx, slot, { text, at, turn, method: "national_qualified", level: null });
    const kept = { jitId: input.jit, bytes: Uint8Array.from(bytes), sha256: file.sha256, at };
    const { subject, fingerprint } = found.signer;
    await tx.outsideSignature.create({
      data: {
        ...{ ...kept, signatureId: signature.id, slotId: slot.id, anchorId: anchor.id, kind, number: base.number },
        ...{ subject, fingerprint, claimedAt: found.claimedAt },
      },
    });
    if (kind === "chain") {
      await tx.pdfRevision.create({ data: { ...kept, frozenTextId: frozen.id, number: base.number + 1 } });
    }
    const follows = await enterIntoForceIfLast(tx, document, frozen, at);
    const signed = { signature: signature.id, key: signature.key };
    const facts = { document: document.id, digest: frozen.digest, slot: slot.id, ...signed };
    return {
      result: { inForce: follows.length > 0, kind },
      facts: { ...facts, sha256: file.sha256, kind, revision: base.number, anchor: anchor.id, fingerprint },
      follows,
    };
  });
}

async function checkFile(actor: Actor, { jit, document, slot: id }: Place, bytes: Uint8Array) {
  const { bases, anchors, since } = await view(actor, "document.read", { jit, document }, async (db) => {
    const slot = await db.signatureSlot.findFirst({ where: { id, jitId: jit, frozenText: { documentId: document } } });
    if (!slot) throw new NotFound();
    const first = await db.pdfCheckout.findFirst({ where: { slotId: id }, orderBy: { at: "asc" } });
    if (!first) throw new Conflict("not-checked-out");
    const bases = await db.pdfRevision.findMany({
      where: { frozenTextId: slot.frozenTextId },
      orderBy: { number: "asc" },
    });
    return { bases, anchors: await trustedAnchors(db, slot.partyId), since: first.at };
  });
  const found = await checkOutside(bytes, { bases: bases.map((base) => base.bytes), anchors, since, at: now() });
  if (typeof found === "string") throw new Invalid({ file: found });
  return { bases, found };
}

/** Next in the file, when it continues the newest revision and nobody else has that. */
async function kindOf(
  tx: Transaction,
  { id, frozenText }: HeldSlot,
  number: number,
): Promise<OutsideManifest["outside"]["kind"]> {
  const head = await headOf(tx, frozenText.id);
  if (head?.number !== number) return "moved";
  const open = await openCheckout(tx, frozenText.id);
  return open && open.slotId !== id ? "late" : "chain";
}

type Stated = {
  slot: HeldSlot;
  found: OutsideSignature;
  anchor: string;
  file: Pick<OutsideManifest["outside"], "sha256" | "base" | "kind">;
  capacity: string;
  place: string;
  at: Date;
};

async function statement(tx: Transaction, { slot, found, anchor, file, capacity, place, at }: Stated): Promise<string> {
  const { subject, fingerprint } = await tx.trustAnchor.findUniqueOrThrow({ where: { id: anchor } });
  const { signer, claimedAt } = found;
  const manifest: OutsideManifest = {
    type: outsideManifestType,
    ...(await slotStatement(tx, slot)),
    capacity,
    place,
    outside: {
      ...file,
      signer: { subject: signer.subject, fingerprint: signer.fingerprint },
      anchor: { subject, fingerprint },
      claimedAt: claimedAt?.toISOString() ?? null,
      checked: outsideChecks,
    },
    at: at.toISOString(),
  };
  return canonicalize(manifest)!;
}
