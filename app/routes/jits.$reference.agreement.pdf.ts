import { getText } from "#app/domain/documents/document.server.ts";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { finalPdf } from "#app/domain/signing/sealing.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("document.download", async ({ actor, jit, params, request }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const target = { jit: jit.id, document: id };
  const record = await downloadRecord(actor, target);
  const { bytes, awaitsSeal } = await finalPdf(actor, target, record, request.signal);
  const name = [jit.reference, params.annex].filter(Boolean).join("-");
  const version = `v${record.arrangement.version}${awaitsSeal ? "-not-sealed-yet" : ""}`;
  return fileResponse(bytes, { name: `${name}-${version}.pdf`, type: "application/pdf" });
});
