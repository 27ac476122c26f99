import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { verifyTrail } from "#app/domain/audit/verify.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { delegateSlot } from "#app/domain/signing/delegating.server.ts";
import { refusePaper } from "#app/domain/signing/paper-check.server.ts";
import { declineSignature } from "#app/domain/signing/signing.server.ts";
import { withdrawSignature } from "#app/domain/signing/taking-back.server.ts";
import { database } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import {
  confirm,
  handIn,
  type Seat,
  type SlotTeam,
  seats,
  sign,
  slotsOf,
  teamWithSlots,
} from "#tests/support/slots.ts";

/*
 * Acts at random, by people at random, against a model written by hand: an act is done exactly when the model says so,
 * and afterwards every slot stands as in the model.
 */
let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

const places = ["visa", "counter", "first", "other"] as const;
type Place = (typeof places)[number];
type Standing = "waiting" | "checking" | "signed";
type Model = {
  phase: "signing" | "in_force" | "over";
  slots: Record<Place, { state: Standing; holder: Seat; delegated: boolean }>;
  signatures: number;
};

const partyOf = (seat: Seat) => seats[seat];
const before: Record<Place, Place[]> = { visa: [], counter: ["visa"], first: ["visa", "counter"], other: [] };

function begin(): Model {
  const slot = (holder: Seat) => ({ state: "waiting" as const, holder, delegated: false });
  const slots = { visa: slot("visa"), counter: slot("counter"), first: slot("first"), other: slot("other") };
  return { phase: "signing", slots, signatures: 0 };
}

const kinds = ["sign", "withdraw", "handIn", "confirm", "refuse", "delegate", "decline"] as const;
type Act = { kind: (typeof kinds)[number]; place: Place; who: Seat };
const everybody = Object.keys(seats) as Seat[];
const act = fc.record({
  // Declining ends it, so it is rare.
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...kinds.filter((kind) => kind !== "decline")) },
    { weight: 1, arbitrary: fc.constant("decline" as const) },
  ),
  place: fc.constantFrom(...places),
  who: fc.constantFrom(...everybody),
});
/** Mostly what somebody would really do; the rest by anybody. */
const likely = fc.record({
  kind: fc.constantFrom("sign" as const, "confirm" as const),
  place: fc.constantFrom(...places),
});

/** What the model says of the act; changes the model when it is done. */
function expectDone(model: Model, { kind, place, who }: Act): boolean {
  const slot = model.slots[place];
  if (model.phase !== "signing") return false;
  const holds = slot.holder === who;
  const turn = before[place].every((one) => model.slots[one].state === "signed");
  const there = partyOf(who) !== partyOf(place);
  const count = () => {
    slot.state = "signed";
    model.signatures++;
    if (places.every((one) => model.slots[one].state === "signed")) model.phase = "in_force";
    return true;
  };
  switch (kind) {
    case "sign":
      return holds && turn && slot.state === "waiting" && count();
    case "confirm":
      return there && turn && slot.state === "checking" && count();
    case "refuse":
      if (!there || slot.state !== "checking") return false;
      slot.state = "waiting";
      return true;
    case "handIn":
      if (there || !turn || slot.state !== "waiting") return false;
      slot.state = "checking";
      return true;
    case "withdraw":
      if (!holds || slot.state === "waiting") return false;
      slot.state = "waiting";
      return true;
    case "delegate": {
      const spare = partyOf(place) === "kz" ? "spare" : "spareThere";
      const free = places.every((one) => model.slots[one].holder !== spare);
      if (!holds || slot.state !== "waiting" || slot.delegated || !free) return false;
      Object.assign(slot, { holder: spare, delegated: true });
      return true;
    }
    case "decline":
      if (!holds || slot.state === "signed") return false;
      model.phase = "over";
      return true;
  }
}

async function really(team: SlotTeam, ids: Record<Place, string>, { kind, place, who }: Act): Promise<boolean> {
  const slot = ids[place];
  const target = { ...team.step, slot };
  const person = team.people[who];
  const does: Record<Act["kind"], () => Promise<unknown>> = {
    sign: () => sign(team, who, slot),
    confirm: () => confirm(team, who, slot),
    handIn: () => handIn(team, who, slot),
    withdraw: () => withdrawSignature(person, { ...target, reason: "r" }),
    decline: () => declineSignature(person, { ...target, reason: "r" }),
    refuse: async () => {
      const sha256 = (await slotsOf(team)).find(({ id }) => id === slot)?.paper?.sha256 ?? "0".repeat(64);
      return refusePaper(person, { ...target, sha256, party: team.parties[partyOf(who)], reason: "r" });
    },
    delegate: () => {
      const member = team.members[partyOf(place) === "kz" ? "spare" : "spareThere"];
      return delegateSlot(person, { ...target, member, mandate: "m" });
    },
  };
  const known = /Forbidden|Conflict|Invalid|NotFound/;
  return does[kind]().then(
    () => true,
    (error: Error) => {
      if (!known.test(error.name)) throw error;
      return false;
    },
  );
}

test("whatever people do in whatever order, the slots stand as the model says, and nothing that was signed is lost", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(act, likely), { minLength: 8, maxLength: 24 }), async (acts) => {
      const team = await teamWithSlots(db.owner);
      const model = begin();
      const slots = await slotsOf(team);
      const idOf = (place: Place) => slots.find(({ memberId }) => memberId === team.members[place])?.id ?? "";
      const ids = { visa: idOf("visa"), counter: idOf("counter"), first: idOf("first"), other: idOf("other") };
      for (const one of acts) {
        const officer = partyOf(one.place) === "kz" ? "officerThere" : "officer";
        const who = "who" in one ? one.who : one.kind === "sign" ? model.slots[one.place].holder : officer;
        const given = { ...one, who } as Act;
        const expected = expectDone(model, given);
        expect([given, await really(team, ids, given)]).toEqual([given, expected]);
        const states = { signing: "signing", in_force: "in_force", over: "negotiation" };
        expect((await findAgreement(team.founder, team.jit))?.state).toBe(states[model.phase]);
        if (model.phase === "over") continue;
        const now = await slotsOf(team);
        for (const place of places) {
          const { state, holder } = model.slots[place];
          const person = team.people[holder].personId;
          expect(now.find(({ id }) => id === ids[place])).toMatchObject({ state, personId: person });
        }
      }
      expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(model.signatures);
      expect(await verifyTrail(team.founder, team.jit)).toMatchObject({ verdict: "intact" });
    }),
    { numRuns: 12 },
  );
}, 300_000);
