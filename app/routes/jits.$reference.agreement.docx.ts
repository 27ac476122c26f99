import { getText } from "#app/domain/documents/document.server.ts";
import { takeWorkingCopy } from "#app/domain/export/working-copy.server.ts";
import { fileResponse, inJit } from "#app/http.server.ts";

const type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

export const loader = inJit("document.takeCopy", async ({ actor, jit, params }) => {
  const { id } = await getText(actor, jit.id, params.annex);
  const copy = await takeWorkingCopy(actor, { jit: jit.id, document: id });
  // Only when someone asks for it: the package that writes Word files is large, and most starts never need it.
  const { workingCopyInWord } = await import("#app/domain/export/working-copy-docx.server.ts");
  return fileResponse(await workingCopyInWord(copy), {
    name: `${[jit.reference, params.annex].filter(Boolean).join("-")}-v${copy.version}-working-copy.docx`,
    type,
  });
});
