import { createHash, randomBytes } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import { visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict } from "../errors.ts";
import { view } from "../view.server.ts";
import { hashPassword } from "./password.server.ts";
import { checkPassword } from "./password.ts";
import { endSessionsOf } from "./session.server.ts";

/*
 * Links with which a person chooses a password. Whoever makes one sees it once and never learns the password; kept is
 * only the SHA-256 of its token. A link does not sign anybody in.
 */
const linkHours = 72;

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Inside the change that gives the link away. */
export async function makeLink(tx: Transaction, person: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now().getTime() + linkHours * 3_600_000);
  await tx.passwordLink.create({
    data: { id: newId(), personId: person, tokenHash: hashOf(token), madeAt: now(), expiresAt },
  });
  return token;
}

/** No link of the person works any more. */
export async function closeLinks(tx: Transaction, person: string): Promise<void> {
  await tx.passwordLink.updateMany({ where: { personId: person, usedAt: null }, data: { usedAt: now() } });
}

type LinkOwner = { person: string; email: string; known: string[] };

/** Whose link this is, or null when it does not open anything any more. */
export function findLinkOwner(token: string): Promise<LinkOwner | null> {
  return view(visitor, "password.readLink", platform, async (db) => {
    const link = await db.passwordLink.findUnique({
      where: { tokenHash: hashOf(token) },
      include: { person: { include: { authority: true } } },
    });
    if (!link || link.usedAt || link.expiresAt <= now() || link.person.disabledAt) return null;
    const { email, name, latinName, authority } = link.person;
    const known = [email, name, latinName, ...Object.values(authority.names as Record<string, string>)];
    return { person: link.personId, email, known };
  });
}

/**
 * Chooses the password through a link, once; every session of the person ends. Throws Conflict("link-used"), Invalid
 * for a password that will not do, which leaves the link open.
 */
export async function choosePasswordByLink(input: { token: string; password: string }): Promise<{ email: string }> {
  const owner = await findLinkOwner(input.token);
  if (!owner) throw new Conflict("link-used");
  const passwordHash = await hashPassword(checkPassword(input.password, owner.known));
  return change(visitor, "password.chooseByLink", platform, async (tx) => {
    // The row's lock lets one of two people with the same link through.
    const used = await tx.passwordLink.updateMany({
      where: { tokenHash: hashOf(input.token), usedAt: null, expiresAt: { gt: now() } },
      data: { usedAt: now() },
    });
    if (used.count !== 1) throw new Conflict("link-used");
    await tx.person.update({ where: { id: owner.person }, data: { passwordHash } });
    await closeLinks(tx, owner.person);
    await tx.halfSignIn.deleteMany({ where: { personId: owner.person } });
    await endSessionsOf(queryOf(tx), owner.person);
    return { result: { email: owner.email }, facts: { person: owner.person } };
  });
}
