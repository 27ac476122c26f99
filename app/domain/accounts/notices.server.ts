import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";

/** What happened to the second factors of a person, whom it is told to. */
export const noticeKinds = [
  "passkeyAdded",
  "passkeyRemoved",
  "appAdded",
  "appRemoved",
  "codesMade",
  "codeUsed",
  "cleared",
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
export type Notice = { kind: NoticeKind; at: Date };

const days = 7;

/** Inside the change it speaks of. `session` is the one that did it; null for an administrator's act. */
export async function tell(tx: Transaction, person: string, kind: NoticeKind, session: string | null): Promise<void> {
  await tx.factorNotice.create({ data: { id: newId(), personId: person, kind, at: now(), sessionId: session } });
}

/** The last ten, newest first. */
export async function noticesOf(db: Transaction, person: string): Promise<Notice[]> {
  const rows = await db.factorNotice.findMany({ where: { personId: person }, orderBy: { at: "desc" }, take: 10 });
  return rows.map(({ kind, at }) => ({ kind: kind as NoticeKind, at }));
}

/** The newest of a week that this session did not do itself: whoever took over an account did it from another. */
export function findNews(actor: Actor): Promise<Notice | null> {
  return view(actor, "factor.list", platform, async (db) => {
    const since = new Date(now().getTime() - days * 24 * 3_600_000);
    const row = await db.factorNotice.findFirst({
      where: {
        personId: actor.personId,
        at: { gt: since },
        OR: [{ sessionId: null }, { sessionId: { not: actor.sessionId ?? "" } }],
      },
      orderBy: { at: "desc" },
    });
    return row && { kind: row.kind as NoticeKind, at: row.at };
  });
}
