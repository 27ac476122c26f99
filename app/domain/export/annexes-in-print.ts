import type { Content } from "../documents/content.ts";
import { annexIdOf } from "../templates/annex.ts";
import type { AnnexToPrint } from "./arrangement.ts";

/** `content` is null for an annex whose words are not for everybody who is shown the arrangement. */
export type AnnexInPrint = Omit<AnnexToPrint, "canonical"> & { content: Content | null };

/** The annexes behind the arrangement, in the order in which its canonical text names them. */
export function annexesInPrint(annexes: readonly AnnexToPrint[], arrangement: Content): AnnexInPrint[] {
  return annexes.map(({ canonical, ...annex }) => ({
    ...annex,
    content: isDisclosed(annex.annex, arrangement) ? (JSON.parse(canonical) as Content) : null,
  }));
}

/**
 * The operational plan (A3) is not public, and the arrangement often is: a paper for a court must not carry the plan
 * along. It does only where each rule on disclosure of clause 24 says that the plan may be disclosed.
 */
export function isDisclosed(annex: string, { fields }: Pick<Content, "fields">): boolean {
  if (annexIdOf(annex) !== "A3") return true;
  const rules = Array.isArray(fields.disclosureRules) ? (fields.disclosureRules as { oapDisclosable?: unknown }[]) : [];
  return rules.length > 0 && rules.every(({ oapDisclosable }) => String(oapDisclosable).trim().toLowerCase() === "yes");
}
