import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { view } from "../view.server.ts";
import { forgetAttempts, spendAttempt } from "./attempts.server.ts";
import { checkPassword } from "./password.ts";
import { endOtherSessionsOf } from "./session.server.ts";

/** 2 is Argon2id; 64 MiB and three passes are above the floor of ASVS 11.4.2. */
const cost = { algorithm: 2 as Algorithm, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const ofThisCost = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

// Each hash takes 64 MiB and a quarter of a second of one core: a crowd must not take the pages down with it.
const atOnce = 2;
const longestQueue = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < atOnce) running++;
  else {
    if (waiting.length >= longestQueue) throw new Conflict("busy");
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  try {
    return await work();
  } finally {
    // The place goes to the next in line directly: nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}

let computed = 0;
/** How many hashes this process has computed: a test can see that two answers cost the same. */
export function hashesComputed(): number {
  return computed;
}

function counted<Result>(work: () => Promise<Result>): Promise<Result> {
  return inTurn(() => {
    computed++;
    return work();
  });
}

export function hashPassword(password: string): Promise<string> {
  return counted(() => hash(password, cost));
}

/** The hash of no password at all, at the present cost. */
const nobody = `${ofThisCost}${"A".repeat(22)}$${"A".repeat(43)}`;

/**
 * Whether the password is the one of the stored hash. Without a hash the same work is done on a hash of nothing, so
 * that an unknown address takes as long as a wrong password.
 */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  const fits = await counted(() => verify(stored ?? nobody, password));
  return stored !== null && fits;
}

/** True for a hash made at another cost: it is made anew when its owner next signs in. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(ofThisCost);
}

type OwnHash = { stored: string | null; email: string; names: string[] };

function readOwn(actor: Actor): Promise<OwnHash> {
  return view(actor, "session.list", platform, async (db) => {
    const person = await db.person.findUniqueOrThrow({ where: { id: actor.personId }, include: { authority: true } });
    const { passwordHash, email, name, latinName, authority } = person;
    return { stored: passwordHash, email, names: [name, latinName, ...Object.values(authority.names as object)] };
  });
}

async function confirmed({ stored, email }: OwnHash, password: string): Promise<boolean> {
  await spendAttempt("confirm", email);
  const fits = await passwordFits(stored, password);
  if (fits) await forgetAttempts("confirm", email);
  return fits;
}

/**
 * Asks a signed-in person again, before an act that binds. Wrong answers are counted as at sign-in: throws
 * Conflict("rate-limited…" | "busy").
 */
export async function confirmPassword(actor: Actor, password: string): Promise<boolean> {
  return confirmed(await readOwn(actor), password);
}

/**
 * Changes the own password: asks the one in use, ends every other session. Throws Invalid for `currentPassword` and
 * `password`, Conflict as `confirmPassword`.
 */
export async function changePassword(
  actor: Actor,
  input: { currentPassword: string; password: string },
): Promise<void> {
  const own = await readOwn(actor);
  const password = checkPassword(input.password, [own.email, ...own.names]);
  if (!(await confirmed(own, input.currentPassword))) throw new Invalid({ currentPassword: "wrong-current-password" });
  const passwordHash = await hashPassword(password);
  return change(actor, "account.choosePassword", platform, async (tx) => {
    await tx.person.update({ where: { id: actor.personId }, data: { passwordHash } });
    await tx.halfSignIn.deleteMany({ where: { personId: actor.personId } });
    const ended = await endOtherSessionsOf(queryOf(tx), actor.personId, actor.sessionId);
    return { result: undefined, facts: { person: actor.personId, sessions: ended.length } };
  });
}
