import { createHash, X509Certificate } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { log } from "#app/platform/log.server.ts";
import type { Actor } from "../actor.ts";
import type { Facts } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { Conflict } from "../errors.ts";
import type { ArrangementToPrint } from "../export/arrangement.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import { view } from "../view.server.ts";
import { sealingKeys } from "./installation-keys.server.ts";
import { completePdf, signPdf, type Timestamps } from "./pades.ts";
import { checkPdf } from "./pades-check.ts";
import { type FinalPdf, finalPdfOf, type SignedRecord, sealedToRead } from "./record.server.ts";
import {
  outsideTimestamps,
  outsideToken,
  rememberFailure,
  TimestampsUnavailable,
} from "./timestamp-authority.server.ts";

type Target = { jit: string; document: string };

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * The PDF that everybody is given: before entry into force the paper as it stands, afterwards one file, sealed by the
 * installation once and kept. While a timestamp authority outside gives no timestamps, the paper as it was signed, which
 * `awaitsSeal`. `signal`: whoever wanted it has gone. Throws as `renderArrangement` and `change` do.
 */
export async function finalPdf(
  actor: Actor,
  target: Target,
  record: SignedRecord,
  signal?: AbortSignal,
): Promise<FinalPdf> {
  if (record.sealed) return record.sealed;
  const paper = await renderArrangement(record.arrangement, { signal });
  return record.arrangement.inForce ? keepSealed(actor, target, record, paper) : unsealed(paper, false);
}

const unsealed = (bytes: Uint8Array, awaitsSeal: boolean): FinalPdf => ({ bytes, seal: null, awaitsSeal });

async function keepSealed(actor: Actor, target: Target, record: SignedRecord, paper: Uint8Array): Promise<FinalPdf> {
  try {
    const seal = await sealed(paper, record.arrangement, "asked");
    return await change(actor, "document.seal", target, async (tx) => ({
      result: { bytes: seal.bytes, seal, awaitsSeal: false },
      facts: await keep(tx, target, record, seal),
    }));
  } catch (error) {
    if (error instanceof TimestampsUnavailable) return unsealed(paper, true);
    // Someone asked at the same time and was first: there is one file.
    if (!(error instanceof Conflict && error.reason === "already-there")) throw error;
    return view(actor, "document.read", target, async (db) => {
      return finalPdfOf(
        await db.sealedPdf.findUniqueOrThrow({ where: { frozenTextId: record.frozenText }, select: sealedToRead }),
      );
    });
  }
}

type Seal = { bytes: Uint8Array; base: { length: number; sha256: string }; authority: Uint8Array; stamps: Uint8Array };

/** Keeps the sealed file; returns the facts of the entry. */
export async function keep(
  tx: Transaction,
  { jit, document }: Target,
  { frozenText, arrangement }: SignedRecord,
  { bytes, base, authority, stamps }: Seal,
): Promise<Facts> {
  const kept = { baseLength: base.length, baseDigest: base.sha256, digest: sha256(bytes), sealedAt: now() };
  await tx.sealedPdf.create({
    data: {
      ...{ frozenTextId: frozenText, jitId: jit, bytes: Uint8Array.from(bytes), ...kept },
      ...{ authority: Uint8Array.from(authority), stamps: Uint8Array.from(stamps) },
    },
  });
  const facts = { document, digest: arrangement.digest, paper: base.sha256, sealed: kept.digest };
  return { ...facts, authority: sha256(authority) };
}

/**
 * Signed by the installation, completed, and checked as anybody would before it is given away. Throws
 * TimestampsUnavailable.
 */
export async function sealed(
  paper: Uint8Array,
  { digest }: ArrangementToPrint,
  whoWaits: "asked" | "alone",
): Promise<Seal> {
  const { seal, timestamps: builtIn, revocations } = await sealingKeys();
  const outside = outsideTimestamps();
  const timestamps: Timestamps = outside
    ? { timestamp: (imprint) => outsideToken(imprint, outside, whoWaits) }
    : builtIn;
  const at = now();
  const reason = `Seal of the installation over the signatures given in it to the text ${digest.slice(0, 16)}`;
  const signed = await signPdf(paper, { ...seal, reason, fieldName: "Seal" }, { timestamps, at });
  const bytes = await completePdf(signed, { timestamps, revocations, at });
  const base = { length: paper.length, sha256: sha256(paper) };
  const faults = await checkPdf(bytes, { authority: seal.issuer, stamps: outside?.anchor, base });
  if (faults.length > 0 && outside) {
    log().error({ faults }, "a PDF sealed with timestamps from outside does not check");
    rememberFailure(outside);
    throw new TimestampsUnavailable();
  }
  if (faults.length > 0) throw new Error(`a sealed PDF does not check: ${faults.join(", ")}`);
  const authority = new X509Certificate(seal.issuer).raw;
  return { bytes, base, authority, stamps: outside?.anchor ?? authority };
}
