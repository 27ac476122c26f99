import { getAgreement } from "#app/domain/documents/document.server.ts";
import { renderArrangement } from "#app/domain/export/arrangement-pdf.server.ts";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("document.download", async ({ actor, jit }) => {
  const { id } = await getAgreement(actor, jit.id);
  const { arrangement } = await downloadRecord(actor, { jit: jit.id, document: id });
  const pdf = await renderArrangement(arrangement);
  return fileResponse(pdf, { name: `${jit.reference}-v${arrangement.version}.pdf`, type: "application/pdf" });
});
