import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { platform } from "#app/domain/access.server.ts";
import { makeLink } from "#app/domain/accounts/password-links.server.ts";
import { change } from "#app/domain/change.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { addAccount, testPassword } from "#tests/support/account.ts";
import { type Desk, knock, openDesk, origin } from "#tests/support/collab.ts";
import { openPages } from "#tests/support/pages.ts";
import { leaveReport } from "#tests/support/report.ts";
import { numberFrom, seeded } from "#tests/support/seeded.ts";
import { mutated } from "./breed.ts";

/* Session cookies and the links of invitations and passwords, broken at random: none of them opens anything. */
const count = numberFrom("TOKENS", 200);
const seed = numberFrom("SEED", 1);
const chance = seeded(seed);
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");

let desk: Desk;
let pages: Awaited<ReturnType<typeof openPages>>;
let good: { cookie: string; session: string; invitation: string; link: string };
beforeAll(async () => {
  desk = await openDesk();
  pages = await openPages();
  const { team, database } = desk;
  const { cookie } = await desk.writer();
  const invited = { party: team.parties.eg, email: "guest@exercise.example", roles: ["member" as const] };
  const { token } = await inviteMember(team.founder, { jit: team.jit, capacity: "", ...invited });
  const person = await addAccount(database.owner, team.offices.nl);
  const administrator = await addAccount(database.owner, team.offices.nl, { globalRoles: ["user_admin"] });
  const link = await change(administrator, "person.change", platform, async (tx) => ({
    result: await makeLink(tx, person.personId),
  }));
  good = { cookie, session: cookie.split("=")[1] as string, invitation: token, link };
});
afterAll(() => desk.close());

/** A token that is not the good one, whatever was done to it. */
function bad(token: string, others: readonly string[]): string {
  for (;;) {
    const made = chance.below(10) === 0 ? odd(token) : text(mutated(chance, [token, ...others].map(bytesOf)));
    if (made !== token && !others.includes(made)) return made;
  }
}
const bytesOf = (token: string) => new Uint8Array(Buffer.from(token, "latin1"));

function odd(token: string): string {
  const swapped = token.replace(/[a-z]/i, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
  const last = String.fromCharCode(token.charCodeAt(token.length - 1) + 1);
  return chance.oneOf([
    "",
    swapped,
    `${token}=`,
    ` ${token}`,
    `"${token}"`,
    token.slice(0, -1) + last,
    token.replaceAll("_", "/").replaceAll("-", "+").concat("="),
    encodeURIComponent(token.replace(/^./, "%")),
    "%",
    "%00",
    "%E0%A4%A",
    "..",
    "__proto__",
    "' OR 1=1 --",
    "a".repeat(3_000),
  ]);
}

/** As a header may carry it: others never reach the product. */
function headerOf(value: string): string | null {
  try {
    new Headers({ Cookie: value });
    return value;
  } catch {
    return null;
  }
}

const found = { accepted: [] as string[], failed: [] as string[] };
let sent = 0;
const note = (what: keyof typeof found, told: string) => void found[what].push(told.slice(0, 300));

async function showSession(): Promise<void> {
  const value = bad(good.session, []);
  const pair = `jit-session=${value}`;
  const cookie = headerOf(chance.oneOf([pair, `lang=en; ${pair}`, `${pair}; theme=dark`, `${pair};${pair}`]));
  // A piece of it may be a cookie of its own: then the good one was sent.
  if (cookie === null || cookie.split(/;\s*/).includes(good.cookie)) return;
  sent++;
  const { status, headers } = await pages.ask("/home", { cookie });
  if (status >= 500) note("failed", `${status} /home ${cookie}`);
  else if (status !== 302 || !headers.get("Location")?.startsWith("/")) note("accepted", `${status} /home ${cookie}`);
  if (sent % 4 !== 0) return;
  // What a socket cannot carry in its header it does not send.
  if (/[^\x20-\x7e]/.test(cookie)) return;
  const address = `198.51.${chance.below(256)}.${chance.below(256)}`;
  const door = await knock(`${desk.url}/${desk.document}`, cookie, origin, address);
  if (door !== 401) note(door === 101 ? "accepted" : "failed", `${door} socket ${cookie}`);
}

async function showLook(): Promise<void> {
  const cookie = headerOf(
    text(mutated(chance, [bytesOf("lang=fr; theme=dark"), bytesOf("lang=ar"), bytesOf("theme=light")])),
  );
  if (cookie === null) return;
  sent++;
  const { status } = await pages.ask("/", { cookie });
  if (status !== 200) note("failed", `${status} / ${cookie}`);
}

/** The address of a link, as a browser would ask for it; null when it is another page. */
function addressOf(folder: string, token: string): string | null {
  const path = `/${folder}/${chance.below(2) ? encodeURIComponent(token) : token.replace(/[?#]/g, "")}`;
  const { pathname } = new URL(`${origin}${path}`);
  return pathname.split("/").length === 3 && pathname.length > folder.length + 2 ? pathname : null;
}

async function showLink(folder: "invitations" | "password"): Promise<void> {
  const [own, other] = folder === "password" ? [good.link, good.invitation] : [good.invitation, good.link];
  // The other's good token opens nothing here either.
  const token = chance.below(20) === 0 ? other : bad(own, []);
  const path = addressOf(folder, token);
  if (path === null || path === `/${folder}/${own}`) return;
  sent++;
  const form = { password: testPassword, name: "A", latinName: "A", function: "judge" };
  const post = chance.below(3) === 0;
  const response = await pages.ask(path, post ? { method: "POST", form } : {});
  const page = await response.text();
  const told = `${response.status} ${path}`;
  if (response.status >= 500) note("failed", told);
  else if (response.status < 400 && (post || page.includes('name="password"'))) note("accepted", told);
}

test("[C1] no session cookie and no link that was broken at random opens anything, and none is an error", async () => {
  // The router tells of every address it cannot decode.
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  while (sent < count) {
    const luck = chance.below(10);
    if (luck < 5) await showSession();
    else if (luck < 6) await showLook();
    else await showLink(luck < 8 ? "invitations" : "password");
  }
  leaveReport(
    "fuzz",
    { "tokens.accepted": 0, "tokens.failed": 0, "tokens.sent": 20_000 },
    { "tokens.accepted": found.accepted.length, "tokens.failed": found.failed.length, "tokens.sent": sent },
  );
  expect(said.mock.calls.filter(([words]) => !String(words).includes("could not be decoded"))).toEqual([]);
  expect(found).toEqual({ accepted: [], failed: [] });
}, 36_000_000);

test("the good ones still open what they are for", async () => {
  expect((await pages.ask("/home", { cookie: good.cookie })).status).toBe(200);
  for (const path of [`/invitations/${good.invitation}`, `/password/${good.link}`]) {
    const response = await pages.ask(path);
    expect([response.status, (await response.text()).includes('name="password"')]).toEqual([200, true]);
  }
});
