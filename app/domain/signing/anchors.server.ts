import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { readAnchor } from "./anchors.ts";
import type { TrustedAnchor } from "./outside-check.ts";

/*
 * Authorities under which a party signs outside of the product. Who speaks for the party registers the certificate;
 * another person compares its fingerprint with what the authority publishes, and approves it. Until then it counts for
 * nothing. One person alone can revoke it: that only ever takes trust away.
 */
type Place = { jit: string; party: string };
export const RegisterAnchor = z.object({
  party: z.string("required").min(1, "required"),
  /** where the person has the certificate from: an address, a letter, a person */
  source: z.string("required").trim().min(1, "required").max(300, "too-long"),
});

/** Throws Invalid for a file that cannot be one, and Conflict("anchor-there") for one that the party trusts already. */
export async function registerAnchor(
  actor: Actor,
  { source, ...target }: Place & { source: string },
  bytes: Uint8Array,
): Promise<{ anchor: string }> {
  const read = await readAnchor(bytes, now());
  if (typeof read === "string") throw new Invalid({ file: read });
  const { der, fingerprint, subject, notBefore, notAfter, key } = read;
  return change(actor, "anchor.register", target, async (tx) => {
    const member = await memberOf(tx, target.jit, actor);
    await tx.party.findUniqueOrThrow({ where: { id: target.party } });
    const there = await tx.trustAnchor.findFirst({
      where: { partyId: target.party, fingerprint, steps: { none: { kind: "revoked" } } },
    });
    if (there) throw new Conflict("anchor-there");
    const id = newId();
    const known = { fingerprint, subject, keyKind: key, notBefore, notAfter, source };
    await tx.trustAnchor.create({
      data: {
        id,
        jitId: target.jit,
        partyId: target.party,
        der: Uint8Array.from(der),
        ...known,
        memberId: member.id,
        at: now(),
      },
    });
    return {
      result: { anchor: id },
      facts: { party: target.party, anchor: id, fingerprint },
      details: { subject, source },
    };
  });
}

/** Throws Conflict: "anchor-own" for who registered it, "anchor-approved", "anchor-revoked". */
export function approveAnchor(actor: Actor, { anchor: id, ...target }: Place & { anchor: string }): Promise<void> {
  return change(actor, "anchor.approve", target, async (tx) => {
    const anchor = await holdAnchor(tx, target, id);
    const member = await memberOf(tx, target.jit, actor);
    if (anchor.memberId === member.id) throw new Conflict("anchor-own");
    if (anchor.steps.some(({ kind }) => kind === "revoked")) throw new Conflict("anchor-revoked");
    if (anchor.steps.length > 0) throw new Conflict("anchor-approved");
    await tx.anchorStep.create({
      data: { anchorId: id, kind: "approved", jitId: target.jit, memberId: member.id, at: now() },
    });
    const facts = { party: target.party, anchor: id, fingerprint: anchor.fingerprint };
    return { result: undefined, facts };
  });
}

export const RevokeAnchor = z.object({
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/** From now on nothing is taken under it; what was taken before stays as it is. Throws Conflict("anchor-revoked"). */
export function revokeAnchor(
  actor: Actor,
  { anchor: id, reason, ...target }: Place & { anchor: string; reason: string },
): Promise<void> {
  return change(actor, "anchor.revoke", target, async (tx) => {
    const anchor = await holdAnchor(tx, target, id);
    const member = await memberOf(tx, target.jit, actor);
    if (anchor.steps.some(({ kind }) => kind === "revoked")) throw new Conflict("anchor-revoked");
    await tx.anchorStep.create({
      data: { anchorId: id, kind: "revoked", jitId: target.jit, memberId: member.id, reason, at: now() },
    });
    const facts = { party: target.party, anchor: id, fingerprint: anchor.fingerprint };
    return { result: undefined, facts, details: { reason } };
  });
}

/** The anchor of this very party; no step of it is made before this transaction ends. */
async function holdAnchor(tx: Transaction, { jit, party }: Place, id: string) {
  await queryOf(tx)("SELECT id FROM party WHERE id = $1::uuid FOR UPDATE", [party]);
  const anchor = await tx.trustAnchor.findFirst({
    where: { id, jitId: jit, partyId: party },
    include: { steps: true },
  });
  if (!anchor) throw new NotFound();
  return anchor;
}

async function memberOf(tx: Transaction, jit: string, actor: Actor) {
  const member = await tx.member.findUnique({
    where: { jitId_personId: { jitId: jit, personId: actor.personId } },
  });
  if (!member) throw new NotFound();
  return member;
}

type Named = { personId: string; name: string; latinName: string };
export type ListedAnchor = {
  id: string;
  partyId: string;
  partyState: string;
  fingerprint: string;
  subject: string;
  keyKind: string;
  notAfter: Date;
  source: string;
  state: "waiting" | "approved" | "revoked" | "run-out";
  registered: { by: Named; at: Date };
  approved: { by: Named; at: Date } | null;
  revoked: { by: Named; at: Date; reason: string } | null;
};

/** All of the team, by party, newest first; for whoever may read the text that is signed under them. */
export function listAnchors(
  actor: Actor,
  { jit, document }: { jit: string; document: string },
): Promise<ListedAnchor[]> {
  return view(actor, "anchor.list", { jit, document }, async (db) => {
    const who = { include: { person: true } } as const;
    const rows = await db.trustAnchor.findMany({
      where: { jitId: jit },
      include: { party: true, member: who, steps: { include: { member: who } } },
      orderBy: [{ party: { position: "asc" } }, { at: "desc" }],
    });
    return rows.map(({ party, member, steps, ...row }) => {
      const step = (kind: string) => steps.find((one) => one.kind === kind) ?? null;
      const [approved, revoked] = [step("approved"), step("revoked")];
      const state = revoked ? "revoked" : row.notAfter < now() ? "run-out" : approved ? "approved" : "waiting";
      const { id, partyId, fingerprint, subject, keyKind, notAfter, source } = row;
      return {
        ...{ id, partyId, fingerprint, subject, keyKind, notAfter, source, state },
        partyState: party.state,
        registered: { by: named(member), at: row.at },
        approved: approved && { by: named(approved.member), at: approved.at },
        revoked: revoked && { by: named(revoked.member), at: revoked.at, reason: revoked.reason },
      };
    });
  });
}

function named({ person }: { person: { id: string; name: string; latinName: string } }): Named {
  return { personId: person.id, name: person.name, latinName: person.latinName };
}

/** What the party trusts now, and what it trusted until it was revoked. Nothing that waits for approval. */
export async function trustedAnchors(db: Transaction, party: string): Promise<(TrustedAnchor & { id: string })[]> {
  const rows = await db.trustAnchor.findMany({
    where: { partyId: party, steps: { some: { kind: "approved" } } },
    include: { steps: true },
  });
  const all = rows.map(({ id, der, fingerprint, steps }) => {
    return { id, der, fingerprint, revoked: steps.some(({ kind }) => kind === "revoked") };
  });
  // One that was registered anew after it had been revoked is trusted again.
  return all.sort((a, b) => Number(a.revoked) - Number(b.revoked));
}
