import { z } from "zod";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";

const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

export const Preferences = z.object({
  /** of the interface; which ones it speaks is the interface's to say */
  language: z.string("required").regex(/^[a-z]{2}$/, "language-unknown"),
  theme: z.enum(["system", "light", "dark", "light-contrast", "dark-contrast"], "wrong-kind"),
  timeZone: z.string("required").refine((zone) => zones.has(zone), "zone-unknown"),
});
export type Preferences = z.infer<typeof Preferences>;

/** How the person wants pages to look and times to be shown. */
export function changePreferences(actor: Actor, input: Preferences): Promise<void> {
  return change(actor, "account.prefer", platform, async (tx) => {
    await tx.person.update({ where: { id: actor.personId }, data: input });
    return { result: undefined, facts: { person: actor.personId, ...input } };
  });
}
