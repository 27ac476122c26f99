import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import {
  agreeToClause,
  agreeToText,
  listAgreed,
  readWholeText,
  takeBack,
} from "#app/domain/agreeing/agreeing.server.ts";
import { standsOn } from "#app/domain/agreeing/assents.ts";
import { contentOf } from "#app/domain/documents/canonical.server.ts";
import { clauseDigests } from "#app/domain/documents/content.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { finaliseDocument, reopenDocument } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { Conflict, Forbidden, NotFound } from "#app/domain/errors.ts";
import { addParty } from "#app/domain/jits/parties.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { edit } from "#tests/support/lived-team.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { addColleague, type Colleague, foundTeam, type Team } from "#tests/support/team.ts";

/* T05: each party says yes to the very words, and nothing else is frozen. */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

type Ready = Team & { document: string; step: { jit: string; document: string }; egypt: Colleague };

async function ready(): Promise<Ready> {
  const team = await foundTeam(db.owner);
  const egypt = await team.bring("eg", ["lead_negotiator"]);
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  return { ...team, document: step.document, step, egypt };
}

const kz = ({ step, parties }: Ready) => ({ ...step, party: parties.kz });
const eg = ({ step, parties }: Ready) => ({ ...step, party: parties.eg });

async function clausesNow({ document }: Ready) {
  const { doc } = await rebuildWithHead(queryOf(database()), { document, epoch: 1 });
  return clauseDigests(contentOf(doc, "t"));
}

async function clause(team: Ready, id: string): Promise<{ clause: string; digest: string }> {
  return { clause: id, digest: (await clausesNow(team)).get(id) ?? "" };
}

/** States whose yes to the clause holds, as every page shows it. */
async function agreedTo(team: Ready, id: string): Promise<string[]> {
  const { parties, assents } = await listAgreed(team.founder, team.step);
  const subject = { clauseId: id, digest: (await clausesNow(team)).get(id) };
  return standsOn(parties, assents, subject).flatMap(({ party, holds }) => (holds ? [party.state] : []));
}

describe("a clause", () => {
  test("is agreed to by each party, and any later change of its words or values clears that for all to see", async () => {
    const team = await ready();
    await agreeToClause(team.founder, { ...kz(team), ...(await clause(team, "C05")) });
    await agreeToClause(team.egypt, { ...eg(team), ...(await clause(team, "C05")) });
    await agreeToClause(team.egypt, { ...eg(team), ...(await clause(team, "C20")) });
    expect(await agreedTo(team, "C05")).toEqual(["KZ", "EG"]);
    await edit(team, team.founder, "P6M", "duration");
    expect(await agreedTo(team, "C05")).toEqual([]);
    expect(await agreedTo(team, "C20")).toEqual(["EG"]);
    // The yes stays in the list, with its moment and person: the page says that the words have changed since.
    const { assents } = await listAgreed(team.founder, team.step);
    expect(assents.filter((one) => one.clauseId === "C05")).toHaveLength(2);
    await edit(team, team.founder, "P12M", "duration");
    expect(await agreedTo(team, "C05")).toEqual(["KZ", "EG"]);
  });

  test("that was changed meanwhile, or is none, is not agreed to", async () => {
    const team = await ready();
    const read = await clause(team, "C05");
    await edit(team, team.founder, "P6M", "duration");
    await expect(agreeToClause(team.egypt, { ...eg(team), ...read })).rejects.toMatchObject({
      reason: "words-changed",
    });
    const none = { clause: "C77", digest: read.digest };
    await expect(agreeToClause(team.egypt, { ...eg(team), ...none })).rejects.toMatchObject({
      reason: "words-changed",
    });
    expect(await database().assent.count({ where: { jitId: team.jit } })).toBe(0);
  });

  test("is agreed to by the party's negotiator or leader only, and for the own party only", async () => {
    const team = await ready();
    const read = await clause(team, "C05");
    await expect(agreeToClause(team.egypt, { ...kz(team), ...read })).rejects.toThrow(Forbidden);
    await expect(agreeToClause(await team.bring("eg", ["member"]), { ...eg(team), ...read })).rejects.toThrow(
      Forbidden,
    );
    const signatory = await team.bring("eg", ["signatory"]);
    await expect(agreeToClause(signatory, { ...eg(team), ...read })).rejects.toThrow(Forbidden);
    const stranger = await addColleague(db.owner, team.offices.eg);
    await expect(agreeToClause(stranger, { ...eg(team), ...read })).rejects.toThrow(NotFound);
    const elsewhere = await ready();
    await expect(agreeToClause(team.egypt, { ...team.step, party: elsewhere.parties.eg, ...read })).rejects.toThrow(
      NotFound,
    );
    await agreeToClause(await team.bring("eg", ["leader"]), { ...eg(team), ...read });
    expect(await agreedTo(team, "C05")).toEqual(["EG"]);
  });

  test("is not agreed to in a draft, nor when the text is frozen", async () => {
    const drafting = await foundTeam(db.owner);
    const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
    const { id: document } = await startDocument(drafting.founder, { jit: drafting.jit, ...start });
    const draft = { jit: drafting.jit, document };
    const { digest } = await readWholeText(drafting.founder, draft);
    const own = { ...draft, party: drafting.parties.kz, digest };
    await expect(agreeToText(drafting.founder, own)).rejects.toMatchObject({ reason: "not-in-this-state" });
    const team = await ready();
    const read = await clause(team, "C05");
    await agreeForAll(team.step);
    await finaliseDocument(team.founder, team.step);
    await expect(agreeToClause(team.egypt, { ...eg(team), ...read })).rejects.toThrow(Conflict);
  });
});

describe("the whole text", () => {
  test("is frozen only when every party named this very digest", async () => {
    const team = await ready();
    const finalise = () => finaliseDocument(team.founder, team.step);
    await expect(finalise()).rejects.toMatchObject({ reason: "not-agreed" });
    const { digest } = await readWholeText(team.founder, team.step);
    await agreeToText(team.founder, { ...kz(team), digest });
    await expect(finalise()).rejects.toMatchObject({ reason: "not-agreed" });
    await edit(team, team.egypt, "Cairo");
    const { digest: newer, stands } = await readWholeText(team.egypt, team.step);
    expect(stands.map(({ party, assent, holds }) => [party.state, assent !== null, holds])).toEqual([
      ["KZ", true, false],
      ["EG", false, false],
    ]);
    await expect(agreeToText(team.egypt, { ...eg(team), digest })).rejects.toMatchObject({ reason: "words-changed" });
    await agreeToText(team.egypt, { ...eg(team), digest: newer });
    await expect(finalise()).rejects.toMatchObject({ reason: "not-agreed" });
    await agreeToText(team.founder, { ...kz(team), digest: newer });
    expect((await finalise()).digest).toBe(newer);
  });

  test("a yes is taken back, once, by the party that gave it", async () => {
    const team = await ready();
    await agreeForAll(team.step);
    await expect(takeBack(team.egypt, { ...kz(team), clause: null })).rejects.toThrow(Forbidden);
    await takeBack(team.egypt, { ...eg(team), clause: null });
    await expect(takeBack(team.egypt, { ...eg(team), clause: null })).rejects.toMatchObject({
      reason: "nothing-to-take-back",
    });
    await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject({ reason: "not-agreed" });
  });

  test("reopening voids what was agreed and keeps it to be read", async () => {
    const team = await ready();
    const digest = await agreeForAll(team.step);
    await finaliseDocument(team.founder, team.step);
    await reopenDocument(team.founder, { ...team.step, reason: "A date" });
    const whole = await readWholeText(team.founder, team.step);
    expect(whole.version).toBe(2);
    expect(whole.stands.map((stand) => stand.assent)).toEqual([null, null]);
    expect(whole.earlier.map((one) => [one.version, one.digest, one.state])).toEqual([
      [1, digest, "EG"],
      [1, digest, "KZ"],
    ]);
    await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject({ reason: "not-agreed" });
  });

  test("waits for a party that joined later", async () => {
    const team = await ready();
    await agreeForAll(team.step);

    await addParty(team.founder, { jit: team.jit, authority: team.offices.nl.id, nationalCase: "" });
    const { stands } = await readWholeText(team.founder, team.step);
    expect(stands.map(({ party, holds }) => [party.state, holds])).toEqual([
      ["KZ", true],
      ["EG", true],
      ["NL", false],
    ]);
    await expect(finaliseDocument(team.founder, team.step)).rejects.toThrow(Conflict);
  });
});

test("whatever the order of agreeing, taking back and writing: frozen is what all last said yes to, or nothing", async () => {
  type Act = "kz" | "eg" | "kz back" | "eg back" | "write" | "kz old" | "eg old";
  const act = fc.constantFrom<Act>("kz", "eg", "kz back", "eg back", "write", "kz old", "eg old");
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      const team = await ready();
      const first = (await readWholeText(team.founder, team.step)).digest;
      const yes: Record<string, string | null> = { kz: null, eg: null };
      let now = first;
      for (const [place, one] of acts.entries()) {
        if (one === "write") {
          await edit(team, team.founder, `words ${place}`);
          now = (await readWholeText(team.founder, team.step)).digest;
          continue;
        }
        const [who, how] = one.split(" ") as ["kz" | "eg", string | undefined];
        const actor: Actor = who === "kz" ? team.founder : team.egypt;
        const input = { ...team.step, party: team.parties[who] };
        const digest = how === "old" ? first : now;
        const done =
          how === "back" ? takeBack(actor, { ...input, clause: null }) : agreeToText(actor, { ...input, digest });
        const expected = how === "back" ? yes[who] !== null : digest === now;
        expect(
          await done.then(
            () => true,
            () => false,
          ),
        ).toBe(expected);
        if (expected) yes[who] = how === "back" ? null : digest;
      }
      const frozen = await finaliseDocument(team.founder, team.step).then(
        (done) => done.digest,
        () => null,
      );
      expect(frozen).toBe(yes.kz === now && yes.eg === now ? now : null);
    }),
    { numRuns: 12, seed: 2026 },
  );
});
