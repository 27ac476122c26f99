import fc from "fast-check";
import { expect, test } from "vitest";
import { type Access, can } from "#app/domain/access.ts";
import { type DocumentState, next } from "#app/domain/documents/states.ts";
import { type JitRole, jitRoles } from "#app/domain/roles.ts";
import { leaveReport } from "#tests/support/report.ts";
import { numberFrom } from "#tests/support/seeded.ts";

// The model, written by hand: who may write, and while the text stands in which state.
const writers: readonly JitRole[] = ["space_admin", "leader", "deputy_leader", "lead_negotiator"];
type Phase = "open" | "frozen" | "over";
const phases: Record<string, Partial<Record<Phase, Phase>>> = {
  "document.finalise": { open: "frozen" },
  "document.reopen": { frozen: "open" },
  "document.withdraw": { open: "over" },
};
type Person = { roles: JitRole[]; assigned: boolean };
type Model = { phase: Phase; people: Person[] };
type Real = { state: DocumentState; people: Access[] };

const document = "d1";
const mayWrite = ({ phase, people }: Model, who: number) => {
  const { roles, assigned } = people[who] as Person;
  return phase === "open" && roles.some((role) => writers.includes(role) || (role === "translator" && assigned));
};

function command(name: string, run: (model: Model, real: Real) => void): fc.Command<Model, Real> {
  return {
    check: () => true,
    run: (model, real) => {
      run(model, real);
      for (const [who, access] of real.people.entries()) {
        const subject = { documentId: document, documentState: real.state };
        expect(can(access, "document.edit", subject) === "yes").toBe(mayWrite(model, who));
      }
    },
    toString: () => name,
  };
}

const someone = fc.nat(3);
const roles = fc.uniqueArray(fc.constantFrom(...jitRoles), { maxLength: 3 });
const commands = [
  fc.tuple(someone, roles).map(([who, held]) =>
    command(`${who} holds ${held.join("+") || "nothing"}`, (model, real) => {
      (model.people[who] as Person).roles = held;
      real.people[who] = { ...(real.people[who] as Access), roles: held };
    }),
  ),
  fc.tuple(someone, fc.boolean()).map(([who, assigned]) =>
    command(`${who} ${assigned ? "assigned" : "not assigned"}`, (model, real) => {
      (model.people[who] as Person).assigned = assigned;
      real.people[who] = { ...(real.people[who] as Access), assigned: assigned ? [document] : [] };
    }),
  ),
  fc.constantFrom(...Object.keys(phases)).map((by) =>
    command(by, (model, real) => {
      model.phase = phases[by]?.[model.phase] ?? model.phase;
      real.state = next(real.state, by) ?? real.state;
    }),
  ),
];

const sequences = numberFrom("SEQUENCES", process.env.REPORT ? 20_000 : 1_000);

test("[C5] whatever is given, taken, frozen and reopened, only who may write by the model may write", () => {
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 30 }), (acts) => {
      const setup = () => ({
        model: {
          phase: "open" as Phase,
          people: Array.from({ length: 4 }, () => ({ roles: [] as JitRole[], assigned: false })),
        },
        real: {
          state: "negotiation" as DocumentState,
          people: Array.from({ length: 4 }, (): Access => ({ roles: [], partyId: "p1", assigned: [] })),
        },
      });
      fc.modelRun(setup, acts);
    }),
    { numRuns: sequences, seed: numberFrom("SEED", 1) },
  );
  leaveReport("access", { sequences: 20_000 }, { sequences });
}, 600_000);
