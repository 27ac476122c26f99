import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import type { Content } from "../documents/content.ts";
import type { Fields } from "../documents/field-text.ts";
import { rebuild } from "../documents/history.server.ts";
import { NotFound } from "../errors.ts";
import { Day } from "../jits/validity.ts";
import { view } from "../view.server.ts";
import { type Approval, type ApprovalStatus, approvalStatuses, approvalsOf, bodyKey } from "./approvals.ts";

const text = z.string().trim().max(200, "too-long");

/** What the form says of an approval; the team and its text are known. */
export const RecordApproval = z
  .object({
    party: z.string("required").min(1, "required"),
    body: text.min(1, "required"),
    status: z.enum(approvalStatuses, "required"),
    reference: text.default(""),
    day: z.string("required").min(1, "required").pipe(Day),
  })
  .refine(({ status, reference }) => status === "asked" || reference !== "", {
    path: ["reference"],
    message: "required",
  });

/** T08: an approval of a ministry or court was asked for, given or refused. What is recorded last counts. */
export function recordApproval(
  actor: Actor,
  input: z.infer<typeof RecordApproval> & { jit: string; document: string },
): Promise<void> {
  const { jit, document, party } = input;
  return change(actor, "approval.record", { jit, document, party }, async (tx) => {
    const member = await tx.member.findUnique({
      where: { jitId_personId: { jitId: jit, personId: actor.personId } },
    });
    if (!member) throw new NotFound();
    const { body, status, reference, day } = input;
    const id = newId();
    await tx.approval.create({
      data: { id, jitId: jit, partyId: party, body, status, reference, day, memberId: member.id, at: now() },
    });
    return {
      result: undefined,
      facts: { document, party, approval: id, status, day },
      details: { body, reference },
    };
  });
}

/** The last word on each body of each party, within a door that is already open. */
export async function approvalsIn(db: Transaction, jit: string): Promise<Approval[]> {
  const rows = await db.approval.findMany({
    where: { jitId: jit },
    include: { party: true },
    orderBy: [{ at: "asc" }, { id: "asc" }],
  });
  const last = new Map(
    rows.map(({ party, body, status, reference, day }) => [
      `${party.state} ${bodyKey(body)}`,
      { state: party.state, body, status: status as ApprovalStatus, reference, day },
    ]),
  );
  return [...last.values()];
}

/** All approvals that the text or the record names, and the parties; of the text as it is frozen, or as it is written. */
export function listApprovals(actor: Actor, input: { jit: string; document: string }) {
  return view(actor, "document.read", input, async (db) => {
    const fields = await fieldsNow(db, input.document);
    const parties = await db.party.findMany({
      where: { jitId: input.jit, leftAt: null },
      orderBy: { position: "asc" },
      select: { id: true, state: true },
    });
    return { approvals: approvalsOf(fields, await approvalsIn(db, input.jit)), parties };
  });
}

async function fieldsNow(db: Transaction, document: string): Promise<Fields> {
  const frozen = await db.frozenText.findFirst({ where: { documentId: document, supersededAt: null } });
  if (frozen) return (JSON.parse(frozen.canonical) as Content).fields;
  const { epoch } = await db.document.findUniqueOrThrow({ where: { id: document } });
  const text = await rebuild(queryOf(db), { document, epoch });
  return text.getMap("fields").toJSON();
}
