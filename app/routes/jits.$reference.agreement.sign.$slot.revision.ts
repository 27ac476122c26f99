import { getText } from "#app/domain/documents/document.server.ts";
import { readCheckedOut } from "#app/domain/signing/outside.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("outside.read", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const { bytes, number } = await readCheckedOut(actor, { jit: jit.id, document: id, slot: params.slot ?? "" });
  return fileResponse(bytes, { name: `${jit.reference}-to-sign-${number}.pdf`, type: "application/pdf" });
});
