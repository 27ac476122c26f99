import { getAgreement } from "#app/domain/documents/document.server.ts";
import { renderForInformation } from "#app/domain/export/information-pdf.server.ts";
import { readForInformation } from "#app/domain/lifecycle/consolidated.server.ts";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("document.download", async ({ actor, jit, request }) => {
  const { id } = await getAgreement(actor, jit.id);
  const target = { jit: jit.id, document: id };
  const changed = await readForInformation(actor, target);
  const { arrangement } = await downloadRecord(actor, target);
  const pdf = await renderForInformation(arrangement, changed, { signal: request.signal });
  return fileResponse(pdf, { name: `${jit.reference}-as-changed-for-information.pdf`, type: "application/pdf" });
});
