import { createHash, X509Certificate } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { log } from "#app/platform/log.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict } from "../errors.ts";
import type { ArrangementToPrint } from "../export/arrangement.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import { view } from "../view.server.ts";
import { sealingKeys } from "./installation-keys.server.ts";
import { completePdf, signPdf, type Timestamps } from "./pades.ts";
import { checkPdf } from "./pades-check.ts";
import { type FinalPdf, finalPdfOf, type SignedRecord, sealedToRead } from "./record.server.ts";
import { outsideTimestamps, outsideToken } from "./timestamp-authority.server.ts";

type Target = { jit: string; document: string };

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * The PDF that everybody is given: before entry into force the paper as it stands, afterwards one file, sealed by the
 * installation once and kept. `signal`: whoever wanted it has gone. Throws as `renderArrangement`, `change` and `outsideToken` do.
 */
export async function finalPdf(
  actor: Actor,
  target: Target,
  record: SignedRecord,
  signal?: AbortSignal,
): Promise<FinalPdf> {
  if (record.sealed) return record.sealed;
  const paper = await renderArrangement(record.arrangement, { signal });
  return record.arrangement.inForce ? keepSealed(actor, target, record, paper) : { bytes: paper, seal: null };
}

async function keepSealed(
  actor: Actor,
  target: Target,
  { frozenText, arrangement }: SignedRecord,
  paper: Uint8Array,
): Promise<FinalPdf> {
  const { bytes, authority, stamps } = await sealed(paper, arrangement);
  const base = { length: paper.length, sha256: sha256(paper) };
  try {
    return await change(actor, "document.seal", target, async (tx) => {
      const kept = { baseLength: base.length, baseDigest: base.sha256, digest: sha256(bytes), sealedAt: now() };
      await tx.sealedPdf.create({
        data: {
          ...{ frozenTextId: frozenText, jitId: target.jit, bytes: Uint8Array.from(bytes), ...kept },
          ...{ authority: Uint8Array.from(authority), stamps: Uint8Array.from(stamps) },
        },
      });
      const facts = { document: target.document, digest: arrangement.digest, paper: base.sha256, sealed: kept.digest };
      return { result: { bytes, seal: { authority, stamps } }, facts: { ...facts, authority: sha256(authority) } };
    });
  } catch (error) {
    // Someone asked at the same time and was first: there is one file.
    if (!(error instanceof Conflict && error.reason === "already-there")) throw error;
    return view(actor, "document.read", target, async (db) => {
      return finalPdfOf(
        await db.sealedPdf.findUniqueOrThrow({ where: { frozenTextId: frozenText }, select: sealedToRead }),
      );
    });
  }
}

/** Signed by the installation, completed, and checked as anybody would before it is given away. */
async function sealed(paper: Uint8Array, { digest }: ArrangementToPrint) {
  const { seal, timestamps: builtIn, revocations } = await sealingKeys();
  const outside = outsideTimestamps();
  const timestamps: Timestamps = outside ? { timestamp: (imprint) => outsideToken(imprint, outside) } : builtIn;
  const at = now();
  const reason = `Seal of the installation over the signatures given in it to the text ${digest.slice(0, 16)}`;
  const signed = await signPdf(paper, { ...seal, reason, fieldName: "Seal" }, { timestamps, at });
  const bytes = await completePdf(signed, { timestamps, revocations, at });
  const base = { length: paper.length, sha256: sha256(paper) };
  const faults = await checkPdf(bytes, { authority: seal.issuer, stamps: outside?.anchor, base });
  if (faults.length > 0 && outside) {
    log().error({ faults }, "a PDF sealed with timestamps from outside does not check");
    throw new Conflict("timestamps-unavailable");
  }
  if (faults.length > 0) throw new Error(`a sealed PDF does not check: ${faults.join(", ")}`);
  const authority = new X509Certificate(seal.issuer).raw;
  return { bytes, authority, stamps: outside?.anchor ?? authority };
}
