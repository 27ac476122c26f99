import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import { visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { Email } from "../jits/invitations.ts";
import { line } from "../jits/wording.ts";
import { view } from "../view.server.ts";
import { spendAttempt } from "./attempts.server.ts";
import { AddAuthority, namesOf } from "./authorities.server.ts";
import { hashPassword } from "./password.server.ts";
import { Password } from "./password.ts";
import { createPerson } from "./people.server.ts";

export const CompleteSetup = AddAuthority.extend({
  code: z.string("required").trim().toUpperCase().min(1, "required").max(40, "setup-code-wrong"),
  person: line(200),
  latinName: line(200),
  email: Email,
  password: Password,
});
export type CompleteSetup = z.infer<typeof CompleteSetup>;

/** True while nobody is there who could sign in. */
export function needsSetup(): Promise<boolean> {
  return view(visitor, "setup.read", platform, async (db) => (await db.person.count()) === 0);
}

/**
 * Makes the first administrator of people with the code from the console. One of several who try at once gets through.
 * Throws Conflict("setup-done" | "rate-limited"), Invalid for a wrong code.
 */
export async function completeSetup(input: CompleteSetup, address: string): Promise<void> {
  await spendAttempt("setup", address);
  const passwordHash = await hashPassword(input.password);
  return change(visitor, "setup.complete", platform, async (tx) => {
    await tx.$executeRaw`LOCK TABLE setup_code IN EXCLUSIVE MODE`;
    if ((await tx.person.count()) > 0) throw new Conflict("setup-done");
    const kept = await tx.setupCode.findUnique({ where: { id: 1 } });
    if (!kept || !sameDigest(kept.codeHash, input.code)) throw new Invalid({ code: "setup-code-wrong" });
    const authority = newId();
    const names = namesOf(input);
    await tx.authority.create({
      data: {
        id: authority,
        state: input.state ?? null,
        kind: input.kind,
        names,
        languages: Object.keys(names),
        timeZone: input.timeZone,
        createdAt: now(),
      },
    });
    const { id } = await createPerson(tx, {
      email: input.email,
      name: input.person,
      latinName: input.latinName,
      function: "administrator",
      authority,
      globalRoles: ["user_admin", "national_coordinator"],
      passwordHash,
    });
    await tx.setupCode.delete({ where: { id: 1 } });
    return { result: undefined, facts: { person: id, authority }, details: { email: input.email, names } };
  });
}

function sameDigest(hex: string, code: string): boolean {
  return timingSafeEqual(Buffer.from(hex, "hex"), createHash("sha256").update(code).digest());
}
