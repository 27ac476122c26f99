import canonicalize from "canonicalize";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { signBytes } from "#app/platform/keys.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import type { Entry } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { blocking, checkAnnex, checkArrangement } from "../checks/check.ts";
import { factsOf } from "../checks/facts.server.ts";
import type { Content } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import { move, supersedeFrozen } from "../documents/freezing.server.ts";
import { periodFrom } from "../documents/period.ts";
import { Conflict, Forbidden, NotFound } from "../errors.ts";
import { boundAt } from "../jits/bound.ts";
import { heldAt } from "../jits/validity.ts";
import { concernsAlone } from "../lifecycle/concerned.ts";
import { plannedEffect, takeEffect } from "../lifecycle/effects.server.ts";
import { type Manifest, manifestType } from "./manifest.ts";

export const OpenSigning = z.object({
  jit: z.string(),
  document: z.string(),
  signatories: z.array(z.string()).min(1, "required").max(100, "too-long"),
});

/** T07: names who signs, one signatory of each party, and opens the frozen text for signature. */
export function openSigning(actor: Actor, input: z.infer<typeof OpenSigning>) {
  return change(actor, "signing.open", { jit: input.jit, document: input.document }, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const frozen = await currentFrozen(tx, document.id);
    const chosen = await signatoriesOf(tx, input.jit, input.signatories);
    await refuseWhileBlocked(tx, document, frozen);
    await plannedEffect(tx, document, frozen.canonical, now());
    const parties = await partiesToSign(tx, document, frozen);
    if (chosen.some((member) => !parties.some(({ id }) => id === member.partyId)))
      throw new Conflict("signatory-unknown");
    if (parties.some((party) => !chosen.some((member) => member.partyId === party.id))) {
      throw new Conflict("signatory-missing");
    }
    await tx.signatureSlot.createMany({
      data: chosen.map((member) => ({
        id: newId(),
        jitId: input.jit,
        frozenTextId: frozen.id,
        partyId: member.partyId!,
        memberId: member.id,
        state: "waiting",
      })),
    });
    await move(tx, document, "signing.open");
    return {
      result: undefined,
      facts: { document: document.id, digest: frozen.digest, signatories: chosen.map((member) => member.personId) },
    };
  });
}

/** All who are bound; under a notice of withdrawal the party alone that leaves. */
async function partiesToSign(tx: Transaction, { jitId, annex }: Document, { canonical }: Pick<Frozen, "canonical">) {
  const alone = concernsAlone(annex, (JSON.parse(canonical) as Content).fields);
  return tx.party.findMany({ where: { jitId, ...boundAt(now()), ...(alone === null ? {} : { state: alone }) } });
}

/** The chosen members, each of whom must hold the role of signatory for a party today. */
async function signatoriesOf(tx: Transaction, jit: string, ids: string[]) {
  const members = await tx.member.findMany({
    where: {
      jitId: jit,
      id: { in: [...new Set(ids)] },
      partyId: { not: null },
      roles: { some: heldAt(now(), ["signatory"]) },
    },
  });
  if (members.length !== new Set(ids).size) throw new Conflict("signatory-unknown");
  return members;
}

export const SignDocument = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  /** what the signatory read; another digest means that the text changed meanwhile */
  digest: z.string().length(64, "text-changed"),
  capacity: z.string("required").trim().min(1, "required").max(200, "too-long"),
  place: z.string("required").trim().min(1, "required").max(200, "too-long"),
  meaning: z.string("required").min(1, "required").max(2000, "too-long"),
});

export type SignDocument = z.infer<typeof SignDocument>;

/**
 * How the signatory proves to be there. `prove` is asked inside the transaction that signs, for the very manifest; it
 * throws, or returns the answer of the passkey where there is one. `at` is when the statement was made.
 */
export type StepUp = {
  level: Level;
  at: Date;
  prove: (tx: Transaction, manifest: string) => Promise<string | null>;
};

/** Without a second factor, as everybody signed before there were any: for the past of the demonstration, and tests. */
export function passwordAlone(): StepUp {
  return { level: "password", at: now(), prove: async () => null };
}

/**
 * What the signatory is to sign, as canonical JSON, after every check that signing itself makes.
 * Throws Conflict: "already-signed", "text-changed", "findings-block-signature", "not-in-this-state", and for a child of
 * the arrangement what lifecycle/effect.ts says stands against its effect, such as "extension-late" (V48).
 */
export async function statementToSign(
  tx: Transaction,
  actor: Actor,
  input: SignDocument,
  { level, at }: Omit<StepUp, "prove">,
) {
  const document = await holdDocument(tx, input.jit, input.document);
  const slot = await ownSlot(tx, actor, input.slot);
  const { frozenText: frozen, member, party } = slot;
  if (frozen.documentId !== document.id || frozen.supersededAt || frozen.digest !== input.digest) {
    throw new Conflict("text-changed");
  }
  await refuseWhileBlocked(tx, document, frozen);
  await plannedEffect(tx, document, frozen.canonical, now());
  const jit = await tx.jit.findUniqueOrThrow({ where: { id: input.jit } });
  const manifest: Manifest = {
    type: manifestType,
    jit: jit.reference,
    document: document.id,
    version: frozen.version,
    digest: frozen.digest,
    slot: slot.id,
    party: party.state,
    authority: (party.authority.names as Record<string, string>).en ?? "",
    signer: { person: actor.personId, name: member.person.name, latinName: member.person.latinName },
    capacity: input.capacity,
    place: input.place,
    meaning: input.meaning,
    level,
    at: at.toISOString(),
  };
  return { document, slot, frozen, text: canonicalize(manifest)! };
}

/**
 * Signs the frozen text for the signatory's own slot, with the step-up that step-up.server.ts has asked for.
 * The last signature puts the arrangement in force (T11) in the same transaction.
 * Throws as `statementToSign` does, and what `prove` throws.
 */
export function signDocument(actor: Actor, input: SignDocument, stepUp: StepUp): Promise<{ inForce: boolean }> {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.sign", target, async (tx) => {
    const { document, slot, frozen, text } = await statementToSign(tx, actor, input, stepUp);
    const assertion = await stepUp.prove(tx, text);
    const at = now();
    const signed = await signBytes(new TextEncoder().encode(text));
    const id = newId();
    await tx.signature.create({
      data: {
        id,
        jitId: input.jit,
        slotId: slot.id,
        personId: actor.personId,
        manifest: text,
        signature: Uint8Array.from(signed.signature),
        keyId: signed.keyId,
        signedAt: at,
        level: stepUp.level,
        assertion,
      },
    });
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "signed", decidedAt: at } });
    const inForce = await enterIntoForceIfLast(tx, document, frozen, at);
    return {
      result: { inForce: inForce !== null },
      facts: {
        document: document.id,
        digest: frozen.digest,
        slot: slot.id,
        signature: id,
        key: signed.keyId,
        level: stepUp.level,
      },
      follows: inForce ?? [],
    };
  });
}

/** What blocks signature blocks it for everyone, whenever it comes about. */
async function refuseWhileBlocked(db: Transaction, document: Document, { canonical }: Pick<Frozen, "canonical">) {
  const { fields, languages } = JSON.parse(canonical) as Content;
  const check = document.annex === null ? checkArrangement : checkAnnex;
  const findings = blocking(check({ fields, languages, facts: await factsOf(db, document.jitId) }), "signature");
  if (findings.length > 0) throw new Conflict("findings-block-signature", { findings });
}

/** The slot, if it waits for this very person. */
async function ownSlot(tx: Transaction, actor: Actor, id: string) {
  const slot = await tx.signatureSlot.findUnique({
    where: { id },
    include: { frozenText: true, party: { include: { authority: true } }, member: { include: { person: true } } },
  });
  if (!slot) throw new NotFound();
  if (slot.member.personId !== actor.personId) throw new Forbidden();
  if (slot.state === "signed") throw new Conflict("already-signed");
  if (slot.state !== "waiting") throw new Conflict("text-changed");
  return slot;
}

type Document = Awaited<ReturnType<typeof holdDocument>>;
type Frozen = { id: string; canonical: string };

/** The entries that follow from the last signature, or null while one is missing. */
async function enterIntoForceIfLast(tx: Transaction, document: Document, frozen: Frozen, at: Date) {
  const waiting = await tx.signatureSlot.count({ where: { frozenTextId: frozen.id, state: { not: "signed" } } });
  if (waiting > 0) return null;
  const entry = (facts: Entry["facts"]) => ({
    action: "document.enterIntoForce" as const,
    facts: { document: document.id, ...facts },
  });
  if (document.annex === null) return [entry(await beginTeam(tx, document, frozen, at))];
  const child = { ...document, annex: document.annex };
  const { effect, timeZone, follows } = await takeEffect(
    tx,
    child,
    (JSON.parse(frozen.canonical) as Content).fields,
    at,
  );
  await move(tx, document, "document.enterIntoForce");
  await tx.document.update({
    where: { id: document.id },
    data: { inForceAt: effect.from, referenceTimeZone: timeZone },
  });
  return [entry({ annex: document.annex, inForceAt: effect.from.toISOString(), timeZone }), ...follows];
}

/** Rule of C05 "last signature": the period starts with it, in the reference zone of the frozen text. */
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

export const DeclineSignature = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/** T09: one signatory declines; all signatures become void and stay in the record; the text opens again as a new version. */
export function declineSignature(actor: Actor, input: z.infer<typeof DeclineSignature>) {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.decline", target, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const slot = await ownSlot(tx, actor, input.slot);
    if (slot.frozenText.supersededAt) throw new Conflict("text-changed");
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "declined", decidedAt: now() } });
    const superseded = await supersedeFrozen(tx, document.id, slot.id);
    await move(tx, document, "signature.decline", { version: document.version + 1 });
    return {
      result: undefined,
      facts: { document: document.id, slot: slot.id, superseded, version: document.version + 1 },
      details: { reason: input.reason },
    };
  });
}

async function currentFrozen(tx: Transaction, document: string) {
  const frozen = await tx.frozenText.findFirst({ where: { documentId: document, supersededAt: null } });
  if (!frozen) throw new Conflict("not-in-this-state");
  return frozen;
}
