import { getAgreement } from "#app/domain/documents/document.server.ts";
import { type PaperType, paperTypes } from "#app/domain/signing/paper.ts";
import { readOriginal } from "#app/domain/signing/papers.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

export const loader = inJit("paper.read", async ({ actor, jit, params }) => {
  const { id } = await getAgreement(actor, jit.id);
  const { bytes, type, sha256 } = await readOriginal(actor, { jit: jit.id, document: id, slot: params.slot ?? "" });
  // Given as a file to keep, never shown in place: somebody outside made it.
  const name = `${jit.reference}-paper-${sha256.slice(0, 16)}.${paperTypes[type as PaperType]}`;
  return fileResponse(bytes, { name, type });
});
