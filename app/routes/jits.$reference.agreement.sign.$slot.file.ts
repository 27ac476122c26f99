import { getText } from "#app/domain/documents/document.server.ts";
import { readOutside } from "#app/domain/signing/outside.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("outside.read", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const { bytes, sha256 } = await readOutside(actor, { jit: jit.id, document: id, slot: params.slot ?? "" });
  // Given as a file to keep, never shown in place: somebody outside made it.
  return fileResponse(bytes, { name: `${jit.reference}-signed-${sha256.slice(0, 16)}.pdf`, type: "application/pdf" });
});
