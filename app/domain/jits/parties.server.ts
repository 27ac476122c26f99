import { now } from "#app/platform/clock.ts";
import { isId, newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { isEditable } from "../documents/states.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { holdJit, holdOpenJit } from "./hold.server.ts";
import type { AddParty, ChangeNationalCase } from "./parties.ts";

/**
 * Adds a party: an authority of a State that is not yet in the team. Only before the text is frozen: a later party
 * accedes by an annex that all sign.
 * Throws Conflict("not-in-this-state"), Invalid for an unknown authority, an organisation, or a State already there.
 */
export function addParty(actor: Actor, input: AddParty & { jit: string }): Promise<{ id: string }> {
  return change(actor, "party.add", { jit: input.jit }, async (tx) => {
    const documentState = await holdJit(tx, input.jit, "with text");
    if (documentState && !isEditable(documentState)) throw new Conflict("not-in-this-state");
    const authority = isId(input.authority) ? await tx.authority.findUnique({ where: { id: input.authority } }) : null;
    if (!authority?.state) throw new Invalid({ authority: "authority-unknown" });
    const there = await tx.party.findMany({ where: { jitId: input.jit }, orderBy: { position: "desc" } });
    if (there.some((party) => party.state === authority.state)) throw new Invalid({ authority: "state-there" });
    const id = newId();
    const { state } = authority;
    const position = (there[0]?.position ?? 0) + 1;
    await tx.party.create({
      data: {
        id,
        jitId: input.jit,
        authorityId: authority.id,
        state,
        position,
        nationalCase: input.nationalCase,
        joinedAt: now(),
      },
    });
    return {
      result: { id },
      facts: { party: id, state, authority: authority.id, position },
      details: { nationalCase: input.nationalCase },
    };
  });
}

/** Authorities that may still become a party, by State. */
export function listPossibleParties(actor: Actor, jit: string) {
  return view(
    actor,
    "party.add",
    { jit },
    (db) =>
      db.$queryRaw<{ id: string; state: string; names: Record<string, string> }[]>`
      SELECT id, state, names FROM authority a
       WHERE state IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM party p WHERE p.jit_id = ${jit}::uuid AND p.state = a.state)
       ORDER BY state, names ->> 'en'`,
  );
}

/** The party whose number is about to be changed; its own leader or an administrator of the team may. */
export function getParty(actor: Actor, { jit, party }: { jit: string; party: string }) {
  return view(actor, "party.changeNationalCase", { jit, party }, async (db) => {
    const row = await db.party.findFirst({ where: { id: party, jitId: jit }, include: { authority: true } });
    if (!row) throw new NotFound();
    const { id, state, nationalCase, authority } = row;
    return { id, state, nationalCase, authorityNames: authority.names as Record<string, string> };
  });
}

/** Sets the number under which the party's own proceeding is kept at home. */
export function changeNationalCase(
  actor: Actor,
  input: ChangeNationalCase & { jit: string; party: string },
): Promise<void> {
  const { jit, party, nationalCase } = input;
  return change(actor, "party.changeNationalCase", { jit, party }, async (tx) => {
    await holdOpenJit(tx, jit);
    await tx.party.update({ where: { id: party }, data: { nationalCase } });
    return { result: undefined, facts: { party }, details: { nationalCase } };
  });
}
