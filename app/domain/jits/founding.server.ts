import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict } from "../errors.ts";
import type { JitRole } from "../roles.ts";
import { beginBoard } from "../tasks/begin-board.server.ts";
import type { DescribeJit, FoundJit } from "./founding.ts";
import { holdOpenJit } from "./hold.server.ts";

/** Who founds a team looks after it and speaks for its party until others are there. */
const founderRoles: readonly JitRole[] = ["space_admin", "lead_negotiator"];

/**
 * Founds a team. The founder's authority becomes its first party, the founder its first member. A team that had a
 * reference before it came here keeps it (`keeping`); otherwise it gets the next one of the year.
 * Throws Conflict("authority-without-state") for someone of an organisation, who cannot be a party.
 */
export function foundJit(
  actor: Actor,
  input: FoundJit,
  keeping?: { reference: string },
): Promise<{ id: string; reference: string }> {
  const id = newId();
  return change(actor, "jit.found", { jit: id }, async (tx) => {
    const state = actor.state;
    if (!state) throw new Conflict("authority-without-state");
    const reference = keeping?.reference ?? (await nextReference(tx));
    const { names, summary, exercise } = input;
    await tx.jit.create({ data: { id, reference, names, summary, exercise, createdAt: now() } });
    await beginBoard(tx, id);
    const party = newId();
    await tx.party.create({
      data: { id: party, jitId: id, authorityId: actor.authorityId, state, position: 1, joinedAt: now() },
    });
    const member = await addFounder(tx, actor, { jit: id, party });
    return {
      result: { id, reference },
      facts: { reference, exercise, party, state, authority: actor.authorityId, member, roles: [...founderRoles] },
      details: { names, summary },
    };
  });
}

/** References of one year are given out one after the other: the lock lasts until the number is committed. */
async function nextReference(tx: Transaction): Promise<string> {
  const year = now().getUTCFullYear();
  await tx.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtext(${`jit-reference-${year}`})::bigint)`;
  const [row] = await queryOf(tx)<{ last: number | null }>(
    "SELECT max(split_part(reference, '-', 3)::int) AS last FROM jit WHERE reference LIKE $1",
    [`JIT-${year}-%`],
  );
  return `JIT-${year}-${String((row?.last ?? 0) + 1).padStart(3, "0")}`;
}

async function addFounder(tx: Transaction, actor: Actor, { jit, party }: { jit: string; party: string }) {
  const at = now();
  const member = newId();
  const person = await tx.person.findUniqueOrThrow({ where: { id: actor.personId }, select: { function: true } });
  await tx.member.create({
    data: {
      id: member,
      jitId: jit,
      personId: actor.personId,
      partyId: party,
      capacity: person.function,
      addedAt: at,
      roles: {
        create: founderRoles.map((role) => ({ id: newId(), jitId: jit, role, validFrom: at, recordedAt: at })),
      },
    },
  });
  return member;
}

/** Changes the team's names and summary. The reference and the exercise flag stay: records elsewhere rest on them. */
export function describeJit(actor: Actor, input: DescribeJit & { jit: string }): Promise<void> {
  return change(actor, "jit.describe", { jit: input.jit }, async (tx) => {
    await holdOpenJit(tx, input.jit);
    const { names, summary } = input;
    await tx.jit.update({ where: { id: input.jit }, data: { names, summary } });
    return { result: undefined, facts: { languages: Object.keys(names).sort() }, details: { names, summary } };
  });
}
