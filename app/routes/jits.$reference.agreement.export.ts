import { getAgreement } from "#app/domain/documents/document.server.ts";
import { buildBundle } from "#app/domain/export/bundle.server.ts";
import { exportRecord } from "#app/domain/signing/record.server.ts";
import { finalPdf } from "#app/domain/signing/sealing.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";
import { installationKey } from "#app/platform/keys.server.ts";

export const loader = inJit("document.export", async ({ actor, jit, access, request }) => {
  const { id } = await getAgreement(actor, jit.id);
  const record = await exportRecord(actor, {
    jit: jit.id,
    document: id,
    // Whoever may only export for the own party names it; the record is the same for all.
    party: access.partyId ?? undefined,
    with: new URL(request.url).searchParams.get("with") === "approved" ? "approved" : undefined,
  });
  const { arrangement, annexes, signatures, ended, approved, trail } = record;
  const pdf = await finalPdf(actor, { jit: jit.id, document: id }, record, request.signal);
  const bundle = buildBundle({
    reference: jit.reference,
    version: arrangement.version,
    pdf: pdf.bytes,
    sealedPdf: pdf.awaitsSeal ? "awaited" : arrangement.inForce ? "yes" : "no",
    seal: pdf.seal,
    canonical: arrangement.canonical,
    digest: arrangement.digest,
    annexes,
    signatures: signatures.map(({ partyState, ...signed }) => ({ party: partyState, ...signed })),
    ended: ended.map((run) => ({
      ...run,
      signatures: run.signatures.map(({ partyState, ...signed }) => ({ party: partyState, ...signed })),
    })),
    approved,
    publicKeyPem: installationKey().publicKeyPem,
    trail,
  });
  const name = `${jit.reference}-v${arrangement.version}-record.zip`;
  return fileResponse(bundle, { name, type: "application/zip" });
});
