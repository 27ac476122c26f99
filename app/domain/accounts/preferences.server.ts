import { z } from "zod";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";

const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

export const Preferences = z.object({
  theme: z.enum(["system", "light", "dark", "light-contrast", "dark-contrast"], "wrong-kind"),
  timeZone: z.string("required").refine((zone) => zones.has(zone), "zone-unknown"),
});

export function changePreferences(actor: Actor, input: z.infer<typeof Preferences>): Promise<void> {
  return change(actor, "account.prefer", platform, async (tx) => {
    await tx.person.update({ where: { id: actor.personId }, data: input });
    return { result: undefined, facts: { person: actor.personId, ...input } };
  });
}
