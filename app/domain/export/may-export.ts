import { type Access, can } from "../access.ts";
import type { JitOfMember } from "../jits/jit.ts";

/** Whether the reader may take the record of the team away; before a text is frozen there is none. */
export function mayExport(access: Access, agreement: JitOfMember["agreement"]): boolean {
  if (!agreement || ["draft", "negotiation", "withdrawn"].includes(agreement.state)) return false;
  const subject = { documentId: agreement.id, documentState: agreement.state, partyId: access.partyId, annex: null };
  return can(access, "document.export", subject) === "yes";
}
