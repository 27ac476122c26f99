import type { Fields } from "../documents/field-text.ts";

/**
 * The State whose party alone agrees to and signs the text, or null when all do. A party leaves by its own notice (T15):
 * the others are told and cannot stand against it. Everything else binds all, and all sign.
 */
export function concernsAlone(annex: string | null, fields: Fields): string | null {
  if (annex === null || !isNotice(annex) || fields.withdrawalKind !== "its_withdrawal") return null;
  return typeof fields.withdrawingParty === "string" ? fields.withdrawingParty : null;
}

function isNotice(annex: string): boolean {
  return annex === "A11" || annex.startsWith("A11-");
}
