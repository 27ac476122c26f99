import type { Transaction } from "#app/platform/database.server.ts";
import type { Facts } from "../audit/entry.server.ts";
import type { Handled, HandlingCode } from "./handling.ts";

/** What decides now who sees the card. */
export async function keptOf(tx: Transaction, task: string): Promise<Handled> {
  const row = await tx.task.findUniqueOrThrow({
    where: { id: task },
    select: { handling: true, handlingPartyId: true, memberId: true, steps: { select: { memberId: true } } },
  });
  const { handling, handlingPartyId, memberId, steps } = row;
  const helpers = [...new Set(steps.flatMap((step) => step.memberId ?? []))];
  return { handling: handling as HandlingCode, handlingPartyId, memberId, helpers };
}

/** The same for the entry of a change that may take the card from someone: they are told that it is gone. */
export function factsOf({ handling, handlingPartyId, memberId, helpers }: Handled): Facts {
  return { handling, party: handlingPartyId, member: memberId, helpers: [...helpers] };
}
