import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { columnKinds } from "./task.ts";

/** The four columns every team begins with; part of founding it. */
export async function beginBoard(tx: Transaction, jit: string): Promise<void> {
  await tx.boardColumn.createMany({
    data: columnKinds.map((kind, index) => ({ id: newId(), jitId: jit, kind, orderKey: `a${index}` })),
  });
}
