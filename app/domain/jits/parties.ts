import { z } from "zod";
import { line } from "./wording.ts";

export const AddParty = z.object({ authority: z.string("required"), nationalCase: line(100).optional().default("") });
export type AddParty = z.infer<typeof AddParty>;

export const ChangeNationalCase = z.object({ nationalCase: line(100).optional().default("") });
export type ChangeNationalCase = z.infer<typeof ChangeNationalCase>;

/**
 * The order in which parties stand outside the document: the reader's own first, then by name in the reader's language
 * (treaty practice calls it the alternat). Inside the document the parties agree on the order.
 */
export function ownFirst<Party extends { id: string; state: string }>(
  parties: readonly Party[],
  ownPartyId: string | null,
  { language, nameOf }: { language: string; nameOf: (state: string) => string },
): Party[] {
  const { compare } = new Intl.Collator(language);
  const own = (party: Party) => (party.id === ownPartyId ? 0 : 1);
  return [...parties].sort((a, b) => own(a) - own(b) || compare(nameOf(a.state), nameOf(b.state)));
}
