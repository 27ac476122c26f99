import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { view } from "../view.server.ts";
import { rebuild } from "./history.server.ts";
import { fieldsOf } from "./text.ts";

/** What the parties call their text: for some States the word decides who may sign. */
export const instrumentKinds = ["agreement", "arrangement", "memorandum"] as const;
export type InstrumentKind = (typeof instrumentKinds)[number];

const fresh = 60_000;
const known = new Map<string, { kind: InstrumentKind; head: string; at: number }>();

/**
 * The word chosen in clause 0, for every page of the team. It stands only in the text, which takes long to put together
 * and changes with each letter typed: so it is looked up at most once a minute, and only after the text has changed.
 */
export async function instrumentKindOf(
  actor: Actor,
  { jit, document }: { jit: string; document: string },
): Promise<InstrumentKind> {
  const last = known.get(document);
  const at = now().getTime();
  if (last && at - last.at < fresh) return last.kind;
  return view(actor, "jit.read", { jit }, async (db) => {
    const query = queryOf(db);
    const [edition] = await query<{ document: string; epoch: number; head: number }>(
      "SELECT id AS document, epoch, head FROM document WHERE id = $1::uuid AND jit_id = $2::uuid",
      [document, jit],
    );
    if (!edition) return "arrangement";
    const head = `${edition.epoch} ${edition.head}`;
    const kind = last?.head === head ? last.kind : readKind(fieldsOf(await rebuild(query, edition)).instrumentKind);
    known.set(document, { kind, head, at });
    return kind;
  });
}

function readKind(value: unknown): InstrumentKind {
  return instrumentKinds.find((kind) => kind === value) ?? "arrangement";
}
