import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { platform } from "#app/domain/access.server.ts";
import { endSession, startSession } from "#app/domain/accounts/session.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { change } from "#app/domain/change.server.ts";
import { admitAll, askAgain } from "#app/domain/documents/admission.server.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import {
  finaliseDocument,
  openForNegotiation,
  reopenDocument,
  withdrawDocument,
} from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { type JitRole, jitRoles } from "#app/domain/roles.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { leaveReport } from "#tests/support/report.ts";
import { answer } from "#tests/support/rights.ts";
import { numberFrom } from "#tests/support/seeded.ts";
import { assign, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

/*
 * The same as access-model.test.ts with everything real: what people do to each other's membership and to the text goes
 * through the domain, and after every act each of them knocks at the door, is asked about as the collaboration server
 * asks, and writes as it stores. The model, written by hand, says what has to come of it.
 */
let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

/** a long run (npm run test:access) leads more of them; each costs about a second */
const sequences = numberFrom("LIVES", process.env.REPORT ? 1_000 : 6);
const longest = 12;

type Phase = "negotiation" | "finalised" | "withdrawn";
type Member = { person: Colleague & { sessionId: string }; member: string; party: "kz" | "eg" };
/** What the model knows of a member; `roles` is empty once the person was sent away for good. */
type Known = { roles: JitRole[]; assigned: boolean; signedIn: boolean };
type Life = {
  team: Team;
  document: string;
  members: Member[];
  phase: Phase;
  known: Known[];
  /** rows each member has in the history */
  rows: number[];
};

const someone = fc.nat(2);
const someRoles = fc.uniqueArray(fc.constantFrom(...jitRoles.filter((role) => role !== "participant_observer")), {
  minLength: 1,
  maxLength: 3,
});
const steps = ["finalise", "reopen", "withdraw"] as const;
const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("roles" as const), whom: someone, roles: someRoles }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("revoke" as const), whom: someone }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("assign" as const), whom: someone, assigned: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("sign out" as const), whom: someone }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("step" as const), by: fc.constantFrom(...steps) }),
  },
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

/** Three members of two parties beside the founder, who takes no part: somebody has to stay who can do everything. */
async function begin(): Promise<Life> {
  const team = await foundTeam(fresh.owner);
  const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
  const { id: document } = await startDocument(team.founder, { jit: team.jit, ...start });
  const members: Member[] = [];
  for (const party of ["eg", "kz", "eg"] as const) {
    const person = await team.bring(party, ["lead_negotiator"]);
    const member = await memberOf(fresh.owner, team.jit, person);
    members.push({ person: { ...person, sessionId: await signIn(person) }, member, party });
  }
  // Somebody of each party must always be there to agree to the text.
  await team.bring("eg", ["lead_negotiator"]);
  await openForNegotiation(team.founder, { jit: team.jit, document });
  await completeText({ ...team, document });
  const known = members.map((): Known => ({ roles: ["lead_negotiator"], assigned: false, signedIn: true }));
  return { team, document, members, phase: "negotiation", known, rows: members.map(() => 0) };
}

function signIn(person: Actor): Promise<string> {
  return change(person, "account.signIn", platform, async (tx) => {
    const { id } = await startSession(queryOf(tx), person.personId, "test");
    return { result: id };
  });
}

/** The reason for which the model expects the act to be refused, or null. */
function refusalOf(life: Life, one: Act): string | null {
  if (one.kind === "step")
    return life.phase === (one.by === "reopen" ? "finalised" : "negotiation") ? null : "not-in-this-state";
  if (one.kind === "sign out" || one.kind === "assign") return null;
  if (life.known[one.whom]?.roles.length === 0) return "not-a-member";
  const before = life.known.map(({ roles }) => roles);
  const after = before.with(one.whom, one.kind === "roles" ? one.roles : []);
  return leading(life, before).some((party) => !leading(life, after).includes(party)) ? "last-leader" : null;
}

function leading({ members }: Life, roles: JitRole[][]): string[] {
  return members.flatMap(({ party }, n) => (roles[n]?.includes("leader") ? party : []));
}

const take = { finalise: finaliseDocument, reopen: reopenDocument, withdraw: withdrawDocument };
const phaseAfter = { finalise: "finalised", reopen: "negotiation", withdraw: "withdrawn" } as const;

async function carryOut({ team, document, members }: Life, one: Act): Promise<void> {
  const { jit, founder } = team;
  const step = { jit, document, reason: "x" };
  if (one.kind === "step") {
    if (one.by === "finalise") await agreeForAll(step);
    await take[one.by](founder, step);
    return;
  }
  const { member, person } = members[one.whom] as Member;
  if (one.kind === "roles") await changeRoles(founder, { jit, member, roles: one.roles, from: {}, until: {} });
  if (one.kind === "revoke") await revokeMember(founder, { jit, member, reason: "x" });
  if (one.kind === "assign") await assign(fresh.owner, { jit, document, person, assigned: one.assigned });
  if (one.kind === "sign out") {
    await change(person, "account.signOut", platform, async (tx) => ({
      result: await endSession(queryOf(tx), person.sessionId),
    }));
  }
}

/** What the act makes of the model. */
function follow(life: Life, one: Act): void {
  if (one.kind === "step") life.phase = phaseAfter[one.by];
  else {
    const known = life.known[one.whom] as Known;
    if (one.kind === "roles") known.roles = one.roles;
    if (one.kind === "revoke") Object.assign(known, { roles: [], assigned: false });
    if (one.kind === "assign") known.assigned = one.assigned;
    if (one.kind === "sign out") known.signedIn = false;
  }
}

type Answers = { door: string; open: string; stored: string };

function expectedOf({ phase }: Life, { roles, assigned, signedIn }: Known): Answers {
  const may = (action: "document.read" | "document.edit") =>
    roles.some((role) => answer(role, action, { party: "own", assigned }) === "yes");
  const [reads, writes] = [may("document.read"), phase === "negotiation" && may("document.edit")];
  const mode = writes ? "write" : "read";
  const notIn = roles.length === 0 ? "not-found" : "forbidden";
  return {
    door: reads ? mode : notIn,
    open: !signedIn ? "signed-out" : reads ? mode : "no-access",
    stored: !signedIn ? "session" : writes ? "stored" : reads ? "only-reads" : "access",
  };
}

async function answersFor({ team, document }: Life, { person }: Member): Promise<Answers> {
  const [admission] = await admitAll([{ person: person.personId, document }]);
  const present = { person: person.personId, session: person.sessionId, document, epoch: 1 };
  const open = (await askAgain(team.jit, [present])).get(present);
  return {
    door: typeof admission === "object" ? admission.mode : String(admission),
    open: String(open),
    stored: await write(team.jit, document, person),
  };
}

/** One letter, as the collaboration server stores it. */
async function write(jit: string, document: string, actor: Actor): Promise<string> {
  const edition = { document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.getMap("fields").set("place", String(head));
  const part = { actor, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
  const { refused } = await appendBatch({ ...edition, jit, expected: head }, [part]);
  return refused.get(part) ?? "stored";
}

async function lead(acts: Act[]): Promise<void> {
  const life = await begin();
  for (const one of acts) {
    const expected = refusalOf(life, one);
    const outcome = await carryOut(life, one).then(
      () => null,
      (error: Error & { reason?: string }) => error.reason ?? error.name,
    );
    expect([one.kind, outcome]).toEqual([one.kind, expected]);
    if (outcome === null) follow(life, one);
    for (const [n, member] of life.members.entries()) {
      const wanted = expectedOf(life, life.known[n] as Known);
      expect([n, await answersFor(life, member)]).toEqual([n, wanted]);
      if (wanted.stored === "stored") life.rows[n] = (life.rows[n] ?? 0) + 1;
    }
  }
  const { rows } = await fresh.owner.query(
    "SELECT author_id AS author, count(*)::int AS count FROM document_update WHERE document_id = $1 GROUP BY 1",
    [life.document],
  );
  const written = new Map(rows.map(({ author, count }) => [author, count]));
  expect(life.members.map(({ person }) => written.get(person.personId) ?? 0)).toEqual(life.rows);
}

test("[C5] whatever is given, taken, frozen and ended, the door, the open socket and the history say what the model says", async () => {
  let led = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: longest }), async (acts) => {
      await lead(acts);
      led++;
    }),
    { numRuns: sequences, seed: numberFrom("SEED", 1), endOnFailure: true },
  );
  leaveReport("access", { "database.sequences": 1_000 }, { "database.sequences": led });
}, 36_000_000);
