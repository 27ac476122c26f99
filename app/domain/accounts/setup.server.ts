import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { platform } from "../access.server.ts";
import { visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { Email } from "../jits/invitations.ts";
import { line } from "../jits/wording.ts";
import { view } from "../view.server.ts";
import { spendAttempt } from "./attempts.server.ts";
import { AddAuthority, createAuthority } from "./authorities.server.ts";
import { hashPassword } from "./password.server.ts";
import { checkPassword } from "./password.ts";
import { createPerson } from "./people.server.ts";

export const CompleteSetup = AddAuthority.extend({
  code: z.string("required").trim().toUpperCase().min(1, "required").max(40, "setup-code-wrong"),
  person: line(200),
  latinName: line(200),
  email: Email,
  password: z.string("required").max(1000, "password-too-long"),
});
export type CompleteSetup = z.infer<typeof CompleteSetup>;

/** True while nobody is there who could sign in. */
export function needsSetup(): Promise<boolean> {
  return view(visitor, "setup.read", platform, async (db) => (await db.person.count()) === 0);
}

/**
 * Makes the first administrator of people with the code from the console. One of several who try at once gets through.
 * Throws NotFound once it is done, Conflict("setup-done" | "rate-limited…" | "busy"), Invalid for a wrong code.
 */
export async function completeSetup(input: CompleteSetup, address: string): Promise<void> {
  if (!(await needsSetup())) throw new NotFound();
  const password = checkPassword(input.password, [input.email, input.person, input.latinName, input.name]);
  await spendAttempt("setup", address);
  // Before the hash: who does not have the code does not get its work.
  if (!(await codeFits(input.code))) throw new Invalid({ code: "setup-code-wrong" });
  const passwordHash = await hashPassword(password);
  return change(visitor, "setup.complete", platform, async (tx) => {
    await tx.$executeRaw`LOCK TABLE setup_code IN EXCLUSIVE MODE`;
    if ((await tx.person.count()) > 0) throw new Conflict("setup-done");
    const spent = await tx.setupCode.deleteMany({ where: { codeHash: digestOf(input.code) } });
    if (spent.count !== 1) throw new Invalid({ code: "setup-code-wrong" });
    const { id: authority, names } = await createAuthority(tx, input);
    const { id } = await createPerson(tx, {
      email: input.email,
      name: input.person,
      latinName: input.latinName,
      function: "administrator",
      authority,
      globalRoles: ["user_admin", "national_coordinator"],
      passwordHash,
    });
    return { result: undefined, facts: { person: id, authority }, details: { email: input.email, names } };
  });
}

function codeFits(code: string): Promise<boolean> {
  return view(visitor, "setup.read", platform, async (db) => {
    const kept = await db.setupCode.findUnique({ where: { id: 1 } });
    return kept !== null && timingSafeEqual(Buffer.from(kept.codeHash), Buffer.from(digestOf(code)));
  });
}

function digestOf(code: string): string {
  return createHash("sha256").update(code).digest("hex");
}
