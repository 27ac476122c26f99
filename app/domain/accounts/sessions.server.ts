import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import type { Level } from "./levels.ts";
import { endOtherSessionsOf, endSession, idleMinutes } from "./session.server.ts";

/** A session as its owner sees it. The key is the beginning of the stored hash: enough to name it, not to use it. */
export type SessionLine = {
  key: string;
  device: string;
  /** what the sign-in was proven with */
  level: Level;
  createdAt: Date;
  lastSeenAt: Date;
  current: boolean;
};

const keyLength = 16;
const keyShape = /^[0-9a-f]{16}$/;

export function listSessions(actor: Actor): Promise<SessionLine[]> {
  return view(actor, "session.list", platform, async (db) => {
    const alive = new Date(now().getTime() - idleMinutes * 60_000);
    const sessions = await db.session.findMany({
      where: { personId: actor.personId, revokedAt: null, expiresAt: { gt: now() }, lastSeenAt: { gt: alive } },
      orderBy: { lastSeenAt: "desc" },
    });
    return sessions.map(({ id, device, level, createdAt, lastSeenAt }) => ({
      key: id.slice(0, keyLength),
      device,
      level: level as Level,
      createdAt,
      lastSeenAt,
      current: id === actor.sessionId,
    }));
  });
}

/** Ends one of the person's own sessions; NotFound for anybody else's. */
export function endOwnSession(actor: Actor, key: string): Promise<void> {
  return change(actor, "session.end", platform, async (tx) => {
    const session =
      keyShape.test(key) &&
      (await tx.session.findFirst({ where: { personId: actor.personId, id: { startsWith: key }, revokedAt: null } }));
    if (!session) throw new NotFound();
    await endSession(queryOf(tx), session.id);
    return { result: undefined, facts: { session: key } };
  });
}

/** Ends all of the person's sessions but the one that asks. Returns how many. */
export function endOtherSessions(actor: Actor): Promise<number> {
  return change(actor, "session.end", platform, async (tx) => {
    const others = await endOtherSessionsOf(queryOf(tx), actor.personId, actor.sessionId);
    return { result: others.length, facts: { sessions: others.map((id) => id.slice(0, keyLength)) } };
  });
}
