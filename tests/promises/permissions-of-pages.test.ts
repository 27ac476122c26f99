import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Action, actionNames, ruleOf } from "#app/domain/actions.ts";
import { DecisionFields } from "#app/domain/decisions/decision-forms.ts";
import { recordDecision } from "#app/domain/decisions/decisions.server.ts";
import { startAnnex } from "#app/domain/documents/annexes.server.ts";
import { getText, startDocument } from "#app/domain/documents/document.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { CallMeeting } from "#app/domain/meetings/meeting-forms.ts";
import { callMeeting } from "#app/domain/meetings/meetings.server.ts";
import { beginMinutes } from "#app/domain/meetings/minutes.server.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { approvePlan, readStanding } from "#app/domain/plan/versions.server.ts";
import { globalRoles, type JitRole, jitRoles } from "#app/domain/roles.ts";
import { AddTask } from "#app/domain/tasks/task-forms.ts";
import { addTask } from "#app/domain/tasks/tasks.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { answer, cases, expectedGlobally } from "#tests/support/rights.ts";
import { addColleague, assign, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

/** Pages for people without a session. Adding one is a decision: it stands here. */
const forEverybody = [
  "root",
  "routes/_index",
  "routes/second-factor",
  "routes/setup",
  "routes/d.$digest",
  "routes/invitations.$token",
  "routes/password.$token",
  "routes/sign-out",
];

type Module = { loader?: { access?: unknown }; action?: { access?: unknown } };
type Declared = { id: string; path: string; kind: "loader" | "action"; access: Action | "anyone" | "signedIn" };
type Targets = Record<"own" | "other", { member: string; party: string; token: string }>;

let fresh: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  fresh = await freshDatabase();
  pages = await openPages();
});
afterAll(() => fresh.drop());

/** Index pages take their forms under "?index", as the router writes it. */
function routes(): { id: string; path: string; module: Module }[] {
  const { routes: all } = pages.build;
  const pathOf = (id: string | undefined): string => {
    const route = id ? all[id] : undefined;
    return route ? [pathOf(route.parentId), route.path].filter(Boolean).join("/") : "";
  };
  return Object.values(all).flatMap((route) =>
    route
      ? [{ id: route.id, path: `/${pathOf(route.id)}${route.index ? "?index" : ""}`, module: route.module as Module }]
      : [],
  );
}

function declared(): Declared[] {
  return routes().flatMap(({ id, path, module }) =>
    (["loader", "action"] as const).flatMap((kind) => {
      const access = module[kind]?.access as Declared["access"] | undefined;
      return access ? [{ id, path, kind, access }] : [];
    }),
  );
}

/** A team with a text, and people and links of the asker's own party (Egypt) and of the other one (Kazakhstan). */
async function makeTeam(): Promise<{ team: Team; leader: Colleague; documents: string[]; targets: Targets }> {
  const team = await foundTeam(fresh.owner);
  const start = { instrumentKind: "arrangement" as const, duration: "P12M", referenceTimeZone: "UTC" };
  const { id: document } = await startDocument(team.founder, { jit: team.jit, ...start });
  await startAnnex(team.founder, { jit: team.jit, annex: "A3", about: undefined });
  const { id: annex } = await getText(team.founder, team.jit, "A3");
  // One that every member sees, whatever the role.
  const card = { title: "x", timeZone: "UTC", priority: "low", handling: "NON-OPERATIONAL" };
  await addTask(team.founder, { ...AddTask.parse(card), jit: team.jit });
  const risk = { title: "x", likelihood: "low", impact: "low", handling: "NON-OPERATIONAL" };
  await addRow(team.founder, { jit: team.jit, kind: "risk", fields: rowForm("risk").parse(risk) });
  // A party has one leader: who is asked as the leader of Egypt is the one who approved the plan.
  const leaders = { kz: await team.bring("kz", ["leader"]), eg: await team.bring("eg", ["leader"]) };
  for (const state of ["kz", "eg"] as const) {
    const party = team.parties[state];
    const { digest } = await readStanding(team.founder, team.jit);
    await approvePlan(leaders[state], { jit: team.jit, party, digest });
  }
  const decided = {
    topic: "x",
    words: "x",
    reason: "x",
    start: "2026-11-02",
    timeZone: "UTC",
    parties: team.parties.eg,
  };
  await recordDecision(team.founder, { ...DecisionFields.parse(decided), jit: team.jit });
  const meeting = { title: "x", start: "2026-12-03T10:00", end: "2026-12-03T11:00", timeZone: "UTC" };
  await callMeeting(team.founder, { ...CallMeeting.parse(meeting), jit: team.jit });
  await beginMinutes(team.founder, { jit: team.jit, meeting: "M-01" });
  const target = async (state: "eg" | "kz") => {
    const invited = {
      email: `${state}-${team.reference}@exercise.example`.toLowerCase(),
      roles: ["member" as JitRole],
    };
    const party = team.parties[state];
    const { token } = await inviteMember(team.founder, { jit: team.jit, party, capacity: "", ...invited });
    const member = await memberOf(fresh.owner, team.jit, await team.bring(state, ["member"]));
    return { member, party, token };
  };
  return {
    team,
    leader: leaders.eg,
    documents: [document, annex],
    targets: { own: await target("eg"), other: await target("kz") },
  };
}

function addressOf(path: string, reference: string, target: Targets["own"]): string {
  return path
    .replace(":reference", reference)
    .replace(":annex", "A3")
    .replace(":task", "T-01")
    .replace(":kind", "risk")
    .replace(":row", "1")
    .replace(":decision", "D-01")
    .replace(":version", "1")
    .replace(":day", "2026-12-03")
    .replace(":meeting", "M-01")
    .replace(":member", target.member)
    .replace(":slot", target.member)
    .replace(":party", target.party)
    .replace(":token", target.token);
}

/** The status with which a page answers, whichever way it ends; the outermost refusal of several loaders counts. */
async function statusOf({ kind }: Declared, path: string, cookie: string): Promise<number> {
  const response = await pages.ask(path, { cookie, method: kind === "action" ? "POST" : "GET" });
  await response.body?.cancel();
  return response.status;
}

test("every loader and every action declares who may use it", () => {
  const silent = routes().flatMap(({ id, module }) =>
    (["loader", "action"] as const)
      .filter((kind) => module[kind] && !module[kind].access)
      .map((kind) => `${id} ${kind}`),
  );
  expect(silent).toEqual([]);
  const unknown = declared().filter(
    ({ access }) => access !== "anyone" && access !== "signedIn" && !actionNames.includes(access),
  );
  expect(unknown).toEqual([]);
});

test("pages for everybody are these and no others", () => {
  const open = declared().flatMap(({ id, access }) => (access === "anyone" ? [id] : []));
  expect([...new Set(open)].filter((id) => !forEverybody.includes(id))).toEqual([]);
});

const isOfTeam = (action: Action) => "permission" in ruleOf(action) || "member" in ruleOf(action);
const isInTeam = (access: Declared["access"]) => access !== "anyone" && access !== "signedIn" && isOfTeam(access);

/** Gate of a page: the rights the role has over some party and some document at least. */
const mayAtAll = (role: JitRole, action: Action) => cases.some((one) => answer(role, action, one) === "yes");

describe("pages of a team", () => {
  test("without a session every page leads to the sign-in, and no act is done", async () => {
    const { team, targets } = await makeTeam();
    for (const one of declared().filter(({ access }) => access !== "anyone")) {
      expect([one.id, one.kind, await statusOf(one, addressOf(one.path, team.reference, targets.own), "")]).toEqual([
        one.id,
        one.kind,
        302,
      ]);
    }
  });

  test("an act sent from another site is refused before anything is asked", async () => {
    const { team, targets } = await makeTeam();
    const cookie = await cookieOf(team.founder);
    for (const { id, path } of declared().filter(({ kind }) => kind === "action")) {
      const address = addressOf(path, team.reference, targets.own);
      const response = await pages.ask(address, { cookie, method: "POST", origin: "https://elsewhere.example" });
      // The router refuses documents, http.server.ts what scripts send; neither gets to the act.
      expect([id, [400, 403, 500].includes(response.status)]).toEqual([id, true]);
      const byScript = await pages.ask(`${address.split("?")[0]}.data`, {
        cookie,
        method: "POST",
        origin: "https://elsewhere.example",
      });
      expect([id, byScript.status === 200 || byScript.status === 302]).toEqual([id, false]);
    }
  });

  test.each(jitRoles)("a %s gets what the lists say from every page, for the own and the other party", async (role) => {
    const { team, leader, documents, targets } = await makeTeam();
    const state = role === "participant_observer" ? "unodc" : "eg";
    const person = role === "leader" ? leader : await team.bring(state, [role]);
    for (const document of documents) await assign(fresh.owner, { jit: team.jit, document, person, assigned: true });
    const cookie = await cookieOf(person);
    for (const one of declared().filter(({ access }) => isInTeam(access))) {
      const about = (party: "own" | "other") => addressOf(one.path, team.reference, targets[party]);
      // An address that names no party is one and the same for both.
      const parties = about("own") === about("other") ? (["own"] as const) : (["other", "own"] as const);
      for (const party of parties) {
        const status = await statusOf(one, about(party), cookie);
        const told = { id: one.id, kind: one.kind, party, refused: status === 403, failed: status >= 500 };
        if (!mayAtAll(role, one.access as Action)) expect(told).toMatchObject({ refused: true });
        else if (!isAboutOthers(role, one, party)) expect(told).toMatchObject({ refused: false, failed: false });
        // Nothing is open for signature, so there is no slot either, to decline or to hand a paper in for.
        const nothingThere = one.path.includes("/sign/");
        if (!nothingThere) expect([one.id, status === 404]).toEqual([one.id, false]);
      }
    }
  });

  /** A page about one party or member, where the right ends at the own party: the domain may refuse it. */
  function isAboutOthers(role: JitRole, { path, access }: Declared, party: "own" | "other"): boolean {
    const about = path.includes(":member") || path.includes(":party");
    const own = role === "participant_observer" ? "other" : party;
    return about && answer(role, access as Action, { party: own, assigned: true }) !== "yes";
  }

  test("what only the own party's people may do is refused for the other party's", async () => {
    const { team, leader, targets } = await makeTeam();
    const cookie = await cookieOf(leader);
    const base = `/jits/${team.reference}`;
    for (const [path, form] of [
      [`${base}/people/${targets.other.member}/revoke`, { reason: "x" }],
      [`${base}/parties/${targets.other.party}`, { nationalCase: "1" }],
      [`${base}/people/invite`, { party: targets.other.party, email: "x@exercise.example", roles: "member" }],
    ] as const) {
      const response = await pages.ask(path, { cookie, method: "POST", form });
      expect([path, response.status]).toEqual([path, 403]);
    }
  });

  test("someone outside gets for every page the very bytes of the page for nonsense", async () => {
    const { team, targets } = await makeTeam();
    const cookie = await cookieOf(await addColleague(fresh.owner, team.offices.eg, { globalRoles: [...globalRoles] }));
    const nobodys = "JIT-2019-404";
    for (const { id, path, kind } of declared().filter(({ access }) => isInTeam(access))) {
      const ask = async (reference: string) => {
        const address = addressOf(path, reference, targets.own);
        const response = await pages.ask(address, { cookie, method: kind === "action" ? "POST" : "GET" });
        // The address itself is in the page; nothing else may differ.
        return [response.status, [...response.headers], (await response.text()).replaceAll(reference, nobodys)];
      };
      const [real, nonsense] = [await ask(team.reference), await ask(nobodys)];
      expect([id, real[0]]).toEqual([id, 404]);
      expect([id, real]).toEqual([id, nonsense]);
    }
  });

  test("an id that is not of this team is not found, in every address that holds one", async () => {
    const { team } = await makeTeam();
    const { targets: foreign } = await makeTeam();
    const cookie = await cookieOf(team.founder);
    const nonsense = { member: "nonsense", party: "a%00b", token: "nonsense" };
    for (const one of declared().filter(({ path }) => /:(member|party)\b/.test(path))) {
      const form = { reason: "x", nationalCase: "1", roles: "member" };
      for (const target of [foreign.own, nonsense]) {
        const address = addressOf(one.path, team.reference, target);
        const response = await pages.ask(address, { cookie, method: one.kind === "action" ? "POST" : "GET", form });
        expect([one.id, one.kind, response.status]).toEqual([one.id, one.kind, 404]);
      }
    }
  });
});

describe("pages of the installation", () => {
  test.each(globalRoles)("a %s gets what the lists say", async (role) => {
    const { team, targets } = await makeTeam();
    const cookie = await cookieOf(await addColleague(fresh.owner, team.offices.eg, { globalRoles: [role] }));
    for (const one of declared()) {
      const action = one.access;
      if (action === "anyone" || action === "signedIn" || isOfTeam(action)) continue;
      const status = await statusOf(one, addressOf(one.path, team.reference, targets.own), cookie);
      const may = "signedIn" in ruleOf(action) || (expectedGlobally[action]?.includes(role) ?? false);
      expect([one.id, one.kind, status === 403]).toEqual([one.id, one.kind, !may]);
    }
  });
});

describe("what a form sends", () => {
  test.each([
    ["control characters", { reason: "a\u0000b" }, 422],
    ["too much", { reason: "x".repeat(1001) }, 422],
    ["five megabytes", { reason: "x".repeat(5_000_000) }, 422],
    ["nothing", { reason: "" }, 422],
  ])("%s in a reason is refused with a sentence, and nothing is done", async (_, form, status) => {
    const { team, targets } = await makeTeam();
    const cookie = await cookieOf(team.founder);
    const path = `/jits/${team.reference}/people/${targets.own.member}/revoke`;
    const response = await pages.ask(path, { cookie, method: "POST", form });
    expect(response.status).toBe(status);
    const page = await response.text();
    expect(page).toContain("There is a problem");
    if (form.reason === "x".repeat(1001)) expect(page).toContain(form.reason);
    expect((await pages.ask(path, { cookie })).status).toBe(200);
  });

  test("an invitation gives back everything that was typed, beside the sentence", async () => {
    const { team, targets } = await makeTeam();
    const cookie = await cookieOf(team.founder);
    const form = {
      party: targets.own.party,
      email: "olga.kim@",
      capacity: "Заместитель",
      until: "2020-01-01",
      roles: "leader",
    };
    const response = await pages.ask(`/jits/${team.reference}/people/invite`, { cookie, method: "POST", form });
    const page = await response.text();
    expect(response.status).toBe(422);
    for (const typed of ["olga.kim@", "Заместитель", "2020-01-01"]) expect(page).toContain(`value="${typed}"`);
    expect(page).toMatch(/<input[^>]*checked=""[^>]*value="leader"|<input[^>]*value="leader"[^>]*checked=""/);
    expect(page).toContain("Enter an e-mail address");
  });
});
