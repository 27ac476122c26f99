import { platform } from "../access.server.ts";
import { visitor } from "../actor.ts";
import { change } from "../change.server.ts";

/** Where a sign-in comes from; `session` is the one the browser already has, which then ends. */
export type Origin = { address: string; device: string; session?: string | null };
export type SignedInNow = { person: string; cookie: string; language: string; theme: string };

/** A sign-in that was refused, in the trail of the installation. `person` is null when there is none, or none is known. */
export function recordRefusal(address: string, person: string | null, reason: string): Promise<void> {
  return change(visitor, "account.signInRefused", platform, async () => ({
    result: undefined,
    facts: { reason, person },
    details: { address },
  }));
}
