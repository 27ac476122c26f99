import type { Actor } from "#app/domain/actor.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { openForNegotiation } from "#app/domain/documents/freezing.server.ts";

/** An arrangement of twelve months, started and open for negotiation: each party needs somebody who may write. */
export async function negotiate(
  { jit, founder }: { jit: string; founder: Actor },
  referenceTimeZone = "Asia/Almaty",
): Promise<{ jit: string; document: string }> {
  const kind = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone };
  const { id: document } = await startDocument(founder, { jit, ...kind });
  await openForNegotiation(founder, { jit, document });
  return { jit, document };
}
